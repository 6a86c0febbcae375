package compile

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"stagecue.dev/internal/dockerfile"
)

// sections are the stages of a Dockerfile. A stage that several variants have in
// common is validated, written and read back once; so is an instruction that
// several stages have in common. For a variant that stands alone, the processor
// that is left begins with the last stage, while other things are done first.
func (c *compiler) sections(file *dockerfile.File, first ...func()) []*dockerfile.Section {
	head := headKey(file)
	if c.alone {
		defer c.sectionsAhead(file, head)()
		for _, do := range first {
			do()
		}
	}
	out := make([]*dockerfile.Section, len(file.Stages))
	for i, s := range file.Stages {
		out[i] = c.section(file, s, head)
	}
	return out
}

// sectionsAhead makes sections from the last stage on. It is over when the
// function that it returns does so.
func (c *compiler) sectionsAhead(file *dockerfile.File, head string) (end func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		// A panic comes again to the one who reports it.
		defer func() { _ = recover() }()
		for _, s := range slices.Backward(file.Stages) {
			if s.Key != "" {
				c.section(file, s, head)
			}
		}
	}()
	return func() { <-done }
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
