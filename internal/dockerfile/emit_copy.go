package dockerfile

import "strings"

// transfer is what COPY and ADD have in common: flags, sources or inline
// files, and a destination.
type transfer struct {
	keyword string
	flags   []string
	sources []string
	files   []InlineFile
	expand  bool
	dest    string
}

func renderCopy(c Copy) []string {
	t := transfer{keyword: "COPY", sources: c.Sources, files: c.Files, expand: c.ExpandFiles, dest: c.Dest}
	if c.From != "" {
		t.flags = append(t.flags, flag("from", c.From))
	}
	t.owner(c.Chown, c.Chmod, c.Link)
	if c.Parents {
		t.flags = append(t.flags, "--parents")
	}
	t.exclude(c.Exclude)
	return t.render()
}

func renderAdd(a Add) []string {
	t := transfer{keyword: "ADD", sources: a.Sources, files: a.Files, expand: a.ExpandFiles, dest: a.Dest}
	if a.Checksum != "" {
		t.flags = append(t.flags, flag("checksum", element(a.Checksum)))
	}
	t.owner(a.Chown, a.Chmod, a.Link)
	if a.KeepGitDir {
		t.flags = append(t.flags, "--keep-git-dir")
	}
	switch {
	case a.Unpack != nil && *a.Unpack:
		t.flags = append(t.flags, "--unpack")
	case a.Unpack != nil:
		t.flags = append(t.flags, "--unpack=false")
	}
	t.exclude(a.Exclude)
	return t.render()
}

// owner adds the flags about ownership, mode and layer.
func (t *transfer) owner(chown, chmod string, link bool) {
	if chown != "" {
		t.flags = append(t.flags, flag("chown", element(chown)))
	}
	if chmod != "" {
		t.flags = append(t.flags, flag("chmod", element(chmod)))
	}
	if link {
		t.flags = append(t.flags, "--link")
	}
}

// exclude adds patterns, in which BuildKit expands nothing.
func (t *transfer) exclude(patterns []string) {
	for _, p := range patterns {
		t.flags = append(t.flags, flag("exclude", p))
	}
}

func (t *transfer) render() []string {
	if len(t.files) > 0 {
		return t.renderFiles()
	}
	words := append(append([]string{}, t.sources...), t.dest)
	if plainWords(words) {
		return t.layout(strings.Join(words, " "), words)
	}
	for n, w := range words {
		words[n] = element(w)
	}
	lines := jsonStrings(words)
	for n := range len(lines) - 1 {
		lines[n] += ","
	}
	return t.layout(jsonArray(words), append(append([]string{"["}, lines...), "]"))
}

// layout writes the words on one line if they fit, else one on each.
func (t *transfer) layout(all string, words []string) []string {
	head := strings.Join(append([]string{t.keyword}, t.flags...), " ")
	if len(head)+1+len(all) <= wideLine {
		return []string{head + " " + all}
	}
	lines := []string{head}
	if len(head) > wideLine {
		lines = append([]string{t.keyword}, t.flags...)
	}
	if words[0] == "[" {
		lines[len(lines)-1] += " ["
		words = words[1:]
	}
	lines = append(lines, words...)
	for n := 1; n < len(lines); n++ {
		if lines[n] != "]" {
			lines[n] = indent + lines[n]
		}
	}
	return continueLines(lines)
}

// renderFiles writes inline files as heredocs, quoted unless they are to be
// expanded.
func (t *transfer) renderFiles() []string {
	quote := `"`
	if t.expand {
		quote = ""
	}
	words := append([]string{t.keyword}, t.flags...)
	var bodies []string
	for n, d := range delimiters(t.files, t.dest) {
		words = append(words, "<<"+quote+d+quote)
		bodies = append(bodies, heredocLines(fileBody(t.files[n].Text), d)...)
	}
	return append([]string{strings.Join(append(words, quotedWord(t.dest)), " ")}, bodies...)
}
