package tree

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/hashicorp/go-multierror"
)

// reason is an error of the operating system's without the path that it names
// by itself, which would be one of this machine; name, relative to the
// module's root, is put before it unless it is "".
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

// inModule is a path of the tree as seen from the module's root, which is
// where the tree lies.
func inModule(root, name string) string {
	return path.Join(filepath.Base(filepath.Clean(root)), name)
}

// abs is where a path of the tree is on this machine.
func abs(root, name string) string { return filepath.Join(root, filepath.FromSlash(name)) }

// collect adds to a list of errors, which is printed on one line.
func collect(all *multierror.Error, err error) *multierror.Error {
	if err == nil {
		return all
	}
	all = multierror.Append(all, err)
	all.ErrorFormat = func(errs []error) string {
		texts := make([]string, len(errs))
		for i, err := range errs {
			texts[i] = err.Error()
		}
		return strings.Join(texts, "; ")
	}
	return all
}
