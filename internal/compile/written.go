package compile

import (
	"cmp"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/rope"
)

// A Kind says what a generated file is.
type Kind string

// The kinds of files.
const (
	KindDockerfile Kind = "dockerfile"
	KindIgnore     Kind = "ignore"
	KindBake       Kind = "bake"
	KindIndex      Kind = "index"
	KindSupport    Kind = "support"
	KindPromotions Kind = "promotions"
)

// written is what further files are made of, once there are no errors.
type written struct {
	module  *load.Module
	project load.Project
	stacks  []writtenStack
	// images are those of all stacks of the run, parents first; byPath has where
	// they are, by the path of the Dockerfile.
	images []images.Image
	byPath map[string]int
	// ignored are the texts of ignore files, by themselves: many are the same.
	ignored map[string]rope.Rope
}

// writtenStack is one stack of it, with all of its variants.
type writtenStack struct {
	*compiler
	// built are its images, parents first.
	built []images.Image
}

// beside make files for one Dockerfile, which stand beside it. They see nothing
// of other variants, which need not have been compiled.
func beside() []func(*written, images.Image) ([]File, diag.List) {
	return []func(*written, images.Image) ([]File, diag.List){ignoreFile}
}

// ofStack make files for a whole stack. They see nothing of other stacks, which
// need not have been compiled.
func ofStack() []func(*written, writtenStack) ([]File, diag.List) {
	return []func(*written, writtenStack) ([]File, diag.List){bakeFile, promotions, indexFile, supportPage}
}

// ofAll make files for all stacks of the module.
func ofAll() []func(*written) ([]File, diag.List) {
	return []func(*written) ([]File, diag.List){bakeAll}
}

// further makes the files other than Dockerfiles: as much of them as the request
// is about. They are made side by side, since none sees what another comes to.
func (w *written) further(request Request) ([]File, diag.List) {
	var jobs []func() ([]File, diag.List)
	jobs = append(jobs, w.beside)
	if len(request.Selectors) == 0 {
		for _, s := range w.stacks {
			for _, make := range ofStack() {
				jobs = append(jobs, func() ([]File, diag.List) { return make(w, s) })
			}
		}
		if len(request.Stacks) == 0 {
			for _, make := range ofAll() {
				jobs = append(jobs, func() ([]File, diag.List) { return make(w) })
			}
		}
	}
	files, lists := make([][]File, len(jobs)), make([]diag.List, len(jobs))
	var workers errgroup.Group
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for i, job := range jobs {
		workers.Go(func() (err error) {
			// A panic of a goroutine could not be reported by anybody else.
			defer func() {
				if failure := recover(); failure != nil {
					lists[i] = diag.List{failed("the files for other tools", failure)}
				}
			}()
			files[i], lists[i] = job()
			return nil
		})
	}
	_ = workers.Wait() // no worker fails
	return slices.Concat(files...), slices.Concat(lists...)
}

// beside makes the files beside the Dockerfiles.
func (w *written) beside() ([]File, diag.List) {
	files := make([]File, 0, len(w.images))
	var list diag.List
	for _, image := range w.images {
		for _, make := range beside() {
			made, found := make(w, image)
			files, list = append(files, made...), append(list, found...)
		}
	}
	return files, list
}

// newWritten sorts what a run came to.
func newWritten(module *load.Module, project load.Project, compilers []*compiler, all []images.Image) *written {
	w := &written{module: module, project: project, images: all, byPath: make(map[string]int, len(all)), ignored: map[string]rope.Rope{}}
	byStack := map[*images.Stack][]images.Image{}
	for i, image := range all {
		w.byPath[image.Path] = i
		byStack[image.Stack] = append(byStack[image.Stack], image)
	}
	for _, c := range compilers {
		w.stacks = append(w.stacks, writtenStack{c, byStack[c.images]})
	}
	slices.SortFunc(w.stacks, func(a, b writtenStack) int { return cmp.Compare(a.stack.Name, b.stack.Name) })
	return w
}
