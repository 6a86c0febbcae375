package affected_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// change changes something, and tells whether it was only files of contexts.
func (w *world) change(n int) bool {
	w.said = nil
	onlyFiles := true
	for range n {
		if w.random.IntN(3) > 0 {
			w.said = append(w.said, w.file())
			continue
		}
		onlyFiles = false
		w.said = append(w.said, w.spec.change(w.random))
	}
	w.spec.write(w)
	return onlyFiles
}

// file does something to a file of a context.
func (w *world) file() string {
	var names []string
	for _, dir := range []string{"file", "other", "dir", "lone", "ctx"} {
		_ = filepath.WalkDir(filepath.Join(w.dir, dir), func(name string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				names = append(names, name)
			}
			return nil
		})
	}
	name := names[w.random.IntN(len(names))]
	rel, _ := filepath.Rel(w.dir, name)
	info, err := os.Lstat(name)
	if err != nil {
		w.t.Fatal(err)
	}
	switch what := w.random.IntN(9); {
	case what == 0 || what > 6:
		w.write(rel+".new", fmt.Sprint(w.random.Int()))
		return "add " + rel + ".new"
	case what == 1 && len(names) > 4:
		w.sh("rm '" + rel + "'")
		return "remove " + rel
	case what == 2:
		to := rel + ".txt"
		w.sh("mv '" + rel + "' '" + to + "'")
		return "rename " + rel + " to " + to
	case what == 3 && info.Mode().IsRegular():
		w.sh("if test -x '" + rel + "'; then chmod -x '" + rel + "'; else chmod +x '" + rel + "'; fi")
		return "mode of " + rel
	case what == 4:
		w.sh(fmt.Sprintf("rm '%s' && ln -s 'to%d' '%s'", rel, w.random.IntN(3), rel))
		return "link " + rel
	case what == 5 && w.random.IntN(3) == 0:
		w.made = true
		w.write(".gitignore", "*.made\n")
		w.write(rel+".made", fmt.Sprint(w.random.Int()))
		return "ignored " + rel + ".made"
	}
	w.sh("rm '" + rel + "'")
	w.write(rel, fmt.Sprint(w.random.Int()))
	return "edit " + rel
}

// hashes are those of all that each image can read.
func (w *world) hashes() map[string]string {
	out := map[string]string{}
	for _, os := range slices.Sorted(maps.Keys(w.spec.variants)) {
		v := w.spec.variants[os]
		base := fmt.Sprint("base", v.baseRun, v.platforms, w.copies("", v.baseCopies))
		build := fmt.Sprint("build", v.buildRun, w.copies(v.context, v.buildCopies))
		parent := base
		if v.foreign {
			parent = "debian"
		}
		run := fmt.Sprint("run", parent, build, v.platforms, w.copies(v.context, v.runCopies))
		out["generated/base/"+os+"/Dockerfile base"] = base
		out["generated/app/"+os+"/Dockerfile run"] = run
		out["generated/app/"+os+"/Dockerfile dev"] = fmt.Sprint("dev", parent, build, w.copies(v.context, v.runCopies), v.devRun)
		out["generated/app/"+os+"/Dockerfile tool"] = fmt.Sprint("tool", v.toolRun)
	}
	return out
}

// copies is all that is copied.
func (w *world) copies(context string, all []copied) string {
	var out strings.Builder
	root := filepath.Join(w.dir, context)
	for _, c := range all {
		fmt.Fprintf(&out, "%v:", c)
		found, _ := filepath.Glob(filepath.Join(root, c.src))
		for _, top := range found {
			_ = filepath.WalkDir(top, func(name string, entry os.DirEntry, err error) error {
				rel, _ := filepath.Rel(top, name)
				if ok, _ := filepath.Match("*.md", rel); err != nil || c.exclude && ok || entry.IsDir() {
					return nil
				}
				info, err := os.Lstat(name)
				if err != nil {
					w.t.Fatal(err)
				}
				if info.Mode()&os.ModeSymlink != 0 {
					to, _ := os.Readlink(name)
					fmt.Fprintf(&out, "%s->%s;", name, to)
					return nil
				}
				text, _ := os.ReadFile(name)
				fmt.Fprintf(&out, "%s %v %q;", name, info.Mode()&0o100, text)
				return nil
			})
		}
	}
	return out.String()
}
