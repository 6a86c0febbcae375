package dockerfile

// A Target is a stage that is meant to be built.
type Target struct {
	Stage       string
	Description string
	// Tags are image references; ${NAME} in them is an input.
	Tags []string
	// Platforms is empty where whoever builds decides.
	Platforms []string
	// Promotions are as written.
	Promotions []Promotion
	// Info and Tests are sorted by name.
	Info  []Info
	Tests []Test
}

// A Promotion is a tag that an image is given later, from one that it has.
type Promotion struct{ From, To string }

// An Info is a command whose output describes the image.
type Info struct{ Name, Description, Command string }

// A Test is a directory of tests of the image.
type Test struct{ Name, Description, Kind, Path string }

// A Parent is what a stack says of the image that a stage is built from.
type Parent struct {
	// External is whether it is none of the module's.
	External bool
	// Stack and Target are empty where they are left out.
	Stack, Target string
	// Values are values of axes, sorted by axis.
	Values []Pair
}
