package compile

import (
	"fmt"
	"strings"
	"sync"

	"stagecue.dev/internal/dockerfile"
)

// sections are the stages of a Dockerfile. A stage that several variants have in
// common is validated, written and read back once; so is an instruction that
// several stages have in common.
func (c *compiler) sections(file *dockerfile.File) []*dockerfile.Section {
	head := headKey(file)
	out := make([]*dockerfile.Section, len(file.Stages))
	for i, s := range file.Stages {
		out[i] = c.section(file, s, head)
	}
	return out
}

// section is that of a stage, made by the first who needs it.
func (c *compiler) section(file *dockerfile.File, s dockerfile.Stage, head string) *dockerfile.Section {
	if s.Key != "" {
		entry, _ := c.written.LoadOrStore(sectionKey{s.Key, head}, &section{})
		e := entry.(*section)
		e.once.Do(func() { e.section = c.pieces.Section(file, s) })
		if e.section != nil {
			return e.section
		}
		// It has failed for somebody else; so it will here, and be reported.
	}
	return c.pieces.Section(file, s)
}

// section is a section that is made by the first who needs it.
type section struct {
	once    sync.Once
	section *dockerfile.Section
}

// sectionKey is all that a section is made of.
type sectionKey struct {
	stage, head string
}

// headKey is what a section depends on of the file that it is part of.
func headKey(file *dockerfile.File) string {
	var b strings.Builder
	if file.Check != nil {
		fmt.Fprintf(&b, "%q", file.Check.Skip)
	}
	for _, a := range file.Args {
		fmt.Fprintf(&b, " %s", a.Name)
	}
	return b.String()
}
