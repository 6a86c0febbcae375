package dockerfile

import (
	"fmt"
	"strconv"
	"strings"
)

// renderRun writes RUN: each flag on a line of its own, then the command.
func renderRun(r Run) []row {
	flags := runFlags(r)
	if r.Script != "" {
		return renderScript(flags, r.Script)
	}
	rows := textRows("run", "", shellForm(r.Shell))
	if len(r.Exec) > 0 {
		rows = oneRow("exec", jsonArray(r.Exec))
	}
	if len(flags) == 0 {
		rows[0].text = "RUN " + rows[0].text
		return rows
	}
	rows[0].text = indent + rows[0].text
	return append(flagRows("RUN", flags), rows...)
}

// flagRows writes a keyword and its flags, to be followed by another line.
func flagRows(keyword string, flags []row) []row {
	rows := make([]row, len(flags))
	for n, f := range flags {
		rows[n] = row{text: indent + f.text + ` \`, field: f.field}
	}
	rows[0].text = keyword + " " + flags[0].text + ` \`
	return rows
}

// renderScript writes a script as a quoted heredoc, in which BuildKit expands
// nothing.
func renderScript(flags []row, script string) []row {
	body := scriptBody(script)
	delimiter := freeDelimiter("EOF", body)
	start := `<<"` + delimiter + `"`
	var rows []row
	if len(flags) == 0 {
		rows = oneRow("script", "RUN "+start)
	} else if one := "RUN " + flags[0].text + " " + start; len(flags) == 1 && len(one) <= wideLine {
		rows = oneRow("script", one)
	} else {
		rows = append(flagRows("RUN", flags), row{text: indent + start, field: "script"})
	}
	first := 1
	if addsOptions(script) {
		first = 0
	}
	return append(rows, heredocRows("script", body, delimiter, first)...)
}

// runFlags are the flags of RUN, mounts in their order.
func runFlags(r Run) []row {
	var flags []row
	add := func(field, name, value string) {
		flags = append(flags, row{text: flag(name, value), field: field})
	}
	for n, m := range r.Mounts {
		add(fmt.Sprintf("mounts[%d]", n), "mount", mountValue(m))
	}
	if r.Network != "" {
		add("network", "network", r.Network)
	}
	if r.Security != "" {
		add("security", "security", r.Security)
	}
	for n, d := range r.Devices {
		add(fmt.Sprintf("devices[%d]", n), "device", d)
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
