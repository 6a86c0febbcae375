// Package docs carries the pages that the command itself shows.
package docs

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed findings/*.md
var findings embed.FS

// A Finding is the page of one kind of finding.
type Finding struct {
	// Code is the kind.
	Code string
	// Summary is the first sentence about it.
	Summary string
	// Text is the whole page, in Markdown.
	Text string
}

// Findings are the pages of all kinds of findings, in order of their codes.
func Findings() ([]Finding, error) {
	names, err := fs.Glob(findings, "findings/*.md")
	if err != nil {
		return nil, err
	}
	var out []Finding
	for _, name := range names {
		data, err := findings.ReadFile(name)
		if err != nil {
			return nil, err
		}
		page := Finding{Code: strings.TrimSuffix(path.Base(name), ".md"), Text: string(data)}
		// "# code", an empty line, and then the summary.
		if lines := strings.SplitN(page.Text, "\n", 4); len(lines) > 2 {
			page.Summary = lines[2]
		}
		out = append(out, page)
	}
	return out, nil
}
