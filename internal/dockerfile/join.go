package dockerfile

import (
	"fmt"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"

	"stagecue.dev/internal/rope"
)

// Join writes a file that consists of sections, one for each stage, in order.
// It is Emit and Verify in one, but for what is known of the sections: each was
// read back as it stands in a file, above another stage and not on top. What is
// left to read is what is above the first stage and below the last.
func Join(f *File, sections []*Section) (rope.Rope, error) {
	version, _, _ := requiredBy(f, sections)
	above, line := emitAbove(f, version)
	text := append(make(rope.Rope, 0, len(sections)+2), above)
	var failed error
	for i, s := range sections {
		if i == 0 {
			text = append(text, s.text())
		} else {
			text = append(text, s.below)
			line++
		}
		if s.err != nil && failed == nil {
			failed = s.err
			if n := LineOf(failed); n > 0 {
				failed = &lineError{error: failed, line: line + n}
			}
		}
		line += s.lines
	}
	last := &emitter{open: true}
	if last.epilogue(f); last.written > 0 {
		text = append(text, last.text.String())
	}
	if failed == nil && len(sections) > 0 {
		failed = verifyAbove(f, version, text[0], sections[0])
	}
	if failed == nil && last.written > 0 {
		failed = verifyBelow(f, last.text.String())
	}
	return text, failed
}

// emitAbove is what is above the first stage, and its number of lines.
func emitAbove(f *File, version string) (text string, lines int) {
	e := newEmitter(f)
	e.text.Grow(256)
	e.prologue(f, version, Line{})
	e.blank()
	return e.text.String(), e.written
}

// Lines says what made each line of what Join writes.
func Lines(f *File, sections []*Section) []Line {
	version, _, by := requiredBy(f, sections)
	e := newEmitter(f)
	e.traced = true
	e.prologue(f, version, by)
	for _, s := range sections {
		e.blank()
		e.trace(s.traced(f)...)
		e.open, e.waits = true, false
	}
	e.epilogue(f)
	return e.lines
}

// verifyAbove reads back what is above the first stage, with the head of that:
// comments above may be taken for its own, and on top they are directives.
func verifyAbove(f *File, version, above string, first *Section) error {
	text := []byte(above + first.head)
	result, err := read(text)
	if err != nil {
		return err
	}
	if err := verifyDirectives(f, version, text, result); err != nil {
		return err
	}
	nodes := result.AST.Children
	if len(nodes) != len(f.Args)+1 {
		return fmt.Errorf("%d instructions down to the first stage, want %d global arguments alone", len(nodes), len(f.Args))
	}
	stages, args, err := instructions.Parse(result.AST, linter.New(&linter.Config{}))
	switch {
	case err != nil:
		return err
	case len(stages) != 1:
		return fmt.Errorf("%q is no stage", nodes[len(f.Args)].Original)
	}
	if err := verifyArgs(f.Args, args); err != nil {
		return err
	}
	if err := verifyFrom(first.stage, stages[0]); err != nil {
		return atLine(stages[0].Location, fmt.Errorf("stage %q: %w", first.stage.Name, err))
	}
	return nil
}

// verifyBelow reads back what is below the last stage.
func verifyBelow(f *File, below string) error {
	result, err := read([]byte(below))
	if err != nil {
		return err
	}
	if nodes := result.AST.Children; len(nodes) != 1 || nodes[0].Original != "FROM "+f.Default {
		return fmt.Errorf("the last stage is %q, want the default stage %q alone", strings.TrimSpace(below), f.Default)
	}
	return nil
}
