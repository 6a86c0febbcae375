// Package report prints diagnostics: as text for people, as JSON for programs,
// as annotations for GitHub. It is the only place with colour and decides
// nothing.
package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// A Format is a form in which findings are printed.
type Format string

// The formats.
const (
	Text   Format = "text"
	JSON   Format = "json"
	GitHub Format = "github"
)

// Options say how findings are printed.
type Options struct {
	Format Format
	// Color turns colour on, in text only.
	Color bool
	// Width is the number of columns that source lines are cut to; 0 for no limit.
	Width int
	// Max is the number of findings that are printed at most; 0 for all.
	Max int
	// Source is the text of a file, by its path in the module; nil prints no
	// source lines.
	Source func(file string) ([]byte, bool)
	// Rel turns a path in the module into the path that is printed; nil leaves
	// it. An absolute path is never printed, but the one in the module instead.
	Rel func(file string) string
}

// Write prints findings, in the order of the list. An error is the writer's.
func Write(w io.Writer, list diag.List, o Options) error {
	shown, left := limit(list, o.Max)
	switch o.Format {
	case JSON:
		return writeJSON(w, shown, left, o)
	case GitHub:
		return writeGitHub(w, shown, left, o)
	}
	return writeText(w, shown, left, o)
}

// limit keeps the first max findings, errors before warnings and those before
// notes: of a failed run, the log shows at least one error.
func limit(list diag.List, max int) (shown diag.List, left int) {
	if max <= 0 || len(list) <= max {
		return list, 0
	}
	room := map[diag.Severity]int{}
	free := max
	for _, severity := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		for _, d := range list {
			if d.Severity == severity && free > 0 {
				room[severity]++
				free--
			}
		}
	}
	for _, d := range list {
		if room[d.Severity] > 0 {
			room[d.Severity]--
			shown = append(shown, d)
		}
	}
	return shown, len(list) - len(shown)
}

// more says how many findings were not printed.
func more(left int) string {
	if left == 1 {
		return "1 more finding; --max-findings=0 shows all"
	}
	return fmt.Sprintf("%d more findings; --max-findings=0 shows all", left)
}

// relative is a span with the path that is printed.
func (o Options) relative(s source.Span) source.Span {
	if !s.IsValid() || o.Rel == nil {
		return s
	}
	if file := o.Rel(s.File); !filepath.IsAbs(file) && !strings.HasPrefix(file, "/") {
		s.File = file
	}
	return s
}
