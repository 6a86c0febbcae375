package dockerfile

import "testing"

// A piece that is read back by itself must begin and end where it does: in a
// file, others will stand around it.
func TestPieceEnds(t *testing.T) {
	read := func(texts []string) error {
		var pieces []placed
		for n, text := range texts {
			pieces = append(pieces, placed{text: text, n: n})
		}
		_, err := readPieces(pieces)
		return err
	}
	for _, texts := range [][]string{
		{"FROM x AS a\n"},
		{"FROM x AS a\n", "RUN a\n"},
		{"FROM x AS a\n", "RUN <<EOF\na \\\nEOF\n"},
		{"# check=skip=all\nFROM x AS a\n", "# b\nRUN a \\\n    b\n"},
	} {
		if err := read(texts); err != nil {
			t.Errorf("%q: %v", texts, err)
		}
	}
	for _, texts := range [][]string{
		{"FROM x AS a\n", "RUN a \\\n"},                // goes on
		{"FROM x AS a\n", "RUN a \\\n", "    b\n"},     // in the next piece
		{"FROM x AS a\n", "RUN a\n", "RUN b \\\n", ""}, // below the last
		{"FROM x AS a\n", "RUN <<EOF\na\n"},            // has no delimiter
		{"FROM x AS a\n", "RUN <<EOF\na\n", "EOF\n"},
		{"FROM x AS a\n", "RUN a\n# later\n"}, // a comment of the next one
		{"FROM x AS a\n", "RUN a\n# later\n", "RUN b\n"},
		{"FROM x AS a\n", "RUN a\nRUN b\n"},
		{"FROM x AS a\n", "RUN a\nRUN b\n", "# c\n"},
		{"FROM x AS a\n", "COPY <<A <<B /\nA\n"},
		{"FROM x AS a\n", "RUN a\n# "}, // makes the next line one
		{"FROM x AS a\n", ""},
		{""},
	} {
		if err := read(texts); err == nil {
			t.Errorf("%q: nothing is wrong", texts)
		}
	}
}

// A piece that is read amiss is found in its section, wherever it was read.
func TestPieceLines(t *testing.T) {
	s := Stage{Name: "a", From: "x:1", Steps: []Step{{Instruction: User{"b"}}, {Description: "d", Instruction: Run{Shell: "c"}}}}
	user := placed{text: "USER b\n", n: 1, above: 7}
	for text, line := range map[string]int{
		"# d\nRUN c\n":       0,
		"# d\nRUN x\n":       22, // says something else
		"# d\nUSER c\n":      22,
		"# d\nFROM c\n":      22,
		"# d\nCOPY c\n":      22, // is not complete
		"# d\nRUN <<c\n":     22, // does not parse
		"RUN c\nRUN c\n":     22,
		"RUN c\n":            0,
		"# check=x\nRUN c\n": 22,
	} {
		err := readBack(s, []placed{user, {text: text, n: 2, above: 20}})
		if (err == nil) != (line == 0) || LineOf(err) != line {
			t.Errorf("%q: %v, in line %d, want %d", text, err, LineOf(err), line)
		}
	}
}

// The text of a section is its pieces, and nothing else.
func TestPiecesAreAll(t *testing.T) {
	f := &File{Stages: []Stage{{Name: "a", From: "x:1", Steps: []Step{{Instruction: User{"b"}}, {Instruction: Run{Shell: "c"}}}}}}
	section := new(Memo).Section(f, f.Stages[0])
	pieces := new(Memo).find(section.stage)
	for n := range pieces {
		pieces[n].piece = newPiece(section.stage, n)
	}
	if err := section.verify(pieces); err != nil {
		t.Error(err)
	}
	text := section.below
	for n := range text {
		section.below = text[:n+1] + "x" + text[n+1:]
		if err := section.verify(pieces); err == nil {
			t.Errorf("nothing is wrong with %q", section.below)
		}
	}
	if section.below = text; section.verify(append(pieces, pieces[1])) == nil || section.verify(pieces[:2]) == nil {
		t.Error("nothing is wrong with another number of pieces")
	}
}

// Comments above the first stage are read with it: they may be taken for its
// description, or for directives.
func TestAbove(t *testing.T) {
	f := &File{Stages: []Stage{{Name: "a", From: "x:1", Description: "builds"}}}
	sections, problems := inSections(new(Memo), f)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if err := verifyAbove(f, "", "", sections[0]); err != nil {
		t.Error(err)
	}
	for _, above := range []string{
		"# syntax=docker/dockerfile:1\n", "# escape=`\n", "# check=error=true\n", "ARG X\n", "FROM y AS z\n", "# check=skip=all\n\n", "RUN x \\\n",
	} {
		if err := verifyAbove(f, "", above, sections[0]); err == nil {
			t.Errorf("%q: nothing is wrong", above)
		}
	}
	if err := verifyBelow(&File{Default: "a"}, "\n# x\nFROM a\n"); err != nil {
		t.Error(err)
	}
	for _, below := range []string{"", "FROM b\n", "FROM a\nRUN x\n", "FROM a AS b\n", "FROM a \\\n"} {
		if err := verifyBelow(&File{Default: "a"}, below); err == nil {
			t.Errorf("%q: nothing is wrong", below)
		}
	}
}

// The stages of this repository, read from what they were compiled to.
func TestGeneratedStages(t *testing.T) {
	m := new(Memo)
	for _, s := range generatedStages(t) {
		if section := m.Section(&File{}, s); len(section.Problems) > 0 || section.err != nil {
			t.Errorf("%s: %v, %v", s.Name, section.Problems, section.err)
		}
	}
}
