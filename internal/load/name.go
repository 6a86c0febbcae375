package load

import (
	"errors"

	"cuelang.org/go/mod/module"
)

// CheckName says why a module cannot have a name, nil if it can.
func CheckName(name string) error {
	err := module.CheckPath(name)
	if invalid := (*module.InvalidPathError)(nil); errors.As(err, &invalid) {
		return invalid.Err
	}
	return err
}
