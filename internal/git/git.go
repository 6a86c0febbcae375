// Package git asks git what a repository held at a commit, and what has changed
// since. It runs the git command, which knows every form of repository there
// is, and writes nothing.
//
// All paths are below the directory that the repository was opened for, the
// module's root, with slashes; what lies outside of it is not seen.
package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"stagecue.dev/internal/diag"
)

// A Repository is one of git's, seen from a directory in it.
type Repository struct {
	dir string
	// git is the name of the command, for tests.
	git string
}

// Open finds the repository that a directory lies in.
func Open(ctx context.Context, dir string) (*Repository, *diag.Diagnostic) {
	r := &Repository{dir: dir, git: "git"}
	out, err := r.run(ctx, nil, "rev-parse", "--is-inside-work-tree")
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, &diag.Diagnostic{
			Code: diag.CodeNoGit, Severity: diag.Error,
			Message: "there is no git command, and it is needed to see what has changed",
			Help:    "install git, or have PATH name the directory that it is in",
		}
	case ctx.Err() != nil:
		return nil, r.failed(ctx, "look for a repository", err)
	case err != nil:
		return nil, &diag.Diagnostic{
			Code: diag.CodeNoRepository, Severity: diag.Error,
			Message: "the module is in no git repository that can be read",
			Notes:   []string{"git says: " + err.Error()},
			Help:    "run this in a clone of the repository, with its directory .git",
		}
	case strings.TrimSpace(string(out)) != "true":
		return nil, &diag.Diagnostic{
			Code: diag.CodeNoRepository, Severity: diag.Error,
			Message: "the module is not in the working tree of a git repository",
			Help:    "run this in a clone of the repository that has its files checked out",
		}
	}
	return r, nil
}

// run runs git and returns what it prints. The error is what git complains of.
func (r *Repository) run(ctx context.Context, in io.Reader, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, r.git, args...)
	cmd.Dir = r.dir
	cmd.Stdin = in
	// No lock is taken to keep the index fresh: somebody may be committing.
	cmd.Env = append(cmd.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = said{exit, complaint.String()}
	}
	return out.Bytes(), err
}

// said is what git complained of when it failed.
type said struct {
	*exec.ExitError
	text string
}

// Error is the first line that says something.
func (s said) Error() string {
	for line := range strings.Lines(s.text) {
		if line = strings.TrimSpace(line); line != "" {
			return strings.TrimPrefix(line, "fatal: ")
		}
	}
	return s.ExitError.Error()
}

func (s said) Unwrap() error { return s.ExitError }

// failed reports what git could not do and nobody has a better word for.
func (r *Repository) failed(ctx context.Context, what string, err error) *diag.Diagnostic {
	d := &diag.Diagnostic{Code: diag.CodeIO, Severity: diag.Error, Message: fmt.Sprintf("git could not %s: %v", what, err)}
	if ctx.Err() != nil {
		d.Message = fmt.Sprintf("stopped: %v", context.Cause(ctx))
	}
	return d
}
