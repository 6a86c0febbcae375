package cli

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/spf13/cobra"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/load"
)

const (
	// quiet is how long no event must have come before a watch compiles again: an
	// editor, or git, saves several files at once.
	quiet = 50 * time.Millisecond
	// busy is how long it waits for that at most.
	busy = time.Second
)

// A watch compiles again whenever an input changes.
type watch struct {
	app *app
	// open locks what has to be locked, opens the module, and returns a function
	// that unlocks it. The module may be there along with findings.
	open func() (*load.Module, diag.List, func())
	// compile runs the verb and reports.
	compile func(*load.Module) error
	events  *fsnotify.Watcher
}

// watchFlag adds the flag that has a verb compile again on each save.
func watchFlag(cmd *cobra.Command, value *bool) {
	cmd.Flags().BoolVarP(value, "watch", "w", false, "compile again whenever an input is saved, until Ctrl-C")
}

// once compiles once.
func (w *watch) once() error {
	_, err := w.round(nil)
	return err
}

// run compiles until ctx is done, which is no failure: a watch has no other end.
// A module with findings is watched like any other.
func (w *watch) run(ctx context.Context) error {
	var err error
	if w.events, err = fsnotify.NewWatcher(); err != nil {
		return w.app.fail(trouble("cannot watch files", err), nil)
	}
	defer w.events.Close()
	var last *load.Module
	for ctx.Err() == nil {
		m, err := w.round(last)
		if reported := (errReported{}); m == nil || err != nil && !errors.As(err, &reported) {
			return err
		}
		if ctx.Err() != nil {
			break
		}
		if err := w.follow(m); err != nil {
			return w.app.fail(trouble("cannot watch files", err), m)
		}
		if same(last, m) {
			w.wait(ctx)
		} else {
			// A file may have been saved before its directory was watched: one more
			// round follows, before any event.
			w.app.say("watching %s for changes; Ctrl-C ends", count(len(m.Inputs()), "file"))
		}
		last = m
	}
	return nil
}

// round opens the module, and compiles unless it is the same as before.
func (w *watch) round(last *load.Module) (*load.Module, error) {
	m, list, unlock := w.open()
	defer unlock()
	if m != nil && same(last, m) {
		return m, nil
	}
	if last != nil && m != nil {
		w.app.say("\n%s", changedInputs(last, m))
	}
	if len(list) > 0 {
		return m, w.app.fail(list, m)
	}
	return m, w.compile(m)
}

// same reports whether two states of the module were made of the same bytes.
func same(before, after *load.Module) bool {
	return before != nil && before.Digest() == after.Digest()
}

// changedInputs names an input that is not what it was.
func changedInputs(before, after *load.Module) string {
	changed := after.ChangedSince(before)
	switch len(changed) {
	case 0:
		return "the module has changed"
	case 1:
		return changed[0] + " has changed"
	}
	return changed[0] + " and " + count(len(changed)-1, "other file") + " have changed"
}

// follow watches the directories that inputs were looked for in, and those above
// directories that do not exist.
func (w *watch) follow(m *load.Module) error {
	wanted := map[string]bool{}
	for _, dir := range m.Dirs() {
		for {
			err := w.events.Add(dir)
			if err == nil {
				wanted[dir] = true
				break
			}
			if !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
				return err
			}
			dir = filepath.Dir(dir)
		}
	}
	for _, dir := range w.events.WatchList() {
		if !wanted[dir] {
			_ = w.events.Remove(dir) // it is gone
		}
	}
	return nil
}

// wait waits for an event, and then until no more come, or ctx is done.
func (w *watch) wait(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-w.events.Events:
	case <-w.events.Errors: // events were lost: look at everything
	}
	most := time.After(busy)
	for {
		select {
		case <-ctx.Done():
			return
		case <-w.events.Events:
		case <-w.events.Errors:
		case <-most:
			return
		case <-time.After(quiet):
			return
		}
	}
}
