package dockerfile

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// generatedStages are the stages of the Dockerfiles in generated/, file by file,
// each text once: what benchmarks read is what users write.
func generatedStages(tb testing.TB) (stages []Stage) {
	tb.Helper()
	seen := map[string]bool{}
	err := filepath.WalkDir("../../generated", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.Name() != "Dockerfile" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		result, err := parser.Parse(bytes.NewReader(text))
		if err != nil {
			return err
		}
		read, _, err := instructions.Parse(result.AST, linter.New(&linter.Config{}))
		if err != nil {
			return err
		}
		lines := strings.SplitAfter(string(text), "\n")
		for _, s := range read {
			at := s.Location
			if n := len(s.Commands); n > 0 {
				at = append(at[:1:1], s.Commands[n-1].Location()...)
			}
			if all := linesOf(lines, at); !seen[all] && s.Name != "" {
				seen[all] = true
				stages = append(stages, generatedStage(tb, s, lines))
			}
		}
		return nil
	})
	if err != nil || len(stages) == 0 {
		tb.Fatalf("%d stages: %v", len(stages), err)
	}
	return stages
}

// linesOf are the lines from the first to the last of a place.
func linesOf(lines []string, at []parser.Range) string {
	return strings.Join(lines[at[0].Start.Line-1:at[len(at)-1].End.Line], "")
}

func generatedStage(tb testing.TB, s instructions.Stage, lines []string) Stage {
	out := Stage{Name: s.Name, From: s.BaseName, Platform: s.Platform, Description: s.DocComment}
	for _, c := range s.Commands {
		step := Step{Instruction: generatedInstruction(tb, c, linesOf(lines, c.Location()))}
		if len(c.Comments()) > 0 {
			step.Description = "Says " + c.Comments()[0]
		}
		out.Steps = append(out.Steps, step)
	}
	return out
}

func generatedInstruction(tb testing.TB, c instructions.Command, text string) Instruction {
	command := func(c instructions.ShellDependantCmdLine) Command {
		if c.PrependShell {
			return Command{Shell: strings.Join(c.CmdLine, " ")}
		}
		return Command{Exec: append([]string{}, c.CmdLine...)}
	}
	switch c := c.(type) {
	case *instructions.RunCommand:
		return generatedRun(tb, c, text)
	case *instructions.CopyCommand:
		out := Copy{From: c.From, Sources: words(c.SourcePaths), Dest: word(c.DestPath), Chown: c.Chown, Chmod: c.Chmod, Link: c.Link, Exclude: c.ExcludePatterns}
		for _, f := range c.SourceContents {
			out.Files = append(out.Files, InlineFile{f.Path, f.Data})
		}
		return out
	case *instructions.AddCommand:
		return Add{Sources: words(c.SourcePaths), Dest: word(c.DestPath), Chmod: c.Chmod, Checksum: c.Checksum}
	case *instructions.ArgCommand:
		return ArgUse{c.Args[0].Key}
	case *instructions.EnvCommand:
		return Env{pairs(c.Env)}
	case *instructions.LabelCommand:
		return Label{pairs(c.Labels)}
	case *instructions.WorkdirCommand:
		return Workdir{word(c.Path)}
	case *instructions.UserCommand:
		return User{word(c.User)}
	case *instructions.ExposeCommand:
		return Expose{c.Ports}
	case *instructions.ShellCommand:
		return Shell{c.Shell}
	case *instructions.CmdCommand:
		return Cmd{command(c.ShellDependantCmdLine)}
	case *instructions.EntrypointCommand:
		return Entrypoint{command(c.ShellDependantCmdLine)}
	case *instructions.HealthCheckCommand:
		return Healthcheck{Command: &Command{Exec: c.Health.Test[1:]}, Interval: c.Health.Interval.String()}
	}
	tb.Fatalf("nobody has written %T yet", c)
	return nil
}

// generatedRun takes of shell text what is behind the flags, each of which has a
// line of its own.
func generatedRun(tb testing.TB, c *instructions.RunCommand, text string) Instruction {
	out := Run{}
	if err := c.Expand(func(word string) (string, error) { return word, nil }); err != nil {
		tb.Fatal(err)
	}
	for _, m := range instructions.GetMounts(c) {
		mount := Mount{Type: string(m.Type), ID: m.CacheID, From: m.From, Source: m.Source, Target: m.Target, Sharing: string(m.CacheSharing), Env: deref(m.Env), Required: m.Required, Mode: number(m.Mode, 8)}
		mount.ReadWrite = m.Type == instructions.MountTypeBind && !m.ReadOnly
		if m.UID != nil {
			mount.UID = ptr(int(*m.UID))
		}
		if m.SizeLimit > 0 {
			mount.Size = strconv.FormatInt(m.SizeLimit>>20, 10) + "m"
		}
		out.Mounts = append(out.Mounts, mount)
	}
	switch {
	case len(c.Files) > 0:
		out.Script = c.Files[0].Data
	case !c.PrependShell:
		out.Exec = c.CmdLine
	default:
		text = strings.TrimSpace(strings.TrimPrefix(text, "RUN"))
		for strings.HasPrefix(text, "--") {
			_, text, _ = strings.Cut(text, "\n")
			text = strings.TrimSpace(text)
		}
		out.Shell = text
	}
	return out
}

func pairs(list instructions.KeyValuePairs) (out []Pair) {
	for _, p := range list {
		out = append(out, Pair{p.Key, word(p.Value)})
	}
	return out
}

func words(list []string) (out []string) {
	for _, w := range list {
		out = append(out, word(w))
	}
	return out
}

// word is a value without its quotes.
func word(raw string) string {
	lex := shell.NewLex('\\')
	lex.SkipUnsetEnv = true
	value, _, err := lex.ProcessWord(raw, noneSet{})
	if err != nil {
		return raw
	}
	return value
}
