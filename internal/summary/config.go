package summary

import (
	"path"
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
)

// Config is what an image says of the containers that run it, as far as the
// Dockerfile decides it. What is absent is up to the base image.
type Config struct {
	User, Group, Workdir, StopSignal Text
	Env, Labels                      *Texts
	Ports, Volumes                   []Text
	// Shell, Entrypoint and Cmd are nil where the base image decides.
	Shell, Entrypoint, Cmd *Command
	Healthcheck            *Healthcheck
}

// Text is a fact. Variables in it are expanded if the Dockerfile alone decides
// about their values; else it is what is written. It is absent if not Known.
type Text struct {
	Value string
	Known bool
	At    Place
}

// Command is an argument list or shell text, as dockerfile.Command.
type Command struct {
	dockerfile.Command
	At Place
}

// Healthcheck is the last HEALTHCHECK.
type Healthcheck struct {
	dockerfile.Healthcheck
	At Place
}

// bare is the configuration of what is made from nothing, where it is known
// what Docker takes in the absence of everything else.
func bare(at Place) Config {
	none := &Command{Command: dockerfile.Command{Exec: []string{}}, At: at}
	return Config{
		User: Text{"root", true, at}, Group: Text{"root", true, at}, Workdir: Text{"/", true, at},
		Shell:      &Command{Command: dockerfile.Command{Exec: []string{"/bin/sh", "-c"}}, At: at},
		Entrypoint: none, Cmd: none,
	}
}

// inherit is the configuration for a stage above: what is added to it there
// does not show here.
func (c Config) inherit() Config {
	c.Ports, c.Volumes = slices.Clip(c.Ports), slices.Clip(c.Volumes)
	return c
}

// expand is a value in an instruction.
func (c *Config) expand(value string, at Place) Text {
	return Text{Value: c.expanded(value), Known: true, At: at}
}

func (c *Config) expanded(value string) string {
	if text, certain := dockerfile.Expand(value, c.Env.value); certain {
		return text
	}
	return value
}

// certain tells a value from text in which variables are left.
func (t Text) certain() bool { return t.Known && !strings.Contains(t.Value, "$") }

// apply is what an instruction does to the configuration.
func (w *walk) apply(step *dockerfile.Step) {
	c := &w.config
	at := func(field string) Place { return Place{step.Origin, field} }
	switch i := step.Instruction.(type) {
	case dockerfile.Env:
		c.Env = c.set(c.Env, i.Pairs, "env.", step.Origin)
	case dockerfile.Label:
		c.Labels = c.set(c.Labels, i.Pairs, "label.", step.Origin)
	case dockerfile.User:
		c.user(c.expand(i.Name, at("user")))
	case dockerfile.Workdir:
		c.workdir(c.expand(i.Path, at("workdir")))
	case dockerfile.Expose:
		c.Ports = c.add(c.Ports, i.Ports, at("expose"))
	case dockerfile.Volume:
		c.Volumes = c.add(c.Volumes, i.Paths, at("volume"))
	case dockerfile.StopSignal:
		c.StopSignal = c.expand(i.Signal, at("stopsignal"))
	case dockerfile.Shell:
		c.Shell = &Command{Command: dockerfile.Command{Exec: i.Argv}, At: at("shell")}
	case dockerfile.Entrypoint:
		c.Entrypoint = &Command{Command: i.Command, At: at(commandField("entrypoint", i.Command))}
		if !w.cmd {
			// What was meant for another program does not go with this one.
			c.Cmd = &Command{Command: dockerfile.Command{Exec: []string{}}, At: c.Entrypoint.At}
		}
	case dockerfile.Cmd:
		c.Cmd = &Command{Command: i.Command, At: at(commandField("cmd", i.Command))}
		w.cmd = true
	case dockerfile.Healthcheck:
		c.Healthcheck = &Healthcheck{Healthcheck: i, At: at("healthcheck")}
	}
}

func commandField(name string, c dockerfile.Command) string {
	if c.Exec == nil {
		return name + "_shell"
	}
	return name
}

func (c *Config) add(to []Text, values []string, at Place) []Text {
	for _, v := range values {
		text := c.expand(v, at)
		if !slices.ContainsFunc(to, func(t Text) bool { return t.Value == text.Value }) {
			to = append(to, text)
		}
	}
	return to
}

// user splits user[:group]. Braces may hold a colon of their own.
func (c *Config) user(t Text) {
	c.User, c.Group = t, Text{}
	if user, group, ok := strings.Cut(t.Value, ":"); ok && !strings.Contains(t.Value, "{") {
		c.User.Value = user
		c.Group = Text{group, true, t.At}
	}
}

// workdir joins a path to the one before, unless it is absolute or begins with
// a variable, which stands for an absolute one.
func (c *Config) workdir(t Text) {
	switch {
	case strings.HasPrefix(t.Value, "/") && t.certain():
		t.Value = path.Clean(t.Value)
	case strings.HasPrefix(t.Value, "/"), strings.HasPrefix(t.Value, "$"), len(t.Value) > 1 && t.Value[1] == ':':
	case c.Workdir.Known:
		t.Value = path.Join(c.Workdir.Value, t.Value)
	default:
		t = Text{}
	}
	c.Workdir = t
}
