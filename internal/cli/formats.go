package cli

import (
	"fmt"
	"slices"
	"strings"
)

// formatsOf are the formats that a verb prints. What is no finding has formats
// of its own.
func formatsOf(verb string) []string {
	switch verb {
	case "blame":
		return []string{"text", "json"}
	case "matrix":
		return []string{"text", "json", "github", "markdown"}
	case "graph":
		// "text", which nobody has asked for, is Mermaid.
		return []string{"text", "mermaid", "dot", "svg"}
	case "affected":
		return []string{"text", "json", "github-matrix", "bake"}
	case "review":
		return []string{"text", "markdown", "json"}
	}
	return []string{"text", "json", "github"}
}

// checkFormat refuses a format that the verb does not print.
func checkFormat(verb, format string) error {
	formats := formatsOf(verb)
	if slices.Contains(formats, format) {
		return nil
	}
	if verb == "graph" {
		formats = formats[1:]
	}
	last := len(formats) - 1
	return fmt.Errorf("--format of %s is %s or %s, not %q", verb, strings.Join(formats[:last], ", "), formats[last], format)
}

// prints tells whether a format is one of findings, which then go to where data
// goes. In any other, data has its own form and findings are talk.
func prints(format string) bool { return format == "json" || format == "github" }
