package load

import (
	"bytes"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/parser"
)

// parsing is for the files of a package and of the schema that somebody parses
// beside CUE's loader, which takes one after the other: from the last on.
type parsing struct {
	text  func(name string) ([]byte, bool)
	names []string
	files map[string]*parsedFile
	// config is how they are parsed, once the loader has asked for one.
	config parser.Config
	once   sync.Once
	begun  chan struct{}
	end    atomic.Bool
}

// parsedFile is a file that the first who needs it parses.
type parsedFile struct {
	once sync.Once
	data []byte
	// file is for one: whoever builds changes the syntax.
	file atomic.Pointer[ast.File]
}

// newParsing is for the files of a directory, and those of the schema.
func (m *Module) newParsing(dir string) *parsing {
	p := &parsing{text: m.text, files: map[string]*parsedFile{}, begun: make(chan struct{})}
	for _, dir := range []string{dir, m.schemaDir} {
		found, _ := filepath.Glob(filepath.Join(m.Root, filepath.FromSlash(dir), "*.cue"))
		p.names = append(p.names, found...)
	}
	for name := range m.overlay {
		p.names = append(p.names, name)
	}
	for _, name := range p.names {
		p.files[name] = &parsedFile{}
	}
	return p
}

// parse is what CUE's loader calls to have a file parsed.
func (p *parsing) parse(name string, src any, config parser.Config) (*ast.File, error) {
	p.begin(parser.NewConfig(parser.ParseComments, parser.Version(config.Version)))
	if f := p.files[name]; f != nil && config == p.config {
		f.once.Do(func() {}) // nobody parses it twice
		file := f.file.Swap(nil)
		if data, ok := src.([]byte); ok && file != nil && bytes.Equal(data, f.data) {
			return file, nil
		}
	}
	return parser.ParseFile(name, src, config)
}

func (p *parsing) begin(config parser.Config) {
	p.once.Do(func() {
		p.config = config
		close(p.begun)
	})
}

// work parses files, once the loader has asked for one. What cannot be parsed is
// left to the loader.
func (p *parsing) work() {
	<-p.begun
	for _, name := range slices.Backward(p.names) {
		if p.end.Load() {
			return
		}
		f := p.files[name]
		f.once.Do(func() {
			// A panic comes again to the one who asks for the file.
			defer func() { _ = recover() }()
			data, ok := p.text(name)
			if !ok {
				return
			}
			if file, err := parser.ParseFile(name, data, p.config); err == nil {
				f.data = data
				f.file.Store(file)
			}
		})
	}
}

// stop ends work as soon as it has done with a file.
func (p *parsing) stop() {
	p.end.Store(true)
	p.begin(parser.NewConfig())
}
