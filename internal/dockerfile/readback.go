package dockerfile

import (
	"errors"
	"fmt"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// A placed piece is one that is still to be read back.
type placed struct {
	text string
	// n is 0 for FROM, else that of the step, counted from 1.
	n int
	// above is the number of lines above it in the section.
	above int
}

// verify makes sure that the text is the pieces, in order and with nothing but
// empty lines between them, and reads back those that are not known.
func (s *Section) verify(pieces []found) error {
	var unread []placed
	rest, line := s.text(), 0
	for n, p := range pieces {
		for strings.HasPrefix(rest, "\n") {
			rest = rest[1:]
			line++
		}
		if !strings.HasPrefix(rest, p.text) {
			return &lineError{error: errors.New("something is between the instructions"), line: line + 1}
		}
		if p.key != "" {
			unread = append(unread, placed{p.text, n, line})
		}
		rest = rest[len(p.text):]
		line += strings.Count(p.text, "\n")
	}
	if rest != "" {
		return &lineError{error: errors.New("something is below the last instruction"), line: line + 1}
	}
	return readBack(s.stage, unread)
}

// readBack has BuildKit read pieces of a stage, and compares.
func readBack(s Stage, pieces []placed) error {
	if len(pieces) == 0 {
		return nil
	}
	nodes, err := readPieces(pieces)
	if err != nil {
		return err
	}
	for i, p := range pieces {
		if err := verifyPiece(s, p.n, nodes[i]); err != nil {
			return atLine(nodes[i].Location(), fmt.Errorf("stage %q: %w", s.Name, err))
		}
	}
	return nil
}

// verifyPiece compares a piece with what BuildKit read.
func verifyPiece(s Stage, n int, node *parser.Node) error {
	got, err := instructions.ParseInstructionWithLinter(node, linter.New(&linter.Config{}))
	if err != nil {
		return err
	}
	from, isFrom := got.(*instructions.Stage)
	command, isCommand := got.(instructions.Command)
	switch {
	case n == 0 && isFrom:
		return verifyFrom(s, *from)
	case n > 0 && isCommand:
		return verifyStep(n-1, s.Steps[n-1], command)
	}
	return fmt.Errorf("read as %s", node.Value)
}

// beyond is a stage that is read below the last piece.
const beyond = "FROM scratch AS beyond"

// readPieces reads pieces as they stand in files: below an empty line, so that
// no comment is a directive, and above something else, which must not become
// part of them. Each must be one instruction, to its last line and no further:
// there, the parser has nothing in hand, neither a comment nor an open line. So
// what stands above a piece and below it has no part in how it is read.
//
// The lines of the nodes are those of the section.
func readPieces(pieces []placed) ([]*parser.Node, error) {
	var text strings.Builder
	text.WriteByte('\n')
	for _, p := range pieces {
		text.WriteString(p.text)
	}
	text.WriteString("\n" + beyond + "\n")
	result, err := read([]byte(text.String()))
	if err != nil {
		return nil, inSection(pieces, err)
	}
	nodes := result.AST.Children
	end := len(nodes) - 1
	if end < 0 || nodes[end].Original != beyond || len(nodes[end].PrevComment) > 0 || len(nodes[end].Heredocs) > 0 {
		return nil, fmt.Errorf("what follows is not read as %q", beyond)
	}
	last := 1
	for i, p := range pieces {
		shift := p.above - last
		last += strings.Count(p.text, "\n")
		if i >= end || nodes[i].EndLine != last || !strings.HasSuffix(p.text, "\n") {
			return nil, &lineError{error: errors.New("an instruction does not end where it should"), line: last + shift}
		}
		nodes[i].StartLine += shift
		nodes[i].EndLine += shift
	}
	if end > len(pieces) {
		return nil, fmt.Errorf("%d instructions, want %d", end, len(pieces))
	}
	return nodes[:end], nil
}

// inSection finds the line in the section of what is wrong with a line of the
// pieces.
func inSection(pieces []placed, err error) error {
	line, last := LineOf(err), 1
	for _, p := range pieces {
		lines := strings.Count(p.text, "\n")
		if line > last && line <= last+lines {
			return &lineError{error: err, line: line - last + p.above}
		}
		last += lines
	}
	return err
}
