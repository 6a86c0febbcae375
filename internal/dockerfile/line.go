package dockerfile

import (
	"fmt"
	"strings"
)

// A Line says what one line of the text was made of.
type Line struct {
	Origin Origin
	// Field is the CUE path below the origin of what made the line: "env.PATH",
	// "mounts[1]", "script"; empty for all of it.
	Field string
	// Text is which line of the field's text this one is, counted from 1; 0 if
	// it stands for the whole field.
	Text int
	// Arg is the global build argument that the line declares in a stage.
	Arg string
	// Keyword is the instruction that the line is part of, empty for comments
	// outside of instructions and for blank lines.
	Keyword string
}

// A row is a printed line of an instruction, and the field that made it.
type row struct {
	text, field string
	// n is which line of the field's text it is, 0 for the whole field.
	n int
}

// oneRow is an instruction of one line.
func oneRow(field, text string) []row { return []row{{text: text, field: field}} }

// textRows are the lines of a field's text, the first with a prefix.
func textRows(field, prefix, text string) []row {
	var rows []row
	for line := range strings.SplitSeq(text, "\n") {
		rows = append(rows, row{text: line, field: field, n: len(rows) + 1})
	}
	rows[0].text = prefix + rows[0].text
	return rows
}

// heredocRows are the lines of a body, the first of which is line n of the
// field's text, and its delimiter.
func heredocRows(field, body, delimiter string, n int) []row {
	rows := textRows(field, "", body+delimiter)
	for i := range rows {
		rows[i].n = max(0, i+n)
	}
	rows[len(rows)-1].n = 0
	return rows
}

// argRow declares a build argument in a stage.
func argRow(name string) []row { return oneRow("", "ARG "+name) }

// rowText is rows as they are printed.
func rowText(rows []row) string {
	lines := make([]string, len(rows))
	for i, r := range rows {
		lines[i] = r.text
	}
	return strings.Join(lines, "\n")
}

// continueRows ends every line but the last in a backslash.
func continueRows(rows []row) []row {
	for n := range len(rows) - 1 {
		rows[n].text += ` \`
	}
	return rows
}

// nextUse is the place that needs an ARG: in the first instruction after it
// that is none.
func nextUse(name string, next []Step) (field string, n int) {
	for _, s := range next {
		if _, ok := s.Instruction.(ArgUse); !ok {
			return useOf(name, s.Instruction)
		}
	}
	return "", 0
}

// useOf is the place in an instruction that reads a build argument: the first,
// and in shell text the line of it.
func useOf(name string, i Instruction) (field string, n int) {
	expanded, _ := Uses(i)
	for _, x := range expanded {
		if x.Name == name {
			return x.Field, 0
		}
	}
	r, ok := i.(Run)
	if !ok {
		return "", 0
	}
	for line := range strings.SplitSeq(r.Shell+r.Script, "\n") {
		n++
		for _, mentioned := range ShellNames(line) {
			if mentioned == name {
				return mainField(i), n
			}
		}
	}
	for n, used := range r.Uses {
		if used == name {
			return fmt.Sprintf("uses[%d]", n), 0
		}
	}
	return mainField(i), 0
}
