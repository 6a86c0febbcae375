package dockerfile

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	// mode is what --chmod takes, beside variables.
	mode = regexp.MustCompile(`^([0-7]{1,4}|[ugoa]*([-+=][rwxXst]*)+(,[ugoa]*([-+=][rwxXst]*)+)*)$`)
	// remote is a source that ADD fetches.
	remote = regexp.MustCompile(`^([a-z]+://|git@)`)
)

// isFileName tells the form of an inline file's name, which is a heredoc word.
func isFileName(s string) bool {
	return s != "" && s[0] != '.' && s[0] != '-' && consistsOf(s, "._-")
}

func (v *validator) copy(c Copy) {
	before := len(v.problems)
	v.unexpanded("copy.from", c.From)
	v.transfer("copy", c.Sources, c.Files, c.ExpandFiles, c.Dest)
	v.transferFlags("copy", c.Chown, c.Chmod, c.Exclude)
	for n, s := range c.Sources {
		if strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
			v.add(fmt.Sprintf("copy.src[%d]", n), "COPY does not fetch addresses", "use add")
		}
	}
	if len(c.Files) > 0 && c.From != "" {
		v.add("copy.from", "files that stand in the Dockerfile come from no stage", "leave from out")
	}
	if len(v.problems) == before {
		v.heredocs(c)
	}
}

func (v *validator) addition(a Add) {
	before := len(v.problems)
	v.transfer("add", a.Sources, a.Files, a.ExpandFiles, a.Dest)
	v.transferFlags("add", a.Chown, a.Chmod, a.Exclude)
	if v.flagWord("add.checksum", a.Checksum) && a.Checksum != "" {
		if len(a.Sources) != 1 || !strings.Contains(a.Sources[0], "$") && !remote.MatchString(a.Sources[0]) {
			v.add("add.checksum", "a checksum goes with exactly one source, an address", "")
		}
	}
	if len(v.problems) == before {
		v.heredocs(a)
	}
}

// transfer checks sources, inline files and destination.
func (v *validator) transfer(keyword string, sources []string, files []InlineFile, expand bool, dest string) {
	if (len(sources) > 0) == (len(files) > 0) {
		v.add(keyword, "exactly one of src and files is needed", "")
	}
	for n, s := range sources {
		v.required(fmt.Sprintf("%s.src[%d]", keyword, n), s)
	}
	v.files(keyword+".files", files, expand, dest)
	if !v.required(keyword+".dest", dest) {
		return
	}
	// The JSON form, which could hold blanks, has no heredocs.
	if len(files) > 0 && strings.ContainsAny(dest, " \t") {
		v.add(keyword+".dest", "with files, the destination cannot hold a blank", "")
	}
	if len(files) > 0 && strings.HasPrefix(dest, "[") {
		v.add(keyword+".dest", "with files, the destination cannot begin with a bracket", "")
	}
}

func (v *validator) files(field string, files []InlineFile, expand bool, dest string) {
	seen := map[string]bool{}
	for _, f := range files {
		field := field + "." + cueLabel(f.Name)
		if !isFileName(f.Name) || seen[f.Name] {
			v.add(field, fmt.Sprintf("%q cannot be the name of an inline file, or is taken", f.Name), "")
		}
		seen[f.Name] = true
		if !v.text(field, f.Text) {
			continue
		}
		if namesFile(files, dest) && holdsLine(fileBody(f.Text), f.Name) {
			v.add(field, fmt.Sprintf("a line of the text is %q, the file's own name, which would end it", f.Name),
				"give the file another name, or copy it alone to a destination without a slash at the end")
		}
		if expand {
			if _, err := bodyNames(f.Text); err != nil {
				v.add(field, fmt.Sprintf("BuildKit cannot expand the text: %v", err), `a literal dollar sign is written \$`)
			}
		}
	}
}

func (v *validator) transferFlags(keyword, chown, chmod string, exclude []string) {
	v.flagWord(keyword+".chown", chown)
	if v.flagWord(keyword+".chmod", chmod) && chmod != "" && !strings.Contains(chmod, "$") && !mode.MatchString(chmod) {
		v.add(keyword+".chmod", fmt.Sprintf("%q is no file mode", excerpt(chmod)), `write "0755" or "u=rwX,go=rX"`)
	}
	for n, p := range exclude {
		field := fmt.Sprintf("%s.exclude[%d]", keyword, n)
		if v.flagText(field, p) && p == "" {
			v.add(field, "the pattern is empty", "")
		}
	}
}
