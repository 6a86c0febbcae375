package dockerfile

import (
	"regexp"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// A corruption is a fault that Emit could have. It returns every text that the
// fault, made once, turns a text into.
type corruption struct {
	name  string
	apply func(text string, nodes []*parser.Node) []string
}

var corruptions = []corruption{
	{"a flag is dropped", replaced(` --[a-z-]+(="[^"\n]*(\\"[^"\n]*)*"|=\S+)?`, "")},
	{"a quote is dropped", replaced(`"`, "")},
	{"a quote is doubled", replaced(`"`, `""`)},
	{"a backslash is lost", replaced(`\\`, "")},
	{"a dollar sign is not escaped", replaced(`\\\$`, "$")},
	// In a flag, the escape is removed before the variable is looked for.
	{"a dollar sign is escaped", replaced(`(?m)^([^-\n]*)\$`, `$1\$$`)},
	{"a mount has another target", replaced(`(--mount=(?:"[^"\n]*(?:\\"[^"\n]*)*|\S+))`, "$1,target=/other")},
	{"a mount belongs to somebody else", replaced(`(--mount=(?:"[^"\n]*(?:\\"[^"\n]*)*|\S+))`, "$1,uid=7")},
	{"a stage is referred to in capitals", replaced(`(from=|FROM |FROM \S+ )wheels`, "${1}WHEELS")},
	{"a value goes on in the next line", replaced(` `, "\n")},
	{"a continuation holds an empty line", replaced(`( \\\n)`, "$1\n")},
	{"a comment becomes an instruction", replaced(`(?m)^# `, "")},
	{"two words of a list change places", replaced(`("?[^\s",]+"?)(, | )("?[^\s",]+"?)\]`, "$3$2$1]")},
	{"lines end in CR LF", func(text string, _ []*parser.Node) []string {
		return []string{strings.ReplaceAll(text, "\n", "\r\n")}
	}},
	{"an instruction is lost", eachNode(func(lines []string) []string { return nil })},
	{"an instruction is printed twice", eachNode(func(lines []string) []string { return append(append([]string{}, lines...), lines...) })},
	{"an instruction becomes a comment", eachNode(func(lines []string) []string { return append([]string{"# " + lines[0]}, lines[1:]...) })},
	{"the last line of an instruction is lost", eachNode(func(lines []string) []string { return lines[:len(lines)-1] })},
	{"an instruction swallows the next", replaced(`(?m)^([^#\n].*[^\\\n])\n\n?([A-Z])`, "$1 \\\n$2")},
	{"an instruction is merged with the next", eachNode(func(lines []string) []string {
		return []string{strings.Join(lines, "\n") + " USER root"}
	})},
	{"an instruction is added in some line", everyLine(func(line string) string { return "USER root\n" + line })},
	{"a line is printed twice", inNodes(func(lines []string, n int) []string {
		return append(append(append([]string{}, lines[:n]...), lines[n]), lines[n:]...)
	})},
	{"a line is lost", inNodes(func(lines []string, n int) []string {
		return append(append([]string{}, lines[:n]...), lines[n+1:]...)
	})},
	{"two lines change places", inNodes(func(lines []string, n int) []string {
		out := append([]string{}, lines...)
		if n+1 < len(lines) && !strings.HasPrefix(strings.TrimSpace(lines[n]), "--") {
			// Where one of them is the last, the backslash stays in its place.
			a, b := strings.TrimSuffix(out[n], ` \`), strings.TrimSuffix(out[n+1], ` \`)
			out[n], out[n+1] = b+out[n][len(a):], a+out[n+1][len(b):]
		}
		return out
	})},
	{"a heredoc ends early", func(text string, nodes []*parser.Node) (out []string) {
		lines := strings.Split(text, "\n")
		for _, node := range nodes {
			for _, h := range node.Heredocs {
				for n := node.StartLine; n < node.EndLine-1; n++ {
					early := append(append([]string{}, lines[:n]...), h.Name)
					out = append(out, strings.Join(append(early, lines[n:]...), "\n"))
				}
			}
		}
		return out
	}},
}

// replaced replaces one of the matches of a pattern.
func replaced(pattern, by string) func(string, []*parser.Node) []string {
	re := regexp.MustCompile(pattern)
	return func(text string, _ []*parser.Node) (out []string) {
		for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
			new := by
			if strings.Contains(by, "$1") || strings.Contains(by, "${1}") {
				new = string(re.ExpandString(nil, by, text, m))
			}
			out = append(out, text[:m[0]]+new+text[m[1]:])
		}
		return out
	}
}

// eachNode does something to the lines of one instruction.
func eachNode(change func([]string) []string) func(string, []*parser.Node) []string {
	return func(text string, nodes []*parser.Node) (out []string) {
		lines := strings.Split(text, "\n")
		for _, n := range nodes {
			changed := append(append([]string{}, lines[:n.StartLine-1]...), change(lines[n.StartLine-1:n.EndLine])...)
			out = append(out, strings.Join(append(changed, lines[n.EndLine:]...), "\n"))
		}
		return out
	}
}

// inNodes does something to one line of an instruction that has several.
func inNodes(change func(lines []string, n int) []string) func(string, []*parser.Node) []string {
	return func(text string, nodes []*parser.Node) (out []string) {
		for i, node := range nodes {
			for n := range node.EndLine - node.StartLine + 1 {
				one := eachNode(func(lines []string) []string { return change(lines, n) })
				if damaged := one(text, nodes[i:i+1])[0]; damaged != text {
					out = append(out, damaged)
				}
			}
		}
		return out
	}
}

// everyLine does something to one line, wherever it is.
func everyLine(change func(string) string) func(string, []*parser.Node) []string {
	return func(text string, _ []*parser.Node) (out []string) {
		lines := strings.Split(text, "\n")
		for n, line := range lines {
			changed := append(append([]string{}, lines[:n]...), change(line))
			out = append(out, strings.Join(append(changed, lines[n+1:]...), "\n"))
		}
		return out
	}
}
