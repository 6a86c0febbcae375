package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"maps"
	"sync"

	gocache "github.com/rogpeppe/go-internal/cache"
)

// most is how many bytes are kept of a stack. A matrix whose variants have
// little in common gains nothing by more.
const most = 32 << 20

// Key identifies an entry: it is a hash of all that the entry was made of.
type Key = [sha256.Size]byte

// Entries are what is kept of one stack. They are for any number of goroutines.
type Entries struct {
	files *gocache.Cache
	id    gocache.ActionID

	mutex sync.Mutex
	// kept is what has been read, and used what of that has been asked for, or is
	// new: size is how large that is.
	kept, used map[Key][]byte
	size       int
	changed    bool
}

// read reads what there is: nothing if it is damaged.
func (e *Entries) read() {
	e.kept, e.used = map[Key][]byte{}, map[Key][]byte{}
	data, _, err := e.files.GetBytes(e.id)
	if err != nil {
		return
	}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&e.kept); err != nil {
		e.kept = map[Key][]byte{}
	}
}

// Get is the entry of a key.
func (e *Entries) Get(key Key) ([]byte, bool) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	data, ok := e.used[key]
	if !ok {
		if data, ok = e.kept[key]; ok {
			e.use(key, data)
		}
	}
	return data, ok
}

// Put adds an entry, if there is room.
func (e *Entries) Put(key Key, data []byte) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.size+len(key)+len(data) <= most {
		e.use(key, data)
		e.changed = true
	}
}

func (e *Entries) use(key Key, data []byte) {
	e.used[key] = data
	e.size += len(key) + len(data)
}

// Save writes what has been used, and as much of the rest as there is room for:
// another selection of variants may ask for it, or who undoes an edit. It does
// nothing if there is nothing new.
func (e *Entries) Save() error {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if !e.changed {
		return nil
	}
	all := maps.Clone(e.used)
	for key, data := range e.kept {
		if _, ok := all[key]; !ok && e.size+len(key)+len(data) <= most/4 {
			all[key] = data
			e.size += len(key) + len(data)
		}
	}
	var out bytes.Buffer
	if err := gob.NewEncoder(&out).Encode(all); err != nil {
		return err
	}
	if err := e.files.PutBytes(e.id, out.Bytes()); err != nil {
		return err
	}
	e.changed = false
	return e.files.Trim()
}
