package dockerfile

import "strings"

// Text is an instruction as it is printed, over as many lines as it takes.
func Text(i Instruction) string {
	var lines []string
	for _, r := range render(i) {
		lines = append(lines, r.text)
	}
	return strings.Join(lines, "\n")
}

// FieldName writes the name of a field as it stands in a path of CUE.
func FieldName(name string) string { return cueLabel(name) }
