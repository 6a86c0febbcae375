package evaluate

import (
	"crypto/sha256"
	"reflect"
	"sync"

	"github.com/fxamacker/cbor/v2"

	"stagecue.dev/internal/dockerfile"
)

// A Store keeps data across processes. It is for any number of goroutines.
type Store interface {
	// Get is what was put under a key.
	Get(key [sha256.Size]byte) ([]byte, bool)
	// Put keeps data under a key, if there is room.
	Put(key [sha256.Size]byte, data []byte)
}

// Kept is what was evaluated by other processes.
type Kept struct {
	store  Store
	encode cbor.EncMode
	decode cbor.DecMode
	// missed is closed once something had to be evaluated.
	missed  chan struct{}
	missing sync.Once
}

// NewKept makes one of a store.
func NewKept(store Store) (*Kept, error) {
	// Tags tell instructions from one another.
	const firstTag = 70000
	tags := cbor.NewTagSet()
	for i, instruction := range instructions() {
		options := cbor.TagOptions{EncTag: cbor.EncTagRequired, DecTag: cbor.DecTagRequired}
		if err := tags.Add(options, reflect.TypeOf(instruction), uint64(firstTag+i)); err != nil {
			return nil, err
		}
	}
	encode, err := cbor.EncOptions{Sort: cbor.SortBytewiseLexical}.EncModeWithTags(tags)
	if err != nil {
		return nil, err
	}
	decode, err := cbor.DecOptions{}.DecModeWithTags(tags)
	if err != nil {
		return nil, err
	}
	return &Kept{store: store, encode: encode, decode: decode, missed: make(chan struct{})}, nil
}

// Keep evaluates something, unless another process has evaluated the same. The
// content is all that CUE is given for it, and as what it is decoded: there is
// nothing else that it could depend on. Only what is ok is kept.
func Keep[T any](k *Kept, as string, content func() [sha256.Size]byte, evaluate func() (T, bool)) (T, bool) {
	if k == nil {
		return evaluate()
	}
	key := content()
	key = sha256.Sum256(append(key[:], as...))
	if data, found := k.store.Get(key); found {
		if value, ok := unmarshal[T](k, data); ok {
			return value, true
		}
	}
	k.missing.Do(func() { close(k.missed) })
	value, ok := evaluate()
	if !ok {
		return value, false
	}
	// What does not come back as it was is not kept.
	if data, err := k.encode.Marshal(value); err == nil {
		if back, ok := unmarshal[T](k, data); ok && reflect.DeepEqual(back, value) {
			k.store.Put(key, data)
		}
	}
	return value, true
}

// Missed is closed once something had to be evaluated. Where nothing is kept, it
// is from the beginning.
func (k *Kept) Missed() <-chan struct{} {
	if k != nil {
		return k.missed
	}
	closed := make(chan struct{})
	close(closed)
	return closed
}

func unmarshal[T any](k *Kept, data []byte) (value T, ok bool) {
	if k.decode.Unmarshal(data, &value) != nil {
		return value, false
	}
	switch v := any(&value).(type) {
	case *dockerfile.Stage:
		dereference(v.Steps)
	case *stepRun:
		dereference(v.Steps)
	}
	return value, true
}
