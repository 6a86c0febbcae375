package dockerfile

import (
	"slices"
	"strings"
)

// scriptBody is the text that runs for a script: with `set -e` first, because
// a sole heredoc of RUN runs without it and a failing line would go unnoticed;
// unless the script sets options of its own, or names its interpreter.
func scriptBody(script string) string {
	body := strings.TrimRight(script, "\n") + "\n"
	if addsOptions(script) {
		return "set -e\n" + body
	}
	return body
}

// addsOptions reports whether scriptBody puts a line before a script.
func addsOptions(script string) bool {
	if strings.HasPrefix(script, "#!") {
		return false
	}
	for line := range strings.Lines(script) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			return !strings.HasPrefix(line, "set -") && !strings.HasPrefix(line, "set +")
		}
	}
	return true
}

// fileBody is the text of an inline file. A heredoc cannot end without a line
// break, so a text that does gets one.
func fileBody(text string) string {
	if text == "" || strings.HasSuffix(text, "\n") {
		return text
	}
	return text + "\n"
}

// holdsLine reports whether one of the lines of text is line.
func holdsLine(text, line string) bool {
	return slices.Contains(strings.Split(text, "\n"), line)
}

// freeDelimiter returns name, made longer until it is no line of body.
func freeDelimiter(name, body string) string {
	for holdsLine(body, name) {
		name += "_END"
	}
	return name
}

// namesFile reports whether a heredoc's delimiter becomes the file's name: it
// does where dest is, or may turn out to be, a directory.
func namesFile(files []InlineFile, dest string) bool {
	if len(files) != 1 {
		return true
	}
	parts := wordParts(dest)
	if len(parts) == 0 || parts[len(parts)-1].Name != "" {
		return true
	}
	last := parts[len(parts)-1].Literal
	base := last[strings.LastIndex(last, "/")+1:]
	return base == "" || base == "." || base == ".."
}

// delimiters are the heredoc words of inline files.
func delimiters(files []InlineFile, dest string) []string {
	words := make([]string, len(files))
	for i, f := range files {
		words[i] = f.Name
		if !namesFile(files, dest) {
			words[i] = freeDelimiter(f.Name, fileBody(f.Text))
		}
	}
	return words
}
