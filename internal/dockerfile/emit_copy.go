package dockerfile

import (
	"fmt"
	"strings"
)

// transfer is what COPY and ADD have in common: flags, sources or inline
// files, and a destination.
type transfer struct {
	keyword string
	// field is the verb in CUE.
	field   string
	flags   []row
	sources []string
	files   []InlineFile
	expand  bool
	dest    string
}

func renderCopy(c Copy) []row {
	t := transfer{keyword: "COPY", field: "copy", sources: c.Sources, files: c.Files, expand: c.ExpandFiles, dest: c.Dest}
	if c.From != "" {
		t.flag("from", flag("from", c.From))
	}
	t.owner(c.Chown, c.Chmod, c.Link)
	if c.Parents {
		t.flag("parents", "--parents")
	}
	t.exclude(c.Exclude)
	return t.render()
}

func renderAdd(a Add) []row {
	t := transfer{keyword: "ADD", field: "add", sources: a.Sources, files: a.Files, expand: a.ExpandFiles, dest: a.Dest}
	if a.Checksum != "" {
		t.flag("checksum", flag("checksum", element(a.Checksum)))
	}
	t.owner(a.Chown, a.Chmod, a.Link)
	if a.KeepGitDir {
		t.flag("keep_git_dir", "--keep-git-dir")
	}
	switch {
	case a.Unpack != nil && *a.Unpack:
		t.flag("unpack", "--unpack")
	case a.Unpack != nil:
		t.flag("unpack", "--unpack=false")
	}
	t.exclude(a.Exclude)
	return t.render()
}

// flag adds a flag that a field of the verb's struct has made.
func (t *transfer) flag(field, text string) {
	t.flags = append(t.flags, row{text: text, field: t.field + "." + field})
}

// owner adds the flags about ownership, mode and layer.
func (t *transfer) owner(chown, chmod string, link bool) {
	if chown != "" {
		t.flag("chown", flag("chown", element(chown)))
	}
	if chmod != "" {
		t.flag("chmod", flag("chmod", element(chmod)))
	}
	if link {
		t.flag("link", "--link")
	}
}

// exclude adds patterns, in which BuildKit expands nothing.
func (t *transfer) exclude(patterns []string) {
	for n, p := range patterns {
		t.flag(fmt.Sprintf("exclude[%d]", n), flag("exclude", p))
	}
}

// head is the keyword with its flags on one line. With one flag, it is that
// flag which the line is about.
func (t *transfer) head() row {
	head := row{text: t.keyword, field: t.field}
	for _, f := range t.flags {
		head.text += " " + f.text
	}
	if len(t.flags) == 1 {
		head.field = t.flags[0].field
	}
	return head
}

func (t *transfer) render() []row {
	if len(t.files) > 0 {
		return t.renderFiles()
	}
	var words []string
	var rows []row
	for n, s := range append(append([]string{}, t.sources...), t.dest) {
		words = append(words, s)
		rows = append(rows, row{text: s, field: fmt.Sprintf("%s.src[%d]", t.field, n)})
	}
	last := len(rows) - 1
	rows[last].field = t.field + ".dest"
	if plainWords(words) {
		return t.layout(strings.Join(words, " "), rows)
	}
	for n, w := range words {
		words[n] = element(w)
	}
	for n, s := range jsonStrings(words) {
		rows[n].text = s + ","
	}
	rows[last].text = strings.TrimSuffix(rows[last].text, ",")
	return t.layout(jsonArray(words), append(append(oneRow("", "["), rows...), row{text: "]", field: t.field}))
}

// layout writes the words on one line if they fit, else one on each.
func (t *transfer) layout(all string, words []row) []row {
	head := t.head()
	if len(head.text)+1+len(all) <= wideLine {
		return oneRow(t.field, head.text+" "+all)
	}
	rows := []row{head}
	if len(head.text) > wideLine {
		rows = append(oneRow(t.field, t.keyword), t.flags...)
	}
	if words[0].text == "[" {
		rows[len(rows)-1].text += " ["
		words = words[1:]
	}
	rows = append(rows, words...)
	for n := 1; n < len(rows); n++ {
		if rows[n].text != "]" {
			rows[n].text = indent + rows[n].text
		}
	}
	return continueRows(rows)
}

// renderFiles writes inline files as heredocs, quoted unless they are to be
// expanded.
func (t *transfer) renderFiles() []row {
	quote := `"`
	if t.expand {
		quote = ""
	}
	head := row{text: t.head().text, field: t.field}
	var bodies []row
	for n, d := range delimiters(t.files, t.dest) {
		head.text += " <<" + quote + d + quote
		field := t.field + ".files." + cueLabel(t.files[n].Name)
		bodies = append(bodies, heredocRows(field, fileBody(t.files[n].Text), d, 1)...)
	}
	head.text += " " + quotedWord(t.dest)
	return append([]row{head}, bodies...)
}
