package compile

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers are the packages below internal/ in the direction in which data flows,
// leaves first. Each may import those of ours that are named, and no others.
var layers = []struct {
	name, imports, because string
}{
	{"source", "", "positions are plain data, which everybody carries around"},
	{"diag", "source", "findings are plain data: whoever makes one decides what it says"},
	{"plain", "", "text is made harmless the same way wherever it is shown"},
	{"header", "", "the first lines of a file are text"},
	{"rope", "", "text in pieces is plain data"},
	{"dockerfile", "rope", "the Dockerfile as data is judged and printed the same, whatever it was made of"},
	{"tree", "header plain rope", "it compares bytes, whatever they mean"},
	{"report", "diag plain source", "it prints what others have decided"},
	{"git", "diag", "it asks git, and knows nothing of what files mean"},
	{"index", "diag dockerfile images inputs rope source", "it is plain data for programs"},
	{"affected", "diag dockerfile git header index inputs plain rope tree", "it compares plain data of two states"},
	{"support", "plain source", "it prints what others have decided"},
	{"scaffold", "", "it writes a module that nothing has read yet"},
	{"datafile", "", "it turns bytes into syntax, whatever they are for"},
	{"cuediag", "datafile diag source", "it explains CUE, whatever that is about"},
	{"cuefmt", "cuediag diag source", "it formats files that may not even compile"},
	{"snapshot", "", "it reads files, whatever they mean"},
	{"load", "cuediag datafile depend diag snapshot source", "it finds stacks, and knows nothing of Dockerfiles"},
	{"matrix", "cuediag diag source", "it knows axes and rules, and nothing of stages"},
	{"depend", "", "it reads syntax, and evaluates nothing"},
	{"evaluate", "cuediag depend diag dockerfile matrix source", "it decodes one stage, and does not order them"},
	{"resolve", "diag dockerfile source", "it orders plain data, which any number of goroutines may do"},
	{"summary", "dockerfile", "it says what a Dockerfile is like, and judges nothing"},
	{"checks", "diag dockerfile source summary", "it judges plain data"},
	{"policy", "cuediag diag dockerfile source summary", "it judges plain data by constraints of CUE"},
	{"inputs", "dockerfile", "it says what a build reads, on plain data alone"},
	{"images", "diag dockerfile inputs source", "it compares plain data of all variants, which must take no time"},
	{"graph", "dockerfile images plain", "it draws plain data"},
	{"bake", "diag dockerfile header images inputs rope source", "it writes plain data of all variants for another program"},
	{"ignore", "diag dockerfile images inputs", "it knows the build context on disk, and nothing of CUE"},
	{"review", "dockerfile header index plain source", "it compares plain data of two states"},
	{"compile", "index review bake checks policy summary cuediag diag dockerfile evaluate ignore header images inputs load matrix resolve rope source support tree", "it is the pipeline, which does not print"},
	{"cli", "affected bake compile cuefmt diag git graph images index load matrix plain report review rope scaffold source support tree", "commands leave the work to others"},
}

// bans are imports that only some packages may have.
var bans = []struct {
	path, only, because string
}{
	{"cuelang.org/go", "cuediag cuefmt datafile depend evaluate load matrix policy", "all others work on plain data, which is why they can be tested and run in parallel"},
	{"cuelang.org/go/cue/load", "load", "one place knows where files are"},
	{"cuelang.org/go/cue/cuecontext", "load", "values of two contexts cannot be put together"},
	{"cuelang.org/go/internal", "", "it changes without notice"},
	{"github.com/moby/buildkit", "dockerfile resolve", "BuildKit's ways are those of Dockerfiles"},
	{"github.com/moby/buildkit/client", "", "it is 50 modules; package oracle, a module of its own, has them"},
	{"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb", "", "it is 50 modules; package oracle, a module of its own, has them"},
	{"github.com/spf13/cobra", "cli", "commands are one way to run a compiler"},
	{"github.com/fatih/color", "report", "what is coloured is for people to read, and that is decided in one place"},
	{"os/exec", "git", "stagecue runs nothing but git, docker least of all"},
	{"net", "", "stagecue needs no network"},
	{"time", "cli dockerfile snapshot tree", "output knows no dates; dockerfile parses durations, tree waits for a lock, cli shows progress after a while, snapshot waits for files to be left alone"},
	{"math/rand", "", "the same input gives the same bytes"},
	{"text/template", "", "Dockerfiles are made of data"},
	{"log", "", "findings are returned, and printed by package report"},
}

// calls are functions of the standard library that only some packages may use.
var calls = []struct {
	names, only, because string
}{
	{"os.WriteFile os.Create os.CreateTemp os.OpenFile os.Mkdir os.MkdirAll os.MkdirTemp os.Remove os.RemoveAll os.Rename os.Symlink os.Link os.Chmod os.Truncate",
		"tree scaffold", "nobody else writes: what fails half-way must leave everything as it was"},
	{"os.Exit os.Args os.Stdin os.Stdout os.Stderr os.Getenv os.LookupEnv os.Environ os.Getwd os.Chdir",
		"", "cmd/stagecue passes them on, so that the whole command can be run in a test"},
	{"fmt.Print fmt.Printf fmt.Println", "", "output goes to the writer that the caller has given"},
	{"time.Now time.Since time.Until", "snapshot", "output knows no dates, whatever else clocks are good for"},
	{"tree.Apply tree.Lock tree.WriteFile", "cli", "a compile writes nothing"},
}

func TestArchitecture(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(layers) {
		t.Errorf("there are %d packages, and %d in the table of layers", len(entries), len(layers))
	}
	for _, entry := range entries {
		name := entry.Name()
		i := slices.IndexFunc(layers, func(l struct{ name, imports, because string }) bool { return l.name == name })
		if i < 0 {
			t.Errorf("the package %s is not in the table of layers", name)
			continue
		}
		for _, file := range sources(t, filepath.Join("..", name)) {
			for _, spec := range file.Imports {
				path, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				if own, ok := strings.CutPrefix(path, "stagecue.dev/internal/"); ok && !among(own, layers[i].imports) {
					t.Errorf("%s must not import %s: %s", name, own, layers[i].because)
				}
				for _, b := range bans {
					if (path == b.path || strings.HasPrefix(path, b.path+"/")) && !among(name, b.only) {
						t.Errorf("%s must not import %s: %s", name, path, b.because)
					}
				}
			}
			for _, used := range selectors(file) {
				for _, c := range calls {
					if among(used, c.names) && !among(name, c.only) {
						t.Errorf("%s must not use %s: %s", name, used, c.because)
					}
				}
			}
		}
	}
}

func among(word, words string) bool { return slices.Contains(strings.Fields(words), word) }

// sources are the files of a package, for whatever system, without its tests.
func sources(t *testing.T, dir string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// selectors are what a file uses of packages: "os.Exit".
func selectors(file *ast.File) []string {
	var out []string
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				out = append(out, x.Name+"."+s.Sel.Name)
			}
		}
		return true
	})
	return out
}
