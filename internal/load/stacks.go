package load

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/parser"
	"golang.org/x/sync/errgroup"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// stacksDir is the directory below which every package is a stack.
const stacksDir = "stages"

// A Stack is one package below stages/, loaded but not built.
type Stack struct {
	// Name is the package's path below stages/, with slashes.
	Name string
	// Dir is the package's path in the module.
	Dir    string
	module *Module
	// read is the package as it was read first, for the first builder.
	read atomic.Pointer[build.Instance]
}

// StackNames lists the stacks of the module, in order.
func (m *Module) StackNames() ([]string, *diag.Diagnostic) {
	switch {
	case m.refused != nil:
		return nil, m.refused
	case errors.Is(m.stacksError, fs.ErrNotExist) || m.stacksError == nil && len(m.stacks) == 0:
		return nil, &diag.Diagnostic{
			Code: diag.CodeNoStacks, Severity: diag.Error,
			Message: "the module has no stack: there is no CUE package below " + stacksDir + "/",
			Help:    "run `stagecue init` to get a first one",
		}
	case m.stacksError != nil:
		return nil, ioError(source.Span{File: stacksDir}, "cannot list the stacks", m.stacksError)
	}
	return slices.Clone(m.stacks), nil
}

// isPackageFile reports whether a file makes its directory a CUE package.
func isPackageFile(name string) bool {
	return strings.HasSuffix(name, ".cue") && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_") &&
		!strings.HasSuffix(name, "_tool.cue") && !strings.HasSuffix(name, "_test.cue")
}

// Load reads the stacks of the given names, all of the module if there are
// none. The list explains what is wrong with those that are left out.
func (m *Module) Load(names []string) ([]*Stack, diag.List) {
	all, problem := m.StackNames()
	if problem != nil {
		return nil, diag.List{*problem}
	}
	var list diag.List
	for _, name := range names {
		if !slices.Contains(all, name) {
			list = append(list, diag.Diagnostic{
				Code: diag.CodeUnknownStack, Severity: diag.Error,
				Message: "there is no stack " + name + " below " + stacksDir + "/",
				Help:    helpStack(name, all),
			})
		}
	}
	if len(list) > 0 {
		return nil, list
	}
	if len(names) == 0 {
		names = all
	}
	// A stack that is named twice is one.
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	stacks, lists := make([]*Stack, len(names)), make([]diag.List, len(names))
	var readers errgroup.Group
	readers.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		readers.Go(func() (err error) {
			// A panic of a goroutine could not be reported by anybody.
			defer func() {
				if failure := recover(); failure != nil {
					err = fmt.Errorf("reading the stack %s: %v", name, failure)
				}
			}()
			stacks[i], lists[i] = m.load(name)
			return nil
		})
	}
	if err := readers.Wait(); err != nil {
		panic(err)
	}
	return slices.DeleteFunc(stacks, func(s *Stack) bool { return s == nil }), slices.Concat(lists...)
}

func helpStack(name string, all []string) string {
	if help := diag.DidYouMean(name, all); help != "" {
		return help
	}
	return "the stacks are " + strings.Join(all, ", ")
}

func (m *Module) load(name string) (*Stack, diag.List) {
	if name == "." {
		return nil, diag.List{{
			Code: diag.CodeLoad, Severity: diag.Error, Span: source.Span{File: stacksDir},
			Message: "there are .cue files in " + stacksDir + "/ itself, but a stack is a directory in it",
			Help:    "give them a directory of their own, and what stacks share one beside " + stacksDir + "/",
		}}
	}
	dir := stacksDir + "/" + name
	if list := m.unreadable[name]; len(list) > 0 {
		return nil, list
	}
	loaded := &Stack{Name: name, Dir: dir, module: m}
	inst, embedded := loaded.instance()
	if inst.Err != nil || !m.complete(dir, inst) {
		if list := m.checkFiles(dir, parser.PackageClauseOnly); len(list) > 0 {
			return nil, list
		}
	}
	if inst.Err != nil {
		if list := m.checkFiles(dir); len(list) > 0 {
			return nil, list
		}
		return nil, m.loadErrors(inst.Err, dir)
	}
	if len(embedded) > 0 {
		return nil, placed(embedded, dir)
	}
	if list := m.unknownFields(inst.Files); len(list) > 0 {
		return nil, list
	}
	loaded.read.Store(inst)
	return loaded, nil
}

// instance has CUE load the package of the stack.
func (s *Stack) instance() (*build.Instance, diag.List) { return s.module.instance("./" + s.Dir) }

// loadErrors explains why a package cannot be loaded.
func (m *Module) loadErrors(err error, dir string) diag.List {
	list := placed(m.Positions.Convert(err, cue.Value{}, diag.CodeLoad), dir)
	for i := range list {
		if _, name, ok := strings.Cut(list[i].Message, "cannot find module providing package "); ok {
			if rest, own := below(name, m.path); own {
				list[i].Message = fmt.Sprintf("there is no CUE package in the directory %q of the module", cmp.Or(rest, "."))
				list[i].Help = "correct the import, or add the package"
				continue
			}
			list[i].Code = diag.CodeMissingDependency
			list[i].Message = "no CUE module that " + moduleFile + " lists has the package " + name
			list[i].Help = "correct the import, or run `cue mod tidy`, which looks for the module and lists it"
		}
	}
	return list
}
