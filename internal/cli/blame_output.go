package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"stagecue.dev/internal/compile"
	"stagecue.dev/internal/plain"
)

// writeBlame prints lines as a table: where each comes from, by way of what,
// the stage, the axes, number and text.
func writeBlame(w io.Writer, lines []compile.BlamedLine, relative func(string) string) error {
	var rows [][]string
	var width []int
	for _, l := range lines {
		row := []string{
			fmt.Sprintf("%s:%d", relative(l.Places[0].Span.File), l.Places[0].Span.Line),
			via(l.Places, relative),
			dash(l.Stage),
			dash(strings.Join(l.Axes, ",")),
		}
		for i := range row {
			row[i] = plain.Line(row[i])
			if i == len(width) {
				width = append(width, 0)
			}
			width[i] = max(width[i], utf8.RuneCountInString(row[i]))
		}
		rows = append(rows, row)
	}
	out := bufio.NewWriter(w)
	digits := len(fmt.Sprint(lines[len(lines)-1].Number))
	for n, row := range rows {
		for i, cell := range row {
			if width[i] > 0 {
				fmt.Fprintf(out, "%-*s  ", width[i], cell)
			}
		}
		line := fmt.Sprintf("%*d) %s", digits, lines[n].Number, plain.Source(lines[n].Text))
		fmt.Fprintln(out, strings.TrimSuffix(line, " "))
	}
	return out.Flush()
}

// via writes how it came from the first place to the line. A file is left out
// where it is the same as before, and a directory where it is the first one's.
func via(places []compile.Place, relative func(string) string) string {
	var out []string
	for n, p := range places[1:] {
		name, before := relative(p.Span.File), relative(places[n].Span.File)
		switch {
		case name == before:
			name = ""
		case path.Dir(name) == path.Dir(relative(places[0].Span.File)):
			name = path.Base(name)
		}
		out = append(out, fmt.Sprintf("< %s:%d", name, p.Span.Line))
	}
	return strings.Join(out, " ")
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// blamedLine is the JSON form of a line.
type blamedLine struct {
	Line int    `json:"line"`
	Text string `json:"text"`
	// Place is the user's own place that one would edit.
	Place blamedPlace `json:"place"`
	// Via says how it came from there to the line, from the inside out.
	Via []blamedPlace `json:"via"`
	// Stage and Instruction are left out for lines that are part of none.
	Stage       string   `json:"stage,omitempty"`
	Axes        []string `json:"axes"`
	Instruction string   `json:"instruction,omitempty"`
}

type blamedPlace struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	// Role is what the place has to do with the line: "use", "library", "step"
	// or "arg". The first place has none.
	Role string `json:"role,omitempty"`
}

// writeBlameJSON prints lines as one document, a line of it for each:
//
//	{"version": 1, "file", "stack", "variant", "lines": [{"line", "text", "place", "via", "stage", "axes", "instruction"}]}
func writeBlameJSON(w io.Writer, file compile.File, lines []compile.BlamedLine, relative func(string) string) error {
	out := bufio.NewWriter(w)
	encode := func(v any) (string, error) {
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		err := enc.Encode(v)
		return strings.TrimSuffix(b.String(), "\n"), err
	}
	head, err := encode(struct {
		Version int    `json:"version"`
		File    string `json:"file"`
		Stack   string `json:"stack"`
		Variant string `json:"variant"`
	}{1, relative(generatedDir + "/" + file.Path), file.Stack, file.Variant})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s,\"lines\":[\n", strings.TrimSuffix(head, "}"))
	for n, l := range lines {
		row := blamedLine{Line: l.Number, Text: l.Text, Via: []blamedPlace{}, Stage: l.Stage, Axes: l.Axes, Instruction: l.Keyword}
		for _, p := range l.Places {
			row.Via = append(row.Via, blamedPlace{relative(p.Span.File), p.Span.Line, p.Span.Column, string(p.Role)})
		}
		row.Place, row.Via = row.Via[0], row.Via[1:]
		row.Place.Role = ""
		if row.Axes == nil {
			row.Axes = []string{}
		}
		text, err := encode(row)
		if err != nil {
			return err
		}
		if n < len(lines)-1 {
			text += ","
		}
		fmt.Fprintln(out, text)
	}
	fmt.Fprintln(out, "]}")
	return out.Flush()
}
