// Package source holds positions in a user's files.
package source

import "fmt"

// A Span is a range of text in one file. The zero Span is no position.
type Span struct {
	// File is the slash-separated path relative to the module's root.
	File string `json:"file"`
	// Line and Column are where the text starts, counted from 1; columns count
	// bytes, as CUE's own positions do.
	Line   int `json:"line,omitempty"`
	Column int `json:"column,omitempty"`
	// EndLine and EndColumn are where it ends: the position behind its last
	// byte. Both are 0 where the end is not known.
	EndLine   int `json:"endLine,omitempty"`
	EndColumn int `json:"endColumn,omitempty"`
}

// IsValid tells whether the span names a file.
func (s Span) IsValid() bool { return s.File != "" }

// String is "file:line:column", or "file" for a whole file.
func (s Span) String() string {
	if s.Line == 0 {
		return s.File
	}
	return fmt.Sprintf("%s:%d:%d", s.File, s.Line, s.Column)
}
