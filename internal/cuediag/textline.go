package cuediag

import (
	"strings"

	"stagecue.dev/internal/source"
)

// Whole are the places that the text as a whole comes from: where it is
// written, then one by one the references that lead to it. A text of one line
// comes from the first datum in it.
func (t *Text) Whole() []source.Span {
	if t == nil {
		return nil
	}
	if t.refers {
		return append(t.parts[0].Whole(), t.span())
	}
	if !strings.Contains(t.value, "\n") {
		for _, p := range t.parts {
			if p.Text != nil && !p.between {
				if datum := p.datum(0, len(p.value)); datum != nil {
					return append(datum, t.span())
				}
			}
		}
	}
	return []source.Span{t.span()}
}

// Line are the places that the n-th line of the text comes from, in the same
// order. A line that was put together comes from where that was done, or from
// the first datum in it: what CUE adds to data changes less often.
func (t *Text) Line(n int) []source.Span {
	if t == nil {
		return nil
	}
	from := 0
	for range n - 1 {
		i := strings.IndexByte(t.value[from:], '\n')
		if i < 0 {
			break
		}
		from += i + 1
	}
	to := len(t.value)
	if i := strings.IndexByte(t.value[from:], '\n'); i >= 0 {
		// An empty line is its line break.
		to = from + max(1, i)
	}
	return t.within(from, to)
}

// within are the places that a part of one line of the text comes from.
func (t *Text) within(from, to int) []source.Span {
	if t.refers {
		return append(t.parts[0].within(from, to), t.span())
	}
	var only *Text
	var datum []source.Span
	n, first, last, offset := 0, 0, 0, 0
	for _, p := range t.parts {
		start, end := max(from, offset), min(to, offset+len(p.value))
		if start < end && !p.between {
			n++
			only, first, last = p.Text, start-offset, end-offset
			if datum == nil {
				datum = only.datum(first, last)
			}
		}
		offset += len(p.value)
	}
	if n == 1 {
		return only.within(first, last)
	}
	return append(datum, t.start(from))
}

// datum are the places of a part of the text if that comes from a data file, nil
// if it does not.
func (t *Text) datum(from, to int) []source.Span {
	places := t.within(from, to)
	if _, ok := t.positions.kind(places[0].File); ok {
		return places
	}
	return nil
}

// start is where the text goes on behind an offset, as seen from here: what a
// reference leads to is not looked into.
func (t *Text) start(from int) source.Span {
	if t.refers {
		return t.span()
	}
	if len(t.lines) > 0 {
		return t.lineSpan(t.lines[strings.Count(t.value[:from], "\n")])
	}
	offset := 0
	for _, p := range t.parts {
		end := offset + len(p.value)
		switch {
		case p.between && from < end:
			// What is joined starts with the next element.
			from = end
		case from < end, from == end && p.value == "" && !p.between:
			return p.start(from - offset)
		}
		offset = end
	}
	if n := len(t.parts); n > 0 {
		last := t.parts[n-1]
		return last.start(len(last.value))
	}
	return t.span()
}
