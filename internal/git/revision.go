package git

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"

	"stagecue.dev/internal/diag"
)

// object is the name of an object, in full, as git prints it.
var object = regexp.MustCompile(`^(?:[0-9a-f]{40}|[0-9a-f]{64})$`)

// Commit is the commit that a revision names: a branch, a tag, HEAD~2.
func (r *Repository) Commit(ctx context.Context, rev string) (string, *diag.Diagnostic) {
	// The object comes first and its commit second: "^{commit}" at the end of
	// ":/words" or "HEAD:file" would be part of the words or of the path.
	name, found := r.verify(ctx, rev)
	if found {
		if commit, ok := r.verify(ctx, name+"^{commit}"); ok {
			return commit, nil
		}
	}
	if ctx.Err() != nil {
		return "", r.failed(ctx, "find a revision", ctx.Err())
	}
	if !found && mayBe(rev) && r.shallow(ctx) {
		return "", shallow(fmt.Sprintf("git knows no commit %q, and the clone is shallow: it lacks history", rev))
	}
	return "", &diag.Diagnostic{
		Code: diag.CodeUnknownRevision, Severity: diag.Error,
		Message: fmt.Sprintf("git knows no commit %q here", rev),
		Help:    "name a branch, a tag or a commit; that of a remote has its name in front, as in origin/main, and may have to be fetched",
	}
}

// verify finds the one object that a revision names. It is false for what names
// none, several, or all but one.
func (r *Repository) verify(ctx context.Context, rev string) (string, bool) {
	if !mayBe(rev) {
		return "", false
	}
	out, err := r.run(ctx, nil, "rev-parse", "--verify", "--quiet", rev)
	name := strings.TrimSpace(string(out))
	return name, err == nil && object.MatchString(name)
}

// mayBe reports whether a text may be the name of a commit, by its form: an
// option, a range, what is left out of one, and a file of a commit are none.
func mayBe(rev string) bool {
	switch {
	case rev == "" || rev[0] == '-' || rev[0] == '^':
		return false
	case strings.HasPrefix(rev, ":/") || strings.Contains(rev, "^{/"):
		return true // the words of a message follow
	}
	return !noCommit.MatchString(rev)
}

// noCommit is a range, as in a..b and HEAD^!, or a file, as in HEAD:file.
var noCommit = regexp.MustCompile(`\.\.|\^[@!]$|\^-[0-9]*$|^[^{]*:`)

// MergeBase is the commit at which the histories of two commits have parted.
func (r *Repository) MergeBase(ctx context.Context, a, b string) (string, *diag.Diagnostic) {
	out, err := r.run(ctx, nil, "merge-base", a, b)
	if err == nil {
		// Several are as good as each other; git prints one.
		return strings.TrimSpace(string(out)), nil
	}
	var exit *exec.ExitError
	if ctx.Err() != nil || !errors.As(err, &exit) || exit.ExitCode() != 1 {
		return "", r.failed(ctx, "find the merge base", err)
	}
	if r.shallow(ctx) {
		return "", shallow("no commit is known that both histories have in common, and the clone is shallow: it lacks history")
	}
	return "", &diag.Diagnostic{
		Code: diag.CodeNoMergeBase, Severity: diag.Error,
		Message: "no commit is part of both histories, so there is no merge base",
		Help:    "name a base that HEAD has grown from, or leave out --merge-base to compare with the base itself",
	}
}

// shallow reports whether the history ends somewhere because the rest has not
// been fetched.
func (r *Repository) shallow(ctx context.Context) bool {
	out, err := r.run(ctx, nil, "rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(string(out)) == "true"
}

func shallow(message string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: diag.CodeShallowClone, Severity: diag.Error, Message: message,
		Help: "fetch the history: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout",
	}
}
