package dockerfile

import "testing"

// A stage that is read back by itself must end where it ends: another one will
// stand below.
func TestSectionEnds(t *testing.T) {
	for _, text := range []string{"FROM x AS a\n", "FROM x AS a\nRUN a\n", "FROM x AS a\nRUN <<EOF\na \\\nEOF\n", "# check=skip=all\nFROM x AS a\nRUN a \\\n    b\n"} {
		if _, err := readSection("\n" + text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{
		"FROM x AS a\nRUN a \\\n",       // goes on
		"FROM x AS a\nRUN <<EOF\na\n",   // has no delimiter
		"FROM x AS a\nRUN a\n# later\n", // a comment of the next one
		"FROM x AS a\nCOPY <<A <<B /\nA\n",
		"",
	} {
		if nodes, err := readSection("\n" + text); err == nil && len(nodes) > 0 {
			t.Errorf("%q: nothing is wrong with %d instructions", text, len(nodes))
		}
	}
}

// Comments above the first stage are read with it: they may be taken for its
// description, or for directives.
func TestAbove(t *testing.T) {
	f := &File{Stages: []Stage{{Name: "a", From: "x:1", Description: "builds"}}}
	sections, problems := inSections(f)
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
