package dockerfile

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// A Section is one stage of a file with all that can be told of it by itself:
// what is wrong with it, its text, and whether BuildKit reads that back as what
// it was made of. Many files may share it.
type Section struct {
	// Problems are what cannot be written. There is no more to a section that
	// has some.
	Problems []Problem

	stage Stage
	text  []byte
	lines []Line
	needs requirement
	// nodes are the instructions as they are read back.
	nodes []*parser.Node
	err   error
}

// NewSection validates, writes and reads back a stage. Of the file, nothing
// counts but Check and the names of Args.
func NewSection(f *File, s Stage) *Section {
	out := &Section{stage: s, needs: requirement{minor: floor}}
	v := &validator{}
	if v.stage(f, s); len(v.problems) == 0 {
		e := newEmitter(f)
		e.traced = true
		e.stage(s)
		out.text, out.lines = []byte(e.text.String()), e.lines
		v.lengths(out.text, out.lines)
		v.triggers(s)
	}
	if out.Problems = v.problems; len(v.problems) > 0 {
		return out
	}
	out.needs.stage(s)
	out.err = out.verify()
	return out
}

// verify reads the text back.
func (s *Section) verify() error {
	// Behind an empty line, since at the top a comment is a directive.
	result, err := read(append([]byte("\n"), s.text...))
	if err != nil {
		return err
	}
	for _, node := range result.AST.Children {
		node.StartLine--
		node.EndLine--
	}
	stages, args, err := instructions.Parse(result.AST, linter.New(&linter.Config{}))
	switch {
	case err != nil:
		return err
	case len(args) > 0 || len(stages) != 1:
		return fmt.Errorf("%d stages and %d global arguments, want one stage", len(stages), len(args))
	}
	s.nodes = result.AST.Children
	if err := verifyStage(s.stage, stages[0]); err != nil {
		return atLine(stages[0].Location, fmt.Errorf("stage %q: %w", s.stage.Name, err))
	}
	return nil
}

// read is BuildKit's parser, for text that must be without fault.
func read(text []byte) (*parser.Result, error) {
	if bytes.IndexByte(text, '\r') >= 0 {
		// BuildKit overlooks it in most places.
		return nil, errors.New("a line holds a carriage return")
	}
	result, err := parser.Parse(bytes.NewReader(text))
	if err == nil && len(result.Warnings) > 0 {
		err = errors.New(result.Warnings[0].Short)
	}
	return result, err
}

// ValidateFile is Validate without the stages, each of which is for NewSection.
func ValidateFile(f *File) []Problem {
	v := &validator{}
	if v.file(f); len(v.problems) == 0 {
		e := newEmitter(f)
		e.traced = true
		e.prologue(f, "", Line{})
		v.lengths([]byte(e.text.String()), e.lines)
	}
	return v.problems
}

// Required is RequiredSyntax of a file that consists of sections.
func Required(f *File, sections []*Section) (version, feature string) {
	version, feature, _ = requiredBy(f, sections)
	return version, feature
}

func requiredBy(f *File, sections []*Section) (version, feature string, by Line) {
	r := newRequirement(f)
	for _, s := range sections {
		r.add(s.needs)
	}
	return r.result()
}
