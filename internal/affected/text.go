package affected

import (
	"regexp"
	"slices"
	"strings"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/index"
)

// A StageChange is what has changed in a part of a Dockerfile.
type StageChange struct {
	// Stage is empty for what concerns all of the file.
	Stage string `json:"stage,omitempty"`
	// Change is "added", "changed" or "comments", where nothing else has changed.
	Change string `json:"change"`
	// Line and Instruction are the first that differ, as they are now. If lines
	// are missing, it is what stands in their place.
	Line        int    `json:"line,omitempty"`
	Instruction string `json:"instruction,omitempty"`
}

// The changes of a part.
const (
	added    = "added"
	changed  = "changed"
	comments = "comments"
)

// part is a stage, or what is above the first.
type part struct {
	name, text string
	from       int
	keys       []dockerfile.OutlineInstruction
}

// text compares the text that a target is made from: what is above the stages,
// and the stages that it needs. Where a text cannot be taken apart, all counts,
// and so does the last line, if which target is the default is not known.
func (r *run) text(v *index.Variant, t *index.Target, old string, whole bool) []StageChange {
	now := r.Files[v.Path].String()
	before, errBefore := parts(old)
	after, errAfter := parts(now)
	if errBefore != nil || errAfter != nil {
		return []StageChange{{Change: changed, Line: firstLine(old, now)}}
	}
	var out []StageChange
	for _, p := range after {
		if p.name != "" && !slices.Contains(t.Stages, p.name) {
			continue
		}
		i := slices.IndexFunc(before, func(o part) bool { return o.name == p.name })
		switch {
		case i < 0:
			out = append(out, p.at(0, added))
		case before[i].text != p.text:
			out = append(out, p.differs(before[i]))
		}
	}
	if whole && len(out) == 0 && last(before) != last(after) {
		out = append(out, StageChange{Change: changed, Line: after[len(after)-1].from, Instruction: short(after[len(after)-1].keys[0].Text)})
	}
	return out
}

// last is what plain `docker build` builds: the last stage, or that which is
// named once more at the end.
func last(all []part) string {
	if p := all[len(all)-1]; p.name != repeated {
		return p.name
	}
	return strings.TrimSpace(all[len(all)-1].text)
}

// repeated is the name of a stage without one.
const repeated = "\x00"

// parts takes a Dockerfile apart: first what is above the stages, which has no
// name, then the stages with the comments above them.
func parts(text string) ([]part, error) {
	outline, err := dockerfile.ReadOutline([]byte(text))
	if err != nil {
		return nil, err
	}
	lines := strings.Split(text, "\n")
	cut := func(from, to int) string { return strings.TrimSpace(strings.Join(lines[from:to], "\n")) }
	begin := 0
	if len(outline.Stages) > 0 {
		begin = above(lines, outline.Stages[0].Line-1)
	}
	out := []part{{text: cut(0, begin), from: 1}}
	for i, s := range outline.Stages {
		end := s.EndLine
		if i == len(outline.Stages)-1 {
			end = len(lines)
		}
		p := part{name: s.Name, text: cut(begin, end), from: s.Line, keys: s.Instructions}
		if p.name == "" || slices.ContainsFunc(out, func(o part) bool { return strings.EqualFold(o.name, p.name) }) {
			p.name = repeated
		}
		from := dockerfile.OutlineInstruction{Keyword: "FROM", Line: s.Line, Text: strings.TrimSpace(lines[s.Line-1])}
		from.Key = from.Text
		p.keys = slices.Insert(slices.Clone(p.keys), 0, from)
		out = append(out, p)
		begin = end
	}
	return out, nil
}

// above is where the comments right above a line begin.
func above(lines []string, line int) int {
	for line > 0 && strings.HasPrefix(strings.TrimSpace(lines[line-1]), "#") {
		line--
	}
	return line
}

// differs finds the first instruction that is another one.
func (p part) differs(old part) StageChange {
	if p.name == "" {
		if instructions(old.text) == instructions(p.text) {
			return StageChange{Change: comments}
		}
		return StageChange{Change: changed, Line: firstLine(old.text, p.text), Instruction: lineAt(p.text, firstLine(old.text, p.text))}
	}
	for i, k := range p.keys {
		if i >= len(old.keys) || old.keys[i].Key != k.Key {
			return p.at(i, changed)
		}
	}
	if len(old.keys) > len(p.keys) {
		// The last ones are gone.
		return StageChange{Stage: p.name, Change: changed, Instruction: "without " + short(old.keys[len(p.keys)].Text)}
	}
	return StageChange{Stage: p.name, Change: comments}
}

func (p part) at(i int, change string) StageChange {
	c := StageChange{Stage: p.name, Change: change, Line: p.from}
	if i < len(p.keys) {
		c.Line, c.Instruction = p.keys[i].Line, short(p.keys[i].Text)
	}
	return c
}

// maxText is how much is shown of an instruction.
const maxText = 80

// short is as much of an instruction as tells it from others.
func short(text string) string {
	if r := []rune(text); len(r) > maxText {
		return string(r[:maxText-3]) + "..."
	}
	return text
}

// firstLine is the number of the first line in which two texts differ.
func firstLine(a, b string) int {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range right {
		if i >= len(left) || left[i] != right[i] {
			return i + 1
		}
	}
	return len(right)
}

// instructions are the lines above the stages that are no comments: directives
// look like some.
func instructions(text string) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if !strings.HasPrefix(line, "#") || directive.MatchString(line) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// directive is a parser directive: https://docs.docker.com/reference/dockerfile/#parser-directives
var directive = regexp.MustCompile(`^#\s*(syntax|escape|check)\s*=`)

func lineAt(text string, n int) string {
	lines := strings.Split(text, "\n")
	return strings.TrimSpace(lines[min(n, len(lines))-1])
}
