package dockerfile

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

// An Expansion is a variable that Docker expands, and the CUE field below the
// step in which it does so: "env.PATH", "copy.src[0]".
type Expansion struct{ Name, Field string }

// Uses returns the variables that an instruction reads: those that Docker
// itself expands (https://docs.docker.com/reference/dockerfile/#environment-replacement
// and the values of RUN --mount), and, for RUN, those that its command
// mentions or Run.Uses declares.
//
// Commands that run later (CMD, ENTRYPOINT, HEALTHCHECK, ONBUILD) see no build
// argument and count for nothing. Fields that do not parse are left to
// Validate.
func Uses(i Instruction) (expanded []Expansion, shell []string) {
	for _, f := range expandedFields(i) {
		for _, name := range f.names() {
			expanded = append(expanded, Expansion{Name: name, Field: f.path})
		}
	}
	if r, ok := i.(Run); ok {
		shell = commandNames(r)
	}
	return expanded, shell
}

// commandNames are the variables that the command of RUN reads.
func commandNames(r Run) []string {
	names := ShellNames(r.Shell + "\n" + r.Script + "\n" + strings.Join(r.Exec, "\n"))
	return appendNew(names, r.Uses...)
}

// ShellNames returns the names that shell text reads as $NAME or ${NAME...},
// in order and each once. Quotes are not understood, so there may be too many.
func ShellNames(text string) []string {
	var names []string
	for {
		_, rest, found := strings.Cut(text, "$")
		if !found {
			return names
		}
		// $NAME, ${NAME, ${#NAME or ${!NAME.
		start := 0
		if strings.HasPrefix(rest, "{") {
			start = 1
			if strings.HasPrefix(rest, "{#") || strings.HasPrefix(rest, "{!") {
				start = 2
			}
		}
		end := nameEnd(rest, start)
		if end > start {
			names = appendNew(names, rest[start:end])
		}
		text = rest[end:]
	}
}

// expandedField is a value that Docker expands, by its CUE path.
type expandedField struct {
	path, value string
	// body marks the text of an inline file: it is expanded as it stands,
	// quotes are not special in it, and a backslash is an escape.
	body bool
}

// names are the variables of the field; none if it does not parse.
func (f expandedField) names() []string {
	if !strings.Contains(f.value, "$") {
		return nil
	}
	if f.body {
		names, err := bodyNames(f.value)
		if err != nil {
			return nil
		}
		return names
	}
	return Names(wordParts(f.value))
}

// bodyNames are the variables that BuildKit expands in a heredoc of COPY or
// ADD (dockerfile2llb.dispatch, SupportsSingleWordExpansionRaw).
func bodyNames(text string) ([]string, error) {
	lex := shell.NewLex('\\')
	lex.SkipProcessQuotes = true
	env := &allSet{}
	_, _, err := lex.ProcessWord(text, env)
	return env.asked, err
}

// expandedFields lists the fields of an instruction that Docker expands.
func expandedFields(i Instruction) []expandedField {
	var fields []expandedField
	add := func(path, value string) {
		if value != "" {
			fields = append(fields, expandedField{path: path, value: value})
		}
	}
	list := func(path string, values []string) {
		for n, v := range values {
			add(fmt.Sprintf("%s[%d]", path, n), v)
		}
	}
	inline := func(path string, files []InlineFile, expand bool) {
		for _, f := range files {
			if expand {
				fields = append(fields, expandedField{path: path + "." + cueLabel(f.Name), value: f.Text, body: true})
			}
		}
	}
	switch i := i.(type) {
	case Run:
		for n, m := range i.Mounts {
			for _, f := range mountStrings(m) {
				if f.expanded {
					add(fmt.Sprintf("mounts[%d].%s", n, f.name), f.value)
				}
			}
		}
	case Copy:
		list("copy.src", i.Sources)
		inline("copy.files", i.Files, i.ExpandFiles)
		add("copy.dest", i.Dest)
		add("copy.chown", i.Chown)
		add("copy.chmod", i.Chmod)
	case Add:
		list("add.src", i.Sources)
		inline("add.files", i.Files, i.ExpandFiles)
		add("add.dest", i.Dest)
		add("add.chown", i.Chown)
		add("add.chmod", i.Chmod)
		add("add.checksum", i.Checksum)
	case Env:
		for _, p := range i.Pairs {
			add("env."+cueLabel(p.Name), p.Value)
		}
	case Label:
		for _, p := range i.Pairs {
			add("label."+cueLabel(p.Name), p.Value)
		}
	case Workdir:
		add("workdir", i.Path)
	case User:
		add("user", i.Name)
	case Expose:
		list("expose", i.Ports)
	case Volume:
		list("volume", i.Paths)
	case StopSignal:
		add("stopsignal", i.Signal)
	}
	return fields
}

// cueLabel writes a field name as it stands in a CUE path.
func cueLabel(name string) string {
	if isVariable(name) && name[0] != '_' {
		// It needs no quotes and is not hidden.
		return name
	}
	quoted, err := json.Marshal(name)
	if err != nil {
		return `"` + name + `"`
	}
	return string(quoted)
}
