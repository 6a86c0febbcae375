package tree

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/gofrs/flock"
)

// lockRetry is how often a lock that somebody else holds is tried again.
const lockRetry = 50 * time.Millisecond

// Lock keeps other runs of gen in the module at root waiting until unlock is
// called, and waits for those that hold it, or until ctx is done. Nothing is
// left behind in the module, and one that cannot be written to can be locked
// too. The lock goes with the process at the latest.
//
// An error says so if it is the file system that has no locks.
func Lock(ctx context.Context, root string) (unlock func(), err error) {
	name, flags, err := lockFile(root)
	if err != nil {
		return nil, reason(moduleFile, err)
	}
	// While it waits, the library opens the file anew for each try: if an editor
	// has put another in its place, that is the one which is locked.
	lock := flock.New(name, flock.SetFlag(flags))
	if _, err := lock.TryLockContext(ctx, lockRetry); err != nil {
		return nil, lockError(err)
	}
	// The lock ends with the process at the latest: nothing is lost if unlocking
	// fails.
	return func() { _ = lock.Unlock() }, nil
}

// moduleFile is the file that errors about the lock are about.
const moduleFile = "cue.mod/module.cue"

func lockError(err error) error {
	var opening *fs.PathError
	if errors.As(err, &opening) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return reason(moduleFile, err)
	}
	return fmt.Errorf("%s: this file system has no locks, which keep two runs apart: %w", moduleFile, err)
}
