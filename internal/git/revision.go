package git

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"

	"stagecue.dev/internal/diag"
)

// Commit is the commit that a revision names: a branch, a tag, HEAD~2.
func (r *Repository) Commit(ctx context.Context, rev string) (string, *diag.Diagnostic) {
	var out []byte
	err := errors.New("an option")
	if rev != "" && !strings.HasPrefix(rev, "-") {
		out, err = r.run(ctx, nil, "rev-parse", "--verify", "--quiet", rev+"^{commit}")
	}
	if err == nil {
		return strings.TrimSpace(string(out)), nil
	}
	if ctx.Err() != nil {
		return "", r.failed(ctx, "find a revision", err)
	}
	if r.shallow(ctx) {
		return "", shallow(fmt.Sprintf("git knows no commit %q, and the clone is shallow: it lacks history", rev))
	}
	return "", &diag.Diagnostic{
		Code: diag.CodeUnknownRevision, Severity: diag.Error,
		Message: fmt.Sprintf("git knows no commit %q here", rev),
		Help:    "name a branch, a tag or a commit; that of a remote has its name in front, as in origin/main, and may have to be fetched",
	}
}

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

// shallow tells whether the history ends somewhere because nobody has fetched
// the rest.
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
