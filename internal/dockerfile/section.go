package dockerfile

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"

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
	// head is the text down to the end of FROM.
	head string
	// below is the text with an empty line above it.
	below string
	// lines is the number of its lines, without the empty one.
	lines int
	// digest is that of the text.
	digest string
	needs  requirement
	err    error
}

// text is the text as it stands on top.
func (s *Section) text() string { return s.below[1:] }

// Digest is that of the text: "sha256:...".
func (s *Section) Digest() string { return s.digest }

// Section validates, writes and reads back a stage; that is, what of it the memo
// does not have. Of the file, nothing counts but Check and the names of Args.
func (m *Memo) Section(f *File, s Stage) *Section {
	out := &Section{stage: s}
	v := &validator{}
	pieces := m.find(s)
	if v.stage(f, s, pieces[1:]); len(v.problems) == 0 {
		out.write(f, pieces)
		v.lengths(out.text(), func() []Line { return out.traced(f) })
		v.triggers(s)
	}
	if out.Problems = v.problems; len(v.problems) > 0 {
		return out
	}
	sum := sha256.Sum256([]byte(out.text()))
	out.digest = "sha256:" + hex.EncodeToString(sum[:])
	if out.err = out.verify(pieces); out.err == nil {
		m.keep(pieces)
	}
	return out
}

// write renders the pieces that are new, and puts all of them together.
func (s *Section) write(f *File, pieces []found) {
	s.needs = requirement{minor: floor}
	blocks := make([]block, len(pieces))
	size := 1
	for n, p := range pieces {
		origin := s.stage.Origin
		if n > 0 {
			origin = s.stage.Steps[n-1].Origin
		}
		if p.piece == nil {
			p.piece = newPiece(s.stage, n)
			pieces[n] = p
		}
		s.needs.addFor(origin, p.needs)
		blocks[n] = p.block
		size += 1 + len(p.text)
	}
	s.head = pieces[0].text
	e := newEmitter(f)
	e.text.Grow(size)
	e.text.WriteByte('\n')
	e.blocks(s.stage, blocks)
	s.below, s.lines = e.text.String(), e.written
}

// traced is what made each line, which nearly nobody asks for, and which takes
// more room than the text.
func (s *Section) traced(f *File) []Line {
	blocks := make([]block, 1+len(s.stage.Steps))
	for n := range blocks {
		blocks[n] = newPiece(s.stage, n).block
	}
	e := newEmitter(f)
	e.traced = true
	e.blocks(s.stage, blocks)
	return e.lines
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

// ValidateFile is Validate without the stages, each of which is for Memo.Section.
func ValidateFile(f *File) []Problem {
	v := &validator{}
	if v.file(f); len(v.problems) == 0 {
		above := func(traced bool) *emitter {
			e := newEmitter(f)
			e.traced = traced
			e.prologue(f, "", Line{})
			return e
		}
		v.lengths(above(false).text.String(), func() []Line { return above(true).lines })
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
