package summary

import (
	"stagecue.dev/internal/dockerfile"
)

// View is the target as #TargetView has it, as far as its fields are wanted; nil
// wants all of them.
func (t Target) View(wanted func(name string) bool) Node {
	at := func(field string) Place { return Place{Field: "targets." + dockerfile.FieldName(t.Name) + field} }
	o := object{Node{At: at("")}, wanted}
	o.text("name", t.Name, at(""))
	o.add("default", Node{Data: t.Default, At: Place{Field: "default"}})
	o.text("description", t.Description, at(".description"))
	o.strings("tags", filled(t.Tags), at(".tags"), true)
	o.strings("platforms", filled(t.Platforms), at(".platforms"), true)
	t.Stage.chain(&o, t.Images)
	t.Stage.Config.fields(&o)
	return o.Node
}

// View is the stage as #StageView has it, as far as its fields are wanted; nil
// wants all of them.
func (s *Stage) View(wanted func(name string) bool) Node {
	at := func(field string) Place { return Place{s.Origin, field} }
	o := object{Node{At: at("name")}, wanted}
	o.text("name", s.Name, at("name"))
	o.text("description", s.Description, at("description"))
	o.text("from", s.From, at("from"))
	o.text("platform", s.Platform, at("platform"))
	steps := 0
	for _, step := range s.Steps {
		if step.Visible() {
			steps++
		}
	}
	o.add("steps", Node{Data: steps, At: at("name")})
	s.chain(&o, s.Images)
	s.Config.fields(&o)
	return o.Node
}

// chain adds what a stage stands on and what is read.
func (s *Stage) chain(o *object, images []Image) {
	o.strings("stages", s.Chain, o.At, false)
	o.text("base", s.Base.Ref, s.Base.At)
	list := Node{List: true, At: o.At}
	for _, i := range images {
		list.Items = append(list.Items, Node{Data: i.Ref, At: i.At})
	}
	o.add("images", list)
	o.add("layers", Node{Data: s.Layers, At: o.At})
}

// fields adds what a configuration says.
func (c Config) fields(o *object) {
	o.fact("user", c.User)
	o.fact("group", c.Group)
	o.fact("workdir", c.Workdir)
	o.fact("stopsignal", c.StopSignal)
	o.texts("env", c.Env)
	o.texts("labels", c.Labels)
	o.list("ports", c.Ports)
	o.list("volumes", c.Volumes)
	if c.Shell != nil {
		o.strings("shell", c.Shell.Exec, c.Shell.At, false)
	}
	if c.Entrypoint != nil {
		o.command("entrypoint", c.Entrypoint.Command, c.Entrypoint.At)
	}
	if c.Cmd != nil {
		o.command("cmd", c.Cmd.Command, c.Cmd.At)
	}
	if c.Healthcheck != nil {
		o.healthcheck(c.Healthcheck.Healthcheck, c.Healthcheck.At)
	}
}

func (o *object) texts(name string, values *Texts) {
	if o.wants(name) {
		o.add(name, Node{Map: true, At: o.At, Fields: values.fields()})
	}
}

func (o *object) list(name string, values []Text) {
	if !o.wants(name) {
		return
	}
	list := Node{List: true, At: o.At}
	for _, v := range values {
		list.Items = append(list.Items, Node{Data: v.Value, At: v.At})
	}
	o.add(name, list)
}

// command adds an argument list, or shell text by a name of its own.
func (o *object) command(name string, c dockerfile.Command, at Place) {
	o.strings(name, c.Exec, at, false)
	o.text(name+"_shell", c.Shell, at)
}

func (o *object) healthcheck(h dockerfile.Healthcheck, at Place) {
	inner := o.inner(Node{At: at})
	below := func(field string) Place { return Place{at.Origin, at.Field + "." + field} }
	inner.flag("none", h.Command == nil, below("none"))
	if h.Command != nil {
		inner.strings("cmd", h.Command.Exec, below("cmd"), false)
		inner.text("cmd_shell", h.Command.Shell, below("cmd_shell"))
	}
	inner.text("interval", h.Interval, below("interval"))
	inner.text("timeout", h.Timeout, below("timeout"))
	inner.text("start_period", h.StartPeriod, below("start_period"))
	inner.text("start_interval", h.StartInterval, below("start_interval"))
	inner.number("retries", h.Retries, below("retries"))
	o.add("healthcheck", inner.Node)
}

// filled is an empty list in place of none.
func filled(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
