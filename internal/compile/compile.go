// Package compile is the one pipeline behind every verb: CUE in, Dockerfiles
// and findings out. It writes nothing to disk.
package compile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/ignore"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/rope"
)

// A Request says what is to be compiled.
type Request struct {
	// Stacks are names of stacks; all of the module if there are none.
	Stacks []string
	// Selectors limit the variants of each stack.
	Selectors []matrix.Selector
	// Quick leaves out what is wrong with the stack elsewhere, as long as nothing
	// is with the variants that are selected.
	Quick bool
	// Progress is kept up to date while the request is run, unless it is nil.
	Progress *Progress
}

// A File is a generated file.
type File struct {
	Kind Kind
	// Path is below generated/, with slashes.
	Path string
	// Stack is the name of the stack, Variant the axis values. They are empty
	// for what is about all stacks, or all variants.
	Stack   string
	Variant string
	Text    rope.Rope
}

// A Result is what a request came to. Where Findings holds errors, Files is
// not complete and not to be written.
type Result struct {
	// Files are in order of their paths.
	Files []File
	// Images are what the Dockerfiles are built to, parents first. Parents are
	// looked for where there are no selectors.
	Images []images.Image
	// Project is what the module says for all stacks.
	Project load.Project
	// Stacks are the names of the compiled stacks.
	Stacks   []string
	Findings diag.List
	// compilers hold all that was evaluated, to answer questions about it.
	compilers []*compiler
}

// Dockerfiles are the files that are some.
func (r Result) Dockerfiles() []File {
	return slices.DeleteFunc(slices.Clone(r.Files), func(f File) bool { return f.Kind != KindDockerfile })
}

// Run compiles. When ctx is done it stops early: the cause is then the only
// finding, and there are no files. No goroutine outlives it.
func Run(ctx context.Context, module *load.Module, request Request) Result {
	return compile(ctx, module, request, false)
}

func compile(ctx context.Context, module *load.Module, request Request, naive bool) Result {
	var result Result
	stacks, list := module.Load(request.Stacks)
	result.Findings = append(result.Findings, list...)
	result.Project, list = module.Project()
	result.Findings = append(result.Findings, list...)
	var outputs []output
	var compilers []*compiler
	for _, s := range stacks {
		result.Stacks = append(result.Stacks, s.Name)
		if ctx.Err() != nil {
			continue
		}
		request.Progress.begin(s.Name)
		c := &compiler{module: module, stack: s, selectors: request.Selectors, quick: request.Quick, progress: request.Progress, naive: naive}
		compilers = append(compilers, c)
		found, list := c.run(ctx)
		outputs = append(outputs, found...)
		result.Findings = append(result.Findings, list...)
	}
	result.Findings = append(result.Findings, paths(outputs)...)
	if ctx.Err() == nil {
		result.Images, list = imagesOf(module, request, outputs, result.Findings.Errors())
		result.Findings = append(result.Findings, list...)
	}
	result.Files = make([]File, len(outputs))
	for i := range outputs {
		result.Files[i] = outputs[i].file
	}
	if ctx.Err() == nil {
		result.Findings = append(result.Findings, ignore.Check(module.Root, result.Images)...)
	}
	if ctx.Err() == nil && result.Findings.Errors() == 0 {
		further, list := newWritten(module, result.Project, compilers, result.Images).further(request)
		result.Files = append(result.Files, further...)
		result.Findings = append(append(result.Findings, list...), furtherPaths(outputs, further)...)
	}
	result.compilers = compilers
	slices.SortFunc(result.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	result.Findings = result.Findings.Sorted()
	if ctx.Err() != nil {
		// How much was found depends on when that was.
		return Result{Stacks: result.Stacks, Findings: diag.List{stopped(ctx)}}
	}
	return result
}

// stopped says that a run was stopped before its end.
func stopped(ctx context.Context) diag.Diagnostic {
	return diag.Diagnostic{Code: diag.CodeIO, Severity: diag.Error, Message: fmt.Sprintf("stopped: %v", context.Cause(ctx))}
}
