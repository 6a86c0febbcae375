package dockerfile

import (
	"slices"
	"strings"
)

// fileShapes are the shapes of all instructions that a file must have.
func fileShapes(f *File) []shape {
	var shapes []shape
	for range f.Args {
		shapes = append(shapes, shape{keyword: "ARG", words: 1})
	}
	for _, s := range f.Stages {
		from := shape{keyword: "FROM", words: 3}
		from.flag("platform", s.Platform != "")
		shapes = append(shapes, from)
		for _, step := range s.Steps {
			shapes = append(shapes, instructionShape(step.Instruction))
		}
	}
	if f.Default != "" && f.Stages[len(f.Stages)-1].Name != f.Default {
		shapes = append(shapes, shape{keyword: "FROM", words: 1})
	}
	return shapes
}

func (s *shape) flag(name string, set bool) {
	if set {
		s.flags = append(s.flags, name)
	}
}

func (s *shape) flagList(name string, list []string) {
	for range list {
		s.flag(name, true)
	}
}

func instructionShape(i Instruction) shape {
	s := shape{keyword: i.Keyword(), words: 1}
	switch i := i.(type) {
	case Run:
		s.run(i)
	case Copy:
		s.flag("from", i.From != "")
		s.flag("parents", i.Parents)
		s.transfer(i.Sources, i.Files, i.Chown, i.Chmod, i.Link, i.Exclude)
	case Add:
		s.flag("checksum", i.Checksum != "")
		s.flag("keep-git-dir", i.KeepGitDir)
		s.flag("unpack", i.Unpack != nil)
		s.transfer(i.Sources, i.Files, i.Chown, i.Chmod, i.Link, i.Exclude)
	case Env:
		// The parser makes a name, a value and a "=" of each pair.
		s.words = 3 * len(i.Pairs)
	case Label:
		s.words = 3 * len(i.Pairs)
	case Expose:
		s.words = len(i.Ports)
	case Volume:
		s.words = len(i.Paths)
	case Shell:
		s.words = len(i.Argv)
	case Cmd:
		s.words = commandWords(i.Command)
	case Entrypoint:
		s.words = commandWords(i.Command)
	case Healthcheck:
		if i.Command != nil {
			s.words += commandWords(*i.Command)
		}
		s.flag("interval", i.Interval != "")
		s.flag("timeout", i.Timeout != "")
		s.flag("start-period", i.StartPeriod != "")
		s.flag("start-interval", i.StartInterval != "")
		s.flag("retries", i.Retries != nil)
	case OnBuild:
		s = instructionShape(i.Instruction)
		s.keyword = "ONBUILD " + s.keyword
	}
	return s
}

func commandWords(c Command) int {
	if c.Exec == nil {
		return 1
	}
	return len(c.Exec)
}

func (s *shape) run(r Run) {
	if len(r.Exec) > 0 {
		s.words = len(r.Exec)
	}
	if r.Script != "" {
		s.heredocs = []string{strings.TrimRight(r.Script, "\n") + "\n"}
	}
	s.flag("network", r.Network != "")
	s.flag("security", r.Security != "")
	s.flagList("device", r.Devices)
	for _, m := range r.Mounts {
		s.flag("mount", true)
		var keys []string
		for key, set := range map[string]bool{
			"type": true, "id": m.ID != "", "from": m.From != "", "source": m.Source != "", "target": m.Target != "",
			"sharing": m.Sharing != "", "size": m.Size != "", "env": m.Env != "", "mode": m.Mode != "", "uid": m.UID != nil,
			"gid": m.GID != nil, "readonly": m.ReadOnly, "readwrite": m.ReadWrite, "required": m.Required,
		} {
			if set {
				keys = append(keys, key)
			}
		}
		slices.Sort(keys)
		s.mounts = append(s.mounts, keys)
	}
}

func (s *shape) transfer(sources []string, files []InlineFile, chown, chmod string, link bool, exclude []string) {
	s.flag("chown", chown != "")
	s.flag("chmod", chmod != "")
	s.flag("link", link)
	s.flagList("exclude", exclude)
	s.words = len(sources) + len(files) + 1
	for _, f := range files {
		body := f.Text
		if body != "" && !strings.HasSuffix(body, "\n") {
			body += "\n"
		}
		s.heredocs = append(s.heredocs, body)
	}
}
