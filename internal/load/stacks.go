package load

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/cuecontext"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// stacksDir is the directory below which every package is a stack.
const stacksDir = "stages"

// A Stack is one package below stages/, built but not evaluated for a variant.
type Stack struct {
	// Name is the package's path below stages/, with slashes.
	Name string
	// Dir is the package's path in the module.
	Dir string
	// Value is the whole package. It is for one goroutine at a time; see Rebuild.
	Value cue.Value
	// Files is the syntax of the package's files.
	Files []*ast.File
	// Broken is set where errors were found in Value: nothing is to be compiled
	// from it.
	Broken bool

	instance *build.Instance
}

// Rebuild builds the package once more, in a context of its own, for another
// goroutine. CUE's values are said to be safe for concurrent use, and mostly
// are; but values that wait for the variant are evaluated further by whoever
// fills it in, and share parts while they are: the race detector sees it.
func (s *Stack) Rebuild() cue.Value { return cuecontext.New().BuildInstance(s.instance) }

// StackNames lists the stacks of the module, in order.
func (m *Module) StackNames() ([]string, *diag.Diagnostic) {
	base := filepath.Join(m.Root, stacksDir)
	seen := map[string]bool{}
	err := filepath.WalkDir(base, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			// What the cue command ignores in ./... is no stack either.
			if path != base && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "cue.mod") {
				return filepath.SkipDir
			}
			return nil
		}
		if isPackageFile(name) {
			dir, err := filepath.Rel(base, filepath.Dir(path))
			if err != nil {
				return err
			}
			seen[filepath.ToSlash(dir)] = true
		}
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && len(seen) == 0:
		return nil, &diag.Diagnostic{
			Code: diag.CodeNoStacks, Severity: diag.Error,
			Message: "the module has no stack: there is no CUE package below " + stacksDir + "/",
			Help:    "run `stagecue init` to get a first one",
		}
	case err != nil:
		return nil, ioError(source.Span{File: stacksDir}, "cannot list the stacks", err)
	}
	return sortedKeys(seen), nil
}

// isPackageFile tells whether a file makes its directory a CUE package.
func isPackageFile(name string) bool {
	return strings.HasSuffix(name, ".cue") && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_") &&
		!strings.HasSuffix(name, "_tool.cue") && !strings.HasSuffix(name, "_test.cue")
}

// Load builds the stacks of the given names, all of the module if there are
// none. The list explains what is wrong with those that are broken or, if there
// is nothing to build, left out.
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
	ctx := cuecontext.New()
	var stacks []*Stack
	for _, name := range names {
		stack, found := m.build(ctx, name)
		list = append(list, found...)
		if stack != nil {
			stacks = append(stacks, stack)
		}
	}
	return stacks, list
}

func helpStack(name string, all []string) string {
	if help := diag.DidYouMean(name, all); help != "" {
		return help
	}
	return "the stacks are " + strings.Join(all, ", ")
}

func (m *Module) build(ctx *cue.Context, name string) (*Stack, diag.List) {
	if name == "." {
		return nil, diag.List{{
			Code: diag.CodeLoad, Severity: diag.Error, Span: source.Span{File: stacksDir},
			Message: "there are .cue files in " + stacksDir + "/ itself, but a stack is a directory in it",
			Help:    "give them a directory of their own, and what stacks share one beside " + stacksDir + "/",
		}}
	}
	dir := stacksDir + "/" + name
	if list := m.checkFiles(dir); len(list) > 0 {
		return nil, list
	}
	inst := m.instance("./" + dir)
	if inst.Err != nil {
		return nil, m.loadErrors(inst.Err, dir)
	}
	if list := m.unknownFields(inst.Files); len(list) > 0 {
		return nil, list
	}
	value := ctx.BuildInstance(inst)
	stack := &Stack{Name: name, Dir: dir, Value: value, Files: inst.Files, instance: inst}
	list := m.validate(stack)
	stack.Broken = len(list) > 0
	return stack, list
}

// loadErrors explains why a package cannot be loaded.
func (m *Module) loadErrors(err error, dir string) diag.List {
	return placed(m.Positions.Convert(err, cue.Value{}, diag.CodeLoad), dir)
}
