package dockerfile

import (
	"encoding/json"
	"strings"
	"unicode"
)

// continuedLine cuts the backslash off a line that goes on in the next one, as
// BuildKit does (parser.setEscapeToken): it has exactly one at its end, blanks
// aside.
func continuedLine(line string) (rest string, continued bool) {
	rest, found := strings.CutSuffix(strings.TrimRight(line, " \t"), `\`)
	if !found || strings.HasSuffix(rest, `\`) {
		return line, false
	}
	return rest, true
}

// joinLines is what BuildKit makes of continued lines: the backslash and the
// line break fall away, indentation stays.
func joinLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i], _ = continuedLine(line)
	}
	return strings.Join(lines, "")
}

// readAsJSON reports whether BuildKit would take shell text for an exec form,
// or refuse it as a malformed one.
func readAsJSON(text string) bool {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	var list []any
	return strings.HasPrefix(text, "[") && json.Unmarshal([]byte(text), &list) == nil
}

// shellForm returns shell text as it stands behind a keyword.
func shellForm(text string) string {
	if strings.HasPrefix(joinLines(text), "--") {
		// What looks like a flag is none behind a lone "--".
		return "-- " + text
	}
	return text
}
