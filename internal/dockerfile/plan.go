package dockerfile

// A Plan is what the field `dockerfile` of a stack says for one variant.
type Plan struct {
	// Path is the directory of the Dockerfile below generated/<stack>/.
	Path string
	// Targets are sorted by stage name.
	Targets []Target
	// Default is the stage of the default target, empty if it is not named.
	Default string
	// Args are sorted by name.
	Args []Arg
	// Inputs are sorted by name.
	Inputs []Input
	// Contexts are the names of named contexts, sorted.
	Contexts []string
	// Context says where copy sources are found.
	Context Context
	// NoIgnore leaves out the ignore file: that of the context is in effect.
	NoIgnore bool
	// Syntax is what the stack itself says, or empty.
	Syntax string
	Check  *Check
}

// An Input is a value that tags get when images are built.
type Input struct {
	Name        string
	Description string
	// Default is nil for an input without one.
	Default *string
	// Not are values that it must not have.
	Not []string
}

// A Context is a build context: the module's root if both fields are empty.
type Context struct {
	// Directory is below the module's root.
	Directory string
	// External is the address of a tree outside of the module.
	External string
	// Exclude are patterns of what no build is sent.
	Exclude []string
	// Optional are patterns of sources that need not be there.
	Optional []string
}
