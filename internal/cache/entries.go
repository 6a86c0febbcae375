package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"os"
	"sync"

	gocache "github.com/rogpeppe/go-internal/cache"
)

// most is how many bytes are kept of each kind. A matrix whose variants have
// little in common gains nothing by more.
const most = 32 << 20

// Key identifies an entry: it is a hash of all that the entry was made of.
type Key = [sha256.Size]byte

// Entries are what is kept of one kind of one stack. They are for any number of goroutines.
type Entries struct {
	files *gocache.Cache
	id    gocache.ActionID
	// output is the file that they were read from.
	output gocache.OutputID

	// patience is how often something new is kept until what was not asked for
	// meanwhile is given up: runs may be about a few variants only, and edits
	// may be undone.
	patience int

	mutex   sync.Mutex
	entries map[Key]entry
	// size is that of all entries that are in use.
	size    int
	changed bool
}

// entry is some data, and how often something else was kept since it was in use.
type entry struct {
	Data   []byte
	Unused int
}

// read reads what there is, once that is asked for: nothing if it is damaged.
func (e *Entries) read() {
	if e.entries != nil {
		return
	}
	e.entries = map[Key]entry{}
	data, found, err := e.files.GetBytes(e.id)
	if err != nil {
		return
	}
	e.output = found.OutputID
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&e.entries); err != nil {
		e.entries = map[Key]entry{}
	}
	for key, kept := range e.entries {
		kept.Unused++
		e.entries[key] = kept
	}
}

// Get is the entry of a key.
func (e *Entries) Get(key Key) ([]byte, bool) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.read()
	kept, ok := e.entries[key]
	if ok && kept.Unused > 0 {
		e.use(key, kept.Data)
	}
	return kept.Data, ok
}

// Empty tells whether there is no entry, as far as that is known without reading
// them: what is damaged is not empty.
func (e *Entries) Empty() bool {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.entries != nil {
		return len(e.entries) == 0
	}
	_, _, err := e.files.GetFile(e.id)
	return err != nil
}

// Put adds an entry, if there is room.
func (e *Entries) Put(key Key, data []byte) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.read()
	if e.size+len(key)+len(data) <= most {
		e.use(key, data)
		e.changed = true
	}
}

func (e *Entries) use(key Key, data []byte) {
	if before, ok := e.entries[key]; ok && before.Unused == 0 {
		e.size -= len(key) + len(before.Data)
	}
	e.entries[key] = entry{Data: data}
	e.size += len(key) + len(data)
}

// Save writes what is in use, and of the rest what there is room and patience
// for. It does nothing if there is nothing new.
func (e *Entries) Save() error {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if !e.changed {
		return nil
	}
	for key, kept := range e.entries {
		if kept.Unused == 0 {
			continue
		}
		if e.size += len(key) + len(kept.Data); kept.Unused > e.patience || e.size > most {
			e.size -= len(key) + len(kept.Data)
			delete(e.entries, key)
		}
	}
	var out bytes.Buffer
	if err := gob.NewEncoder(&out).Encode(e.entries); err != nil {
		return err
	}
	output, _, err := e.files.Put(e.id, bytes.NewReader(out.Bytes()))
	if err != nil {
		return err
	}
	e.changed = false
	// Each save of a file in an editor would leave one behind. Whoever else looks
	// for it finds nothing, which costs time only.
	if e.output != output && e.output != (gocache.OutputID{}) {
		_ = os.Remove(e.files.OutputFile(e.output))
	}
	e.output = output
	return e.files.Trim()
}
