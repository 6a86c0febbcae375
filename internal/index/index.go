// Package index knows the file index.json of a stack: what there is to know of
// every variant without compiling it. Programs read it, and Stagecue itself
// reads that of an earlier commit to see what has changed since.
package index

// Name is the name of the file in the folder of a stack.
const Name = "index.json"

// Version is that of the format. Fields may be added without a new one.
const Version = 1

// An Index is all variants of a stack.
type Index struct {
	Version int    `json:"version"`
	Stack   string `json:"stack"`
	Axes    []Axis `json:"axes"`
	// Stages are those of all Dockerfiles, each once, in order of their IDs.
	Stages []Stage `json:"stages"`
	// Variants are in order of their paths.
	Variants []Variant `json:"variants"`
}

// An Axis is one dimension of the matrix.
type Axis struct {
	Name   string  `json:"name"`
	Values []Value `json:"values"`
}

// A Value is one value of an axis, with its facts.
type Value struct {
	Name  string         `json:"name"`
	Facts map[string]any `json:"facts"`
}

// A Stage is a stage as one or more Dockerfiles have it.
type Stage struct {
	// ID is the name with a part of a digest of all that is said here.
	ID   string `json:"id"`
	Name string `json:"name"`
	From string `json:"from"`
	// Digest is that of the text, comments included.
	Digest string `json:"digest,omitempty"`
	// Sources are what it copies or mounts from the build context.
	Sources []Source `json:"sources,omitempty"`
	// Needs are the stages that it is built from, copies or mounts from.
	Needs []string `json:"needs,omitempty"`
	// Images are those that it is built from, copies or mounts from, with the
	// defaults of build arguments; Contexts are named contexts.
	Images   []string `json:"images,omitempty"`
	Contexts []string `json:"contexts,omitempty"`
	Secrets  []Secret `json:"secrets,omitempty"`
	SSH      []string `json:"ssh,omitempty"`
	// Args are the declared build arguments that it uses.
	Args []string `json:"args,omitempty"`
}

// A Source is what a stage reads of the build context.
type Source struct {
	// Path is what is written, in its shortest form.
	Path string `json:"path"`
	// Patterns are what that may come to whatever the build arguments are, in
	// the syntax of ignore files; nil if that is Path. A pattern stands for all
	// that is below what it matches as well.
	Patterns []string `json:"patterns,omitempty"`
	// Exclude are patterns of what is left out, relative to Base if Parents is
	// set, and else to what is matched.
	Exclude []string `json:"exclude,omitempty"`
	Parents bool     `json:"parents,omitempty"`
	Base    string   `json:"base,omitempty"`
	// Trigger is whether it is read by builds upon the image (ONBUILD).
	Trigger bool `json:"onbuild,omitempty"`
}

// A Secret is one that a stage mounts.
type Secret struct {
	ID       string `json:"id"`
	Env      string `json:"env,omitempty"`
	Required bool   `json:"required,omitempty"`
}

// A Variant is a Dockerfile.
type Variant struct {
	About
	Targets []Target `json:"targets"`
	// Stages are IDs, in the order of the file.
	Stages []string `json:"stages"`
	// Parents are the stack's own images that stages are built from. Those of
	// other stacks are missing in the file, which is made without a look at them.
	Parents []Parent `json:"parents,omitempty"`
}

// About is what is said of a Dockerfile as a whole.
type About struct {
	// Path is below generated/.
	Path string `json:"path"`
	// Digest is that of the text.
	Digest string `json:"digest"`
	// Values are those of the axes.
	Values map[string]string `json:"values"`
	// Context is the build context.
	Context Context `json:"context"`
	// Default is the target that is built where none is named.
	Default string `json:"default"`
	Args    []Arg  `json:"args,omitempty"`
	// Inputs are values that tags get when images are built.
	Inputs []Arg `json:"inputs,omitempty"`
	// Contexts are named contexts that whoever builds passes.
	Contexts []string `json:"contexts,omitempty"`
	// Images are all that the stages are built from, copy or mount from, with the
	// defaults of build arguments.
	Images []string `json:"images,omitempty"`
}

// A Context is a build context: the module's root if there is neither a
// directory of it nor an address outside.
type Context struct {
	Directory string `json:"directory,omitempty"`
	External  string `json:"external,omitempty"`
}

// An Arg is a value that may be given when images are built.
type Arg struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	// Default is nil where there is none.
	Default *string `json:"default,omitempty"`
}

// A Target is an image.
type Target struct {
	Name string `json:"name"`
	// Bake is its name in the files for bake.
	Bake        string   `json:"bake,omitempty"`
	Description string   `json:"description,omitempty"`
	Tags        []string `json:"tags,omitempty"`
	Platforms   []string `json:"platforms,omitempty"`
	// Stages are the names of all that it takes to build it, for any platform.
	Stages     []string    `json:"stages"`
	Promotions []Promotion `json:"promote,omitempty"`
	Info       []Info      `json:"info,omitempty"`
	Tests      []Test      `json:"tests,omitempty"`
}

// A Promotion is a tag that an image is given later.
type Promotion struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// An Info is a command whose output describes the image.
type Info struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Command     string `json:"command"`
}

// A Test is a directory of tests of the image.
type Test struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	Kind        string `json:"kind"`
	Path        string `json:"path"`
}

// A Parent is an image of the module that a stage is built from.
type Parent struct {
	Stage string `json:"stage"`
	Ref   string `json:"ref"`
	// Path is that of its Dockerfile, Target the target there.
	Path   string `json:"path"`
	Target string `json:"target"`
}

// Target is the target of a name, nil if there is none.
func (v *Variant) Target(name string) *Target {
	for i := range v.Targets {
		if v.Targets[i].Name == name {
			return &v.Targets[i]
		}
	}
	return nil
}

// StagesOf are the stages of a variant, in the order of the file.
func (x *Index) StagesOf(v *Variant) []*Stage {
	out := make([]*Stage, 0, len(v.Stages))
	for _, id := range v.Stages {
		if i, ok := x.stage(id); ok {
			out = append(out, &x.Stages[i])
		}
	}
	return out
}
