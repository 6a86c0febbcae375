package dockerfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

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
	// below is the text with an empty line above it.
	below string
	lines []Line
	// digest is that of the text.
	digest string
	needs  requirement
	// from is the number of lines down to the end of FROM.
	from int
	err  error
}

// text is the text as it stands on top.
func (s *Section) text() string { return s.below[1:] }

// Digest is that of the text: "sha256:...".
func (s *Section) Digest() string { return s.digest }

// head is the text down to the end of FROM.
func (s *Section) head() string {
	end := 0
	for range s.from {
		end += strings.IndexByte(s.text()[end:], '\n') + 1
	}
	return s.text()[:end]
}

// NewSection validates, writes and reads back a stage. Of the file, nothing
// counts but Check and the names of Args.
func NewSection(f *File, s Stage) *Section {
	out := &Section{stage: s, needs: requirement{minor: floor}}
	v := &validator{}
	if v.stage(f, s); len(v.problems) == 0 {
		e := newEmitter(f)
		e.traced = true
		e.text.WriteByte('\n')
		e.stage(s)
		out.below, out.lines = e.text.String(), e.lines
		v.lengths([]byte(out.text()), out.lines)
		v.triggers(s)
	}
	if out.Problems = v.problems; len(v.problems) > 0 {
		return out
	}
	sum := sha256.Sum256([]byte(out.text()))
	out.digest = "sha256:" + hex.EncodeToString(sum[:])
	out.needs.stage(s)
	out.err = out.verify()
	return out
}

// verify reads the text back.
func (s *Section) verify() error {
	nodes, err := readSection(s.below)
	if err != nil {
		return err
	}
	for _, node := range nodes {
		node.StartLine--
		node.EndLine--
	}
	stages, args, err := instructions.Parse(&parser.Node{Children: nodes}, linter.New(&linter.Config{}))
	switch {
	case err != nil:
		return err
	case len(args) > 0 || len(stages) != 1:
		return fmt.Errorf("%d stages and %d global arguments, want one stage", len(stages), len(args))
	}
	s.from = nodes[0].EndLine
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
