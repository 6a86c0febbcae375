package affected

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/git"
	"stagecue.dev/internal/header"
	"stagecue.dev/internal/index"
	"stagecue.dev/internal/rope"
)

// A Base is what there was at a commit, by the files that are checked in there.
type Base struct {
	// Indexes are those of the stacks.
	Indexes []*index.Index
	// Files are the Dockerfiles and ignore files, by their paths below
	// generated/.
	Files map[string]Was
	// Bake is the file for bake of all stacks.
	Bake Bake
	// Links are the symbolic links of the module.
	Links []string
}

// Was is a file of the base.
type Was struct {
	// Same is whether it is the same now. Text is read of others only.
	Same bool
	Text string
}

// has tells whether there was an index of a stack.
func (b *Base) has(stack string) bool {
	return slices.ContainsFunc(b.Indexes, func(x *index.Index) bool { return x.Stack == stack })
}

// ReadBase reads what there was below a directory. Want is what there is to be
// now, by the path below it.
func ReadBase(ctx context.Context, commit *git.Tree, generated string, want map[string]rope.Rope) (*Base, *diag.Diagnostic) {
	base := &Base{Files: map[string]Was{}}
	for _, e := range commit.Entries {
		if e.Mode == git.ModeLink {
			base.Links = append(base.Links, e.Path)
		}
	}
	read := []string{generated + "/" + bakeName}
	for _, e := range commit.Below(generated) {
		name := strings.TrimPrefix(e.Path, generated+"/")
		switch path.Base(name) {
		case index.Name:
			read = append(read, e.Path)
		case "Dockerfile", "Dockerfile.dockerignore":
			if text, ok := want[name]; ok && e.IsObject(text.Bytes()) {
				base.Files[name] = Was{Same: true}
				continue
			}
			read = append(read, e.Path)
		}
	}
	data, problem := commit.Read(ctx, read...)
	if problem != nil {
		return nil, problem
	}
	for i, file := range read {
		name := strings.TrimPrefix(file, generated+"/")
		if data[i] == nil {
			continue
		}
		if name == bakeName {
			base.Bake = ReadBake(data[i])
			continue
		}
		if path.Base(name) != index.Name {
			base.add(name, data[i], want)
			continue
		}
		if !bytes.Contains(data[i], []byte(header.Marker)) {
			continue // a file of that name that is not ours, be it a damaged one
		}
		x, problem := index.Read(file, data[i])
		if problem != nil {
			return nil, problem
		}
		base.Indexes = append(base.Indexes, x)
	}
	return base, nil
}

// add adds a file. The ends of lines may be others than those that are written.
func (b *Base) add(name string, data []byte, want map[string]rope.Rope) {
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	now, ok := want[name]
	b.Files[name] = Was{Same: ok && now.String() == text, Text: text}
}
