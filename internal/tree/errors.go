package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// reason is an error of the operating system's about a path of the tree: the
// path that it names by itself would be one of this machine.
func reason(name string, err error) error {
	if err == nil {
		return nil
	}
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case errors.As(err, &pathError):
		err = pathError.Err
	case errors.As(err, &linkError):
		err = linkError.Err
	}
	if name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}
