package dockerfile

import (
	"strconv"
	"strings"
)

// renderRun writes RUN: each flag on a line of its own, then the command.
func renderRun(r Run) []string {
	flags := runFlags(r)
	if r.Script != "" {
		return renderScript(flags, r.Script)
	}
	command := shellForm(r.Shell)
	if len(r.Exec) > 0 {
		command = jsonArray(r.Exec)
	}
	lines := strings.Split(command, "\n")
	if len(flags) == 0 {
		lines[0] = "RUN " + lines[0]
		return lines
	}
	lines[0] = indent + lines[0]
	return append(flagLines("RUN", flags), lines...)
}

// flagLines writes a keyword and its flags, to be followed by another line.
func flagLines(keyword string, flags []string) []string {
	lines := make([]string, len(flags))
	for n, f := range flags {
		lines[n] = indent + f + ` \`
	}
	lines[0] = keyword + " " + flags[0] + ` \`
	return lines
}

// renderScript writes a script as a quoted heredoc, in which BuildKit expands
// nothing.
func renderScript(flags []string, script string) []string {
	body := scriptBody(script)
	delimiter := freeDelimiter("EOF", body)
	start := `<<"` + delimiter + `"`
	var lines []string
	if one := strings.Join(append([]string{"RUN"}, append(flags, start)...), " "); len(flags) <= 1 && len(one) <= wideLine {
		lines = []string{one}
	} else {
		lines = append(flagLines("RUN", flags), indent+start)
	}
	return append(lines, heredocLines(body, delimiter)...)
}

// runFlags are the flags of RUN, mounts in their order.
func runFlags(r Run) []string {
	var flags []string
	for _, m := range r.Mounts {
		flags = append(flags, flag("mount", mountValue(m)))
	}
	if r.Network != "" {
		flags = append(flags, flag("network", r.Network))
	}
	if r.Security != "" {
		flags = append(flags, flag("security", r.Security))
	}
	for _, d := range r.Devices {
		flags = append(flags, flag("device", d))
	}
	return flags
}

// mountValue writes the fields of a mount as CSV. The type comes first, since
// BuildKit decides by it what the other fields may be.
func mountValue(m Mount) string {
	fields := []string{csvField("type", m.Type)}
	for _, f := range mountStrings(m) {
		if f.value != "" {
			value := f.value
			if f.expanded {
				value = element(value)
			}
			fields = append(fields, csvField(f.name, value))
		}
	}
	for _, n := range []struct {
		key   string
		value *int
	}{{"uid", m.UID}, {"gid", m.GID}} {
		if n.value != nil {
			fields = append(fields, csvField(n.key, strconv.Itoa(*n.value)))
		}
	}
	for _, b := range []struct {
		key string
		set bool
	}{{"readonly", m.ReadOnly}, {"readwrite", m.ReadWrite}, {"required", m.Required}} {
		if b.set {
			fields = append(fields, b.key)
		}
	}
	return strings.Join(fields, ",")
}

// mountString is a field of a mount: its name is the same in CUE.
type mountString struct {
	name, value string
	// expanded fields may hold variables. BuildKit expands all but `from`; in
	// the others the schema leaves no room for them.
	expanded bool
}

func mountStrings(m Mount) []mountString {
	return []mountString{
		{"id", m.ID, true},
		{"from", m.From, false},
		{"source", m.Source, true},
		{"target", m.Target, true},
		{"sharing", m.Sharing, false},
		{"size", m.Size, false},
		{"env", m.Env, false},
		{"mode", m.Mode, false},
	}
}
