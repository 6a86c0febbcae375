package tree

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// stagePrefix begins the names of the directories that new files are written to
// before they are renamed into place. They stand in the module's root, which is on
// the same file system.
const stagePrefix = ".stagecue-"

// stageName matches the names that os.MkdirTemp makes of it.
var stageName = regexp.MustCompile(`^\.stagecue-[0-9]+$`)

// madeName is the file of a stage that lists the directories, relative to the
// module's root and parents first, that a commit makes or may leave empty.
const madeName = "made"

// newStage makes a stage in the module's root. Its files lie in a directory
// named .git, which git never adds, whenever the process is killed.
func newStage(root string) (stage string, err error) {
	outer, err := os.MkdirTemp(root, stagePrefix)
	if err != nil {
		return "", err
	}
	stage = filepath.Join(outer, ".git")
	if err := os.Mkdir(stage, 0o777); err != nil {
		return "", errors.Join(err, os.Remove(outer))
	}
	return stage, nil
}

// removeStage removes a stage.
func removeStage(stage string) error { return os.RemoveAll(filepath.Dir(stage)) }

// Clean removes what runs have left behind that were killed: their stages, and the
// directories that they made or emptied, and that hold nothing. root is the module's, which the
// caller has locked.
func Clean(root string) error {
	entries, err := os.ReadDir(root)
	if err != nil {
		return reason("", err)
	}
	for _, e := range entries {
		if !e.IsDir() || !stageName.MatchString(e.Name()) {
			continue
		}
		stage := filepath.Join(root, e.Name(), ".git")
		made, err := os.ReadFile(filepath.Join(stage, madeName))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return reason(e.Name(), err)
		}
		for _, dir := range slices.Backward(strings.Split(string(made), "\n")) {
			if dir != "" && filepath.IsLocal(filepath.FromSlash(dir)) {
				_ = os.Remove(filepath.Join(root, filepath.FromSlash(dir))) // one that holds something stays
			}
		}
		if err := removeStage(stage); err != nil {
			return reason(e.Name(), err)
		}
	}
	return nil
}
