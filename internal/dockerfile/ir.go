// Package dockerfile holds a Dockerfile as data, writes it as text, and proves
// by BuildKit's own parser that the text says what the data says.
package dockerfile

// A File is one Dockerfile, its stages in the order in which they are printed.
type File struct {
	// Header are the comment lines at the top, without "#".
	Header []string
	// Syntax is the image of the `# syntax=` line, or empty for what Syntax
	// derives from the instructions.
	Syntax string
	// Check is the file's `# check=` line, nil if there is none.
	Check *Check
	// Args are the global build arguments, sorted by name.
	Args   []Arg
	Stages []Stage
	// Default is the stage of the default target. Where it is not the last
	// stage, a last line `FROM <default>` is printed, since plain `docker
	// build` builds the last stage.
	Default string
}

// Check is the value of a `# check=` line.
type Check struct {
	Skip         []string
	Experimental []string
	// Error is whether a violated check fails the build; nil leaves it out.
	Error *bool
}

// Arg is an ARG before the first FROM.
type Arg struct {
	Name        string
	Description string
	// Default is nil for an argument without one.
	Default *string
}

// Stage is a FROM and what follows it.
type Stage struct {
	Name        string
	Description string
	From        string
	// Parent is what is said of the image that From is, nil if nothing is.
	Parent *Parent
	// Platform is FROM's --platform, or empty.
	Platform string
	// Check are the build checks that are skipped for FROM.
	Check []string
	Steps []Step
	// Exports are the paths that others may copy, nil if everything is.
	Exports []Export
	// InheritedEnv are variables that the base image sets.
	InheritedEnv []string
	Origin       Origin
	// Key is the same for stages that are the same, as whoever made them knows,
	// so that what becomes of one becomes of all. Empty, nothing is known.
	Key string
}

// Export is a path that a stage offers to others.
type Export struct{ Name, Path string }

// Step is one instruction in its place.
type Step struct {
	Description string
	// Described is the step that the description stands at, if that is another
	// one: the fragment, say, that this step is the first of.
	Described Origin
	// Check are the build checks that are skipped for the instruction.
	Check       []string
	Instruction Instruction
	Origin      Origin
}

// Origin names the CUE value that something was made of. It is plain data;
// package evaluate finds the place in the user's files that belongs to it.
type Origin struct {
	// Stage is the name of the stage, empty for the Dockerfile's own fields.
	Stage string
	// Path is the path of CUE below the stage (or below `dockerfile`):
	// "steps[3].expand[0]".
	Path string
}

// Instruction is one of the types below.
type Instruction interface {
	// Keyword is the instruction's name, in capitals.
	Keyword() string
}

// Run is RUN. Exactly one of Shell, Script and Exec is set.
type Run struct {
	// Shell is shell text as written; its lines but the last end in a backslash.
	Shell string
	// Script is a script of any number of lines.
	Script string
	// Exec is a command and its arguments.
	Exec     []string
	Mounts   []Mount
	Network  string
	Security string
	Devices  []string
	// Uses are build arguments that are read without being spelled out.
	Uses []string
}

// Mount is a --mount of RUN. Empty strings and nil pointers are left out.
type Mount struct {
	Type, ID, Target, Source, From string
	Sharing, Mode, Size, Env       string
	UID, GID                       *int
	// ReadOnly, ReadWrite and Required are printed only if true.
	ReadOnly, ReadWrite, Required bool
}

// Copy is COPY. Either Sources or Files is set.
type Copy struct {
	From    string
	Sources []string
	// Files are heredocs, sorted by name.
	Files []InlineFile
	// ExpandFiles has variables in the text of Files expanded.
	ExpandFiles   bool
	Dest          string
	Chown, Chmod  string
	Link, Parents bool
	Exclude       []string
}

// InlineFile is a file whose text stands in the Dockerfile.
type InlineFile struct{ Name, Text string }

// Add is ADD. Either Sources or Files is set.
type Add struct {
	Sources      []string
	Files        []InlineFile
	ExpandFiles  bool
	Dest         string
	Chown, Chmod string
	Checksum     string
	Link         bool
	KeepGitDir   bool
	// Unpack is nil where ADD's own default holds.
	Unpack  *bool
	Exclude []string
}

// Pair is a name with a value.
type Pair struct{ Name, Value string }

// Command is an argument list or shell text; Shell is used if Exec is nil.
type Command struct {
	Exec  []string
	Shell string
}

type (
	// ArgUse is an ARG in a stage, which makes a global one visible there.
	ArgUse struct{ Name string }
	// Env is ENV, sorted by name.
	Env struct{ Pairs []Pair }
	// Label is LABEL, sorted by name.
	Label struct{ Pairs []Pair }
	// Workdir is WORKDIR.
	Workdir struct{ Path string }
	// User is USER.
	User struct{ Name string }
	// Expose is EXPOSE.
	Expose struct{ Ports []string }
	// Volume is VOLUME.
	Volume struct{ Paths []string }
	// StopSignal is STOPSIGNAL.
	StopSignal struct{ Signal string }
	// Shell is SHELL.
	Shell struct{ Argv []string }
	// Cmd is CMD.
	Cmd struct{ Command }
	// Entrypoint is ENTRYPOINT.
	Entrypoint struct{ Command }
	// OnBuild is ONBUILD.
	OnBuild struct{ Instruction Instruction }
)

// Healthcheck is HEALTHCHECK; Command is nil for HEALTHCHECK NONE.
type Healthcheck struct {
	Command                                       *Command
	Interval, Timeout, StartPeriod, StartInterval string
	Retries                                       *int
}

// Keyword implements Instruction.
func (Run) Keyword() string         { return "RUN" }
func (Copy) Keyword() string        { return "COPY" }
func (Add) Keyword() string         { return "ADD" }
func (ArgUse) Keyword() string      { return "ARG" }
func (Env) Keyword() string         { return "ENV" }
func (Label) Keyword() string       { return "LABEL" }
func (Workdir) Keyword() string     { return "WORKDIR" }
func (User) Keyword() string        { return "USER" }
func (Expose) Keyword() string      { return "EXPOSE" }
func (Volume) Keyword() string      { return "VOLUME" }
func (StopSignal) Keyword() string  { return "STOPSIGNAL" }
func (Shell) Keyword() string       { return "SHELL" }
func (Cmd) Keyword() string         { return "CMD" }
func (Entrypoint) Keyword() string  { return "ENTRYPOINT" }
func (OnBuild) Keyword() string     { return "ONBUILD" }
func (Healthcheck) Keyword() string { return "HEALTHCHECK" }
