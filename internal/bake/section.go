package bake

import (
	"unicode/utf8"

	"stagecue.dev/internal/rope"
)

// section is an object in the file itself, which is written member by member.
type section struct {
	out     rope.Builder
	members int
	// line is room for one of them.
	line []byte
}

// add writes a member.
func (s *section) add(m member) {
	begin := ",\n"
	if s.members == 0 {
		begin = "{\n"
	}
	s.members++
	s.line = appendKey(append(s.line[:0], begin...), "    ", m.key)
	s.line = appendValue(s.line, m.value, "    ", utf8.RuneCountInString(m.key)+8)
	s.out.Write(s.line)
}

// text is the whole section.
func (s *section) text() rope.Rope {
	if s.members == 0 {
		return rope.Of("{}")
	}
	s.out.WriteString("\n  }")
	return s.out.Rope()
}

// text is the object as a file. The first two levels are for people to find
// things in.
func (o object) text() rope.Rope {
	var out rope.Builder
	out.WriteString("{\n")
	for i, m := range o {
		out.Write(appendKey(nil, "  ", m.key))
		switch v := m.value.(type) {
		case *section:
			out.WriteRope(v.text())
		case object:
			var s section
			for _, m := range v {
				s.add(m)
			}
			out.WriteRope(s.text())
		default:
			out.Write(appendValue(nil, v, "  ", 0))
		}
		out.WriteString(comma(i, len(o)))
	}
	out.WriteString("}\n")
	return out.Rope()
}
