package report

import (
	"strings"

	"stagecue.dev/internal/plain"
)

// tabWidth is the number of columns that a tab is printed as.
const tabWidth = 4

// clean expands tabs and makes the rest of a text harmless.
func clean(s string) string {
	return plain.Line(strings.ReplaceAll(s, "\t", strings.Repeat(" ", tabWidth)))
}

// cleanLines are the lines of a text, each of them clean.
func cleanLines(s string) []string {
	lines := strings.Split(strings.TrimRight(s, "\r\n"), "\n")
	for i, line := range lines {
		lines[i] = clean(strings.TrimSuffix(line, "\r"))
	}
	return lines
}
