package dockerfile

import (
	"encoding/binary"
	"reflect"
	"strings"
	"sync"
)

// A Memo makes sections, and keeps the pieces of those that were read back: most
// instructions stand in many stages, which differ in a few others. The zero
// Memo is empty and ready; any number of goroutines may use it.
type Memo struct {
	mu sync.RWMutex
	// pieces are by their keys.
	pieces map[string]*piece
}

// A piece is what FROM or a step is written as, with the comments above.
type piece struct {
	block
	// text is all of it.
	text string
	// needs is what it needs of the frontend.
	needs requirement
}

// newPiece renders FROM of a stage, which is piece 0, or one of its steps.
func newPiece(s Stage, n int) *piece {
	p := &piece{needs: requirement{minor: floor}}
	if n == 0 {
		p.block = fromBlock(s)
		p.needs.from(s)
	} else {
		p.block = newBlock(s.Steps[n-1])
		p.needs.step(s.Steps[n-1])
	}
	var text strings.Builder
	for _, rows := range [][]row{p.comments, p.lines} {
		for _, r := range rows {
			text.WriteString(r.text)
			text.WriteByte('\n')
		}
	}
	p.text = text.String()
	return p
}

// found is a piece that a memo knows, or the key that it will have.
type found struct {
	*piece
	key string
}

// find looks for the pieces of a stage.
func (m *Memo) find(s Stage) []found {
	out := make([]found, 1+len(s.Steps))
	key := make([]byte, 0, 1024)
	m.mu.RLock()
	defer m.mu.RUnlock()
	for n := range out {
		if n == 0 {
			key = appendKey(key[:0], reflect.ValueOf([]string{s.Name, s.Description, s.From, s.Platform}))
			key = appendKey(key, reflect.ValueOf(s.Check))
		} else {
			step := s.Steps[n-1]
			key = appendKey(key[:0], reflect.ValueOf(&step.Instruction).Elem())
			key = appendKey(key, reflect.ValueOf(step.Description))
			key = appendKey(key, reflect.ValueOf(step.Check))
		}
		if out[n].piece = m.pieces[string(key)]; out[n].piece == nil {
			out[n].key = string(key)
		}
	}
	return out
}

// keep takes up pieces that were read back.
func (m *Memo) keep(pieces []found) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.pieces == nil {
		m.pieces = map[string]*piece{}
	}
	for _, p := range pieces {
		if p.key != "" {
			m.pieces[p.key] = p.piece
		}
	}
}

// appendKey appends a value, so that no other value looks the same: by
// reflection, since no field that ir.go may ever get can be left out.
func appendKey(key []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.String:
		key = binary.AppendUvarint(key, uint64(v.Len()))
		return append(key, v.String()...)
	case reflect.Bool:
		if v.Bool() {
			return append(key, 1)
		}
		return append(key, 0)
	case reflect.Int:
		return binary.AppendVarint(key, v.Int())
	case reflect.Struct:
		for n := range v.NumField() {
			key = appendKey(key, v.Field(n))
		}
		return key
	}
	// The others may be nil, which is not the same as empty.
	if v.IsNil() {
		return append(key, 0)
	}
	key = append(key, 1)
	switch v.Kind() {
	case reflect.Slice:
		key = binary.AppendUvarint(key, uint64(v.Len()))
		for n := range v.Len() {
			key = appendKey(key, v.Index(n))
		}
	case reflect.Interface:
		key = appendKey(key, reflect.ValueOf(v.Elem().Type().Name()))
		key = appendKey(key, v.Elem())
	case reflect.Pointer:
		key = appendKey(key, v.Elem())
	default:
		panic("dockerfile: a step holds a " + v.Kind().String())
	}
	return key
}
