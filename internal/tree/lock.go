package tree

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// lockRetry is how often a lock that somebody else holds is tried again.
const lockRetry = 50 * time.Millisecond

// Lock keeps other runs of gen in the module at root waiting until unlock is
// called, and waits for those that hold it. The lock is on the module file,
// opened for reading: no file is left behind, and a module that cannot be
// written to can be locked too.
func Lock(ctx context.Context, root string) (unlock func(), err error) {
	lock := flock.New(filepath.Join(root, "cue.mod", "module.cue"), flock.SetFlag(os.O_RDONLY))
	ok, err := lock.TryLockContext(ctx, lockRetry)
	if err != nil {
		return nil, reason("cue.mod/module.cue", err)
	}
	if !ok {
		return nil, fmt.Errorf("cue.mod/module.cue: another run holds the lock")
	}
	// The lock goes with the process at the latest: nothing is lost if this fails.
	return func() { _ = lock.Unlock() }, nil
}
