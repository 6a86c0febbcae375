// Package git asks git what a repository held at a commit, and looks for itself
// at what the files of the working tree are now: git takes shortcuts there, which
// settings, flags in its index and a monitor of the file system can lead astray.
// It runs the git command, which knows every form of repository there is, and
// writes nothing.
//
// The commands that are run read objects, the names of revisions, the index and
// attributes. None of them runs a hook, a filter, a diff driver or a pager; the
// monitor of the file system is turned off for all of them. Only a partial clone
// makes git fetch: the files of a commit that it lacks.
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
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
)

// A Repository is one of git's, seen from a directory in it.
type Repository struct {
	dir string
	// git is the name of the command, for tests.
	git string
	// without are variables of the environment that git is not to see.
	without []string
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
	// An empty value turns the monitor off in every version of git: before 2.36,
	// "false" would be the name of a hook to run. Objects are what they are, and
	// not what refs/replace/ puts in their place.
	settings := []string{"--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=", "-c", "core.untrackedCache=false"}
	cmd := exec.CommandContext(ctx, r.git, slices.Concat(settings, args)...)
	cmd.Dir = r.dir
	cmd.Stdin = in
	// No lock is taken to keep the index fresh: another process may be committing.
	cmd.Env = append(r.environ(cmd), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0")
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = said{exit, complaint.String()}
	}
	return out.Bytes(), err
}

// environ is the environment of a command, without what it is not to see.
func (r *Repository) environ(cmd *exec.Cmd) []string {
	return slices.DeleteFunc(cmd.Environ(), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(r.without, name)
	})
}

// variables are those that name a repository, or a part of one.
func (r *Repository) variables(ctx context.Context) ([]string, *diag.Diagnostic) {
	out, err := r.run(ctx, nil, "rev-parse", "--local-env-vars")
	if err != nil {
		return nil, r.failed(ctx, "name its variables", err)
	}
	settings := func(name string) bool { return strings.HasPrefix(name, "GIT_CONFIG") } // of the command line, as git keeps them
	return slices.DeleteFunc(strings.Fields(string(out)), settings), nil
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

// failed reports what git could not do, in git's own words.
func (r *Repository) failed(ctx context.Context, what string, err error) *diag.Diagnostic {
	d := &diag.Diagnostic{Code: diag.CodeIO, Severity: diag.Error, Message: fmt.Sprintf("git could not %s: %v", what, err)}
	if ctx.Err() != nil {
		d.Message = fmt.Sprintf("stopped: %v", context.Cause(ctx))
	}
	return d
}
