package dockerfile

import "strings"

// A block is one step, or FROM, as text: the comments above it and its lines.
type block struct {
	comments, lines []row
	arg             bool
}

// fromBlock is FROM with what is above it.
func fromBlock(s Stage) block {
	var b block
	if len(s.Check) > 0 {
		b.comments = append(b.comments, row{text: checkComment(s.Check), field: "check"})
	}
	if s.Description != "" {
		// Last, since BuildKit looks for the name in the comment just above.
		b.comments = append(b.comments, row{text: docComment(s.Name, s.Description), field: "description"})
	}
	from := "FROM "
	if s.Platform != "" {
		from += flag("platform", s.Platform) + " "
	}
	b.lines = oneRow("from", from+s.From+" AS "+s.Name)
	return b
}

func newBlock(s Step) block {
	b := block{lines: render(s.Instruction)}
	name := ""
	if use, ok := s.Instruction.(ArgUse); ok {
		b.arg, name = true, use.Name
	}
	doc := name != "" && s.Description != ""
	if s.Description != "" && !doc {
		b.comments = textRows("description", "", s.Description)
		// Blank lines at the ends say nothing.
		for len(b.comments) > 1 && strings.TrimSpace(b.comments[0].text) == "" {
			b.comments = b.comments[1:]
		}
		for n := len(b.comments) - 1; n > 0 && strings.TrimSpace(b.comments[n].text) == ""; n-- {
			b.comments = b.comments[:n]
		}
		b.comments[0].text = strings.TrimSpace(b.comments[0].text)
		for n, r := range b.comments {
			b.comments[n].text = commentLine(r.text)
		}
	}
	if len(s.Check) > 0 {
		b.comments = append(b.comments, row{text: checkComment(s.Check), field: "check"})
	}
	if doc {
		b.comments = append(b.comments, row{text: docComment(name, s.Description), field: "description"})
	}
	return b
}

// wide reports whether a block is set off from its neighbours by blank lines.
func (b block) wide() bool { return len(b.comments) > 0 || len(b.lines) > 1 }

// leads reports whether b is an ARG that belongs to the wide block after it.
func (b block) leads(next []block) bool {
	for b.arg && len(next) > 0 {
		b, next = next[0], next[1:]
		if !b.arg {
			return len(b.comments) == 0 && len(b.lines) > 1
		}
	}
	return false
}

// separate reports whether a blank line goes between prev and b. One-line
// instructions stand together; an ARG stands right above its first use.
func separate(prev, b block, next []block) bool {
	switch {
	case len(b.comments) > 0 || len(prev.lines) > 1:
		return true
	case prev.arg:
		return false
	}
	return b.wide() || b.leads(next)
}

// commentLine writes one line of a comment.
func commentLine(text string) string {
	return strings.TrimRight("# "+strings.TrimRight(text, " \t"), " ")
}

// docComment is the comment from which `docker build --call=outline` takes a
// description: name and text on one line, directly above the instruction.
func docComment(name, description string) string {
	return "# " + name + " " + oneLine(description)
}

// oneLine folds text into one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// checkComment skips build checks for the instruction below it.
func checkComment(skip []string) string {
	return "# check=skip=" + strings.Join(skip, ",")
}
