package rope

// piece is how long a piece is that a Builder makes. One text would be copied
// again and again while it grows.
const piece = 64 << 10

// A Builder puts a text together. It is empty to begin with.
type Builder struct {
	done Rope
	open []byte
}

// Write adds to the text.
func (b *Builder) Write(text []byte) {
	b.room(len(text))
	b.open = append(b.open, text...)
}

// WriteString adds to the text.
func (b *Builder) WriteString(text string) {
	b.room(len(text))
	b.open = append(b.open, text...)
}

// WriteRope adds to the text, and shares the pieces.
func (b *Builder) WriteRope(text Rope) {
	b.end()
	b.done = append(b.done, text...)
}

// room ends a piece that would be too long with so many bytes more.
func (b *Builder) room(n int) {
	if len(b.open)+n > piece {
		b.end()
	}
}

func (b *Builder) end() {
	if len(b.open) > 0 {
		b.done = append(b.done, string(b.open))
		b.open = b.open[:0]
	}
}

// Rope is the text so far.
func (b *Builder) Rope() Rope {
	b.end()
	return b.done
}
