package evaluate

import (
	"crypto/sha256"
	"reflect"

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
	return &Kept{store: store, encode: encode, decode: decode}, nil
}

// Keep evaluates something, unless another process has evaluated the same. The
// content is all that CUE is given for it, and as what it is decoded: there is
// nothing else that it could depend on. Only what is ok is kept.
func Keep[T any](k *Kept, as string, content func() [sha256.Size]byte, evaluate func() (T, bool)) (T, bool) {
	if k == nil {
		return evaluate()
	}
	key := keyOf(content(), as)
	if value, found := find[T](k, key); found {
		return value, true
	}
	value, ok := evaluate()
	if ok {
		keep(k, key, value)
	}
	return value, ok
}

// keyOf is under which key something is kept.
func keyOf(content [sha256.Size]byte, as string) [sha256.Size]byte {
	return sha256.Sum256(append(content[:], as...))
}

// find is what is kept under a key.
func find[T any](k *Kept, key [sha256.Size]byte) (value T, found bool) {
	if data, ok := k.store.Get(key); ok {
		if value, found = unmarshal[T](k, data); found {
			return value, true
		}
	}
	return value, false
}

// keep keeps something, unless it would not come back as it was.
func keep[T any](k *Kept, key [sha256.Size]byte, value T) {
	if data, ok := marshal(k, value); ok {
		k.store.Put(key, data)
	}
}

// keepContent keeps something under a hash of what it is.
func keepContent[T any](k *Kept, as string, value T) [sha256.Size]byte {
	data, ok := marshal(k, value)
	key := keyOf(sha256.Sum256(data), as)
	if ok {
		k.store.Put(key, data)
	}
	return key
}

// marshal is false for what does not come back as it was.
func marshal[T any](k *Kept, value T) ([]byte, bool) {
	data, err := k.encode.Marshal(value)
	if err != nil {
		return nil, false
	}
	back, ok := unmarshal[T](k, data)
	return data, ok && reflect.DeepEqual(back, value)
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
