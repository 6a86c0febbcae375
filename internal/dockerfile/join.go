package dockerfile

import (
	"fmt"
	"slices"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// Join writes a file that consists of sections, one for each stage, in order.
// It is Emit and Verify in one, but for what is known of the sections: BuildKit's
// parser reads the whole text, and must find in it what it has found in each of
// them.
func Join(f *File, sections []*Section) (text []byte, err error) {
	e, version, starts := join(f, sections, false)
	text = []byte(e.text.String())
	for i, s := range sections {
		if s.err != nil && err == nil {
			err = s.err
			if n := LineOf(err); n > 0 {
				err = &lineError{error: err, line: starts[i] + n}
			}
		}
	}
	if err == nil {
		err = verifyJoined(f, sections, starts, version, text)
	}
	return text, err
}

// Lines says what made each line of what Join writes.
func Lines(f *File, sections []*Section) []Line {
	e, _, _ := join(f, sections, true)
	return e.lines
}

// join writes a file. It returns the version of the frontend that it needs, and
// after which line each section starts.
func join(f *File, sections []*Section, traced bool) (e *emitter, version string, starts []int) {
	version, _, by := requiredBy(f, sections)
	e = newEmitter(f)
	e.traced = traced
	e.prologue(f, version, by)
	starts = make([]int, len(sections))
	for i, s := range sections {
		e.blank()
		starts[i] = e.written
		e.section(s)
	}
	e.epilogue(f)
	return e, version, starts
}

// section writes what has been written before.
func (e *emitter) section(s *Section) {
	e.text.Write(s.text)
	e.trace(s.lines...)
	e.open, e.waits = true, false
	e.written += len(s.lines)
}

func verifyJoined(f *File, sections []*Section, starts []int, version string, text []byte) error {
	result, err := read(text)
	if err != nil {
		return err
	}
	if err := verifyDirectives(f, version, text, result); err != nil {
		return err
	}
	rest := result.AST.Children
	if len(rest) < len(f.Args) {
		return fmt.Errorf("%d instructions, want %d global arguments alone", len(rest), len(f.Args))
	}
	_, args, err := instructions.Parse(&parser.Node{Children: rest[:len(f.Args)]}, linter.New(&linter.Config{}))
	if err != nil {
		return err
	}
	if err := verifyArgs(f.Args, args); err != nil {
		return err
	}
	rest = rest[len(f.Args):]
	for i, s := range sections {
		if len(rest) < len(s.nodes) {
			return fmt.Errorf("stage %q: %d instructions, want %d", s.stage.Name, len(rest), len(s.nodes))
		}
		for n, want := range s.nodes {
			// The comments of the first are for verifyHead.
			if !sameNode(rest[n], want, starts[i]) || n > 0 && !slices.Equal(rest[n].PrevComment, want.PrevComment) {
				return &lineError{line: rest[n].StartLine, error: fmt.Errorf("stage %q: line %d reads as %q, want %q",
					s.stage.Name, rest[n].StartLine, rest[n].Original, want.Original)}
			}
		}
		if err := verifyHead(s.stage, rest[0]); err != nil {
			return fmt.Errorf("stage %q: %w", s.stage.Name, err)
		}
		rest = rest[len(s.nodes):]
	}
	if needsDefault(f) {
		if len(rest) == 0 || rest[0].Original != "FROM "+f.Default {
			return fmt.Errorf("the last stage is not the default stage %q alone", f.Default)
		}
		rest = rest[1:]
	}
	if len(rest) > 0 {
		return fmt.Errorf("line %d reads as %q, want no more", rest[0].StartLine, rest[0].Original)
	}
	return nil
}

// sameNode tells whether an instruction reads as it does in its section, which
// starts after a line.
func sameNode(got, want *parser.Node, start int) bool {
	return got.Value == want.Value && got.Original == want.Original && slices.Equal(got.Heredocs, want.Heredocs) &&
		got.StartLine == want.StartLine+start && got.EndLine == want.EndLine+start
}

// verifyHead compares the one instruction of a section that what is above can
// change: comments up there may be taken for its own.
func verifyHead(want Stage, node *parser.Node) error {
	stages, _, err := instructions.Parse(&parser.Node{Children: []*parser.Node{node}}, linter.New(&linter.Config{}))
	if err != nil {
		return err
	}
	if len(stages) != 1 {
		return fmt.Errorf("%q is no stage", node.Original)
	}
	return verifyFrom(want, stages[0])
}
