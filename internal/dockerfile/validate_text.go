package dockerfile

import (
	"bufio"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLine is the longest line that BuildKit reads, without its line break.
const maxLine = bufio.MaxScanTokenSize - 1

func isTooLong(line string) bool { return len(line) > maxLine }

// text checks characters: line breaks and tabs are the only controls that a
// Dockerfile carries safely. It reports whether nothing was wrong.
func (v *validator) text(field, s string) bool {
	if !utf8.ValidString(s) {
		v.add(field, "the text is not valid UTF-8", "")
		return false
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\uFEFF' {
			help := "write it as an escape that the command understands, such as printf's"
			if r == '\r' {
				help = "end lines with \\n alone"
			}
			v.add(field, fmt.Sprintf("the text holds the control character %U, which does not survive in a Dockerfile", r), help)
			return false
		}
	}
	return true
}

// line is text for a value on one line.
func (v *validator) line(field, s string) bool {
	if !v.text(field, s) {
		return false
	}
	if strings.Contains(s, "\n") {
		v.add(field, "the value holds a line break, and this instruction has no way to write one",
			"put the text into a file (copy.files) or a script")
		return false
	}
	return true
}

// word is line for a value that Docker expands.
func (v *validator) word(field, s string) bool {
	if !v.line(field, s) {
		return false
	}
	if _, err := ParseWord(s); err != nil {
		v.add(field, err.Error(), `a literal dollar sign is written \$`)
		return false
	}
	return true
}

// required is word for a value that must not be empty.
func (v *validator) required(field, s string) bool {
	if s == "" {
		v.add(field, "the value is empty", "")
		return false
	}
	return v.word(field, s)
}

// flagText checks the value of a flag.
func (v *validator) flagText(field, s string) bool {
	if !v.line(field, s) {
		return false
	}
	if !isASCII(s) {
		v.add(field, "BuildKit reads flags byte by byte and garbles what is not ASCII", "")
		return false
	}
	return true
}

// flagWord is flagText for a flag that Docker expands.
func (v *validator) flagWord(field, s string) bool {
	return v.flagText(field, s) && v.word(field, s)
}

// unexpanded is flagText for the name of a stage, image or context.
func (v *validator) unexpanded(field, s string) bool {
	if !v.flagText(field, s) {
		return false
	}
	if strings.Contains(s, "$") {
		v.add(field, fmt.Sprintf("BuildKit expands no variable here: %s", excerpt(s)),
			"add a stage whose `from` holds the variable, and name that stage")
		return false
	}
	if !consistsOf(s, imageMarks) {
		v.add(field, fmt.Sprintf("%s is no stage, image or context", excerpt(s)), "")
		return false
	}
	return true
}

// argv checks an exec form. JSON writes every character but one.
func (v *validator) argv(field string, argv []string) {
	for n, s := range argv {
		field := fmt.Sprintf("%s[%d]", field, n)
		switch {
		case !utf8.ValidString(s):
			v.add(field, "the text is not valid UTF-8", "")
		case strings.Contains(s, "\x00"):
			v.add(field, "no argument of a program can hold a NUL", "")
		}
	}
}

// shellText checks shell text that is written as it is.
func (v *validator) shellText(field, s string) bool {
	const useScript = "use script for several lines"
	if !v.text(field, s) {
		return false
	}
	lines := strings.Split(s, "\n")
	for n, line := range lines {
		last := n == len(lines)-1
		_, continued := continuedLine(line)
		switch {
		case strings.HasPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "#"):
			v.add(field, fmt.Sprintf("line %d is a comment, which BuildKit deletes with all that follows in the line", n+1), useScript)
		case strings.TrimSpace(line) == "" && len(lines) > 1:
			v.add(field, fmt.Sprintf("line %d is empty", n+1), "end the text without a line break, or "+useScript)
		case last && continued:
			v.add(field, "the text ends in a backslash, which would swallow the next instruction", "")
		case !last && !continued:
			v.add(field, fmt.Sprintf("line %d does not end in a single backslash, so the instruction would end there", n+1), useScript)
		default:
			continue
		}
		return false
	}
	joined := joinLines(s)
	switch {
	case strings.TrimSpace(joined) == "":
		v.add(field, "the command is empty", "")
	case strings.TrimSpace(joined) != joined:
		v.add(field, "BuildKit cuts the blanks at the ends of the text off", "remove them")
	case readAsJSON(joined):
		v.add(field, "Docker would read the text as the JSON of an exec form", "use the exec form")
	default:
		return true
	}
	return false
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// lengths checks the lines as they are printed: BuildKit reads no longer ones.
func (v *validator) lengths(text string, lines func() []Line) {
	n := 0
	for line := range strings.Lines(text) {
		if line = strings.TrimSuffix(line, "\n"); isTooLong(line) {
			of := lines()[n]
			v.tooLong(of.Origin, of.Field, len(line))
		}
		n++
	}
}

// triggers checks what ONBUILD holds, which BuildKit reads as one line again.
func (v *validator) triggers(s Stage) {
	for _, step := range s.Steps {
		if o, ok := step.Instruction.(OnBuild); ok {
			if n := len(joinLines(rowText(render(o.Instruction)))); heredocCount(o.Instruction) == 0 && n > maxLine {
				v.tooLong(step.Origin, mainField(o), n)
			}
		}
	}
}

func (v *validator) tooLong(origin Origin, field string, length int) {
	v.origin, v.prefix = origin, ""
	v.add(field, fmt.Sprintf("a line of %d bytes is too long: BuildKit reads at most %d", length, maxLine),
		"break it into several lines, or copy a file that holds it")
}
