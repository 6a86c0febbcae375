package bake

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/distribution/reference"

	"stagecue.dev/internal/rope"
)

// checked is a file as it is read back. It has the fields that are written, and
// no others: bake ignores what it does not know. `inherits` is none of them, so
// nothing is inherited in a circle.
type checked struct {
	variables map[string]checkedVariable
	groups    map[string]checkedGroup
	targets   map[string]*checkedTarget

	// repositories are those that are known to be some, declared texts whose
	// variables are: most are those of many targets.
	repositories map[string]reference.Named
	declared     map[string]bool
}

type checkedVariable struct {
	Description string
	Default     *string
	Validation  struct {
		Condition    string
		ErrorMessage string `json:"error_message"`
	}
}

type checkedGroup struct {
	Description string
	Targets     []string
}

type checkedTarget struct {
	Description, Context, Dockerfile, Target string
	Contexts, Args                           map[string]string
	Labels                                   struct {
		Description string `json:"org.opencontainers.image.description"`
		Base        string `json:"org.opencontainers.image.base.name"`
	}
	Platforms, Secret, SSH, Entitlements []string
	// Tags is a list, or a template of one.
	Tags      any
	CacheFrom []string `json:"cache-from"`
	CacheTo   []string `json:"cache-to"`
	state     int
}

// read reads a file, one target at a time: what is read of one is no text any
// more before the next one is.
func read(text rope.Rope) (*checked, error) {
	f := &checked{
		variables: map[string]checkedVariable{}, groups: map[string]checkedGroup{}, targets: map[string]*checkedTarget{},
		repositories: map[string]reference.Named{}, declared: map[string]bool{},
	}
	pieces := make([]io.Reader, len(text))
	for i, piece := range text {
		pieces[i] = strings.NewReader(piece)
	}
	d := json.NewDecoder(io.MultiReader(pieces...))
	d.DisallowUnknownFields()
	return f, members(d, func(field string) error {
		switch field {
		case "//":
			var header string
			return d.Decode(&header)
		case "variable":
			return members(d, func(name string) error { return decode(d, f.variables, name) })
		case "group":
			return members(d, func(name string) error { return decode(d, f.groups, name) })
		case "target":
			return members(d, func(name string) error { return decode(d, f.targets, name) })
		}
		return fmt.Errorf("bake knows no %q", field)
	})
}

// members reads an object, of which each value is left to somebody else.
func members(d *json.Decoder, value func(key string) error) error {
	begin, err := d.Token()
	switch {
	case err != nil:
		return err
	case begin != json.Delim('{'):
		return fmt.Errorf("%v is no object", begin)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		if err := value(fmt.Sprint(key)); err != nil {
			return err
		}
	}
	_, err = d.Token()
	return err
}

// decode reads a value that has a name to itself.
func decode[T any](d *json.Decoder, into map[string]T, name string) error {
	if _, taken := into[name]; taken {
		return fmt.Errorf("there are two %q", name)
	}
	var value T
	err := d.Decode(&value)
	into[name] = value
	return err
}
