package dockerfile

import (
	"strconv"
	"strings"
)

// indent is how far the second and further lines of an instruction are set in.
const indent = "    "

// render writes an instruction as the lines it takes.
func render(i Instruction) []row {
	switch i := i.(type) {
	case Run:
		return renderRun(i)
	case Copy:
		return renderCopy(i)
	case Add:
		return renderAdd(i)
	case ArgUse:
		return argRow(i.Name)
	case Env:
		return renderPairs("ENV", "env", i.Pairs)
	case Label:
		return renderPairs("LABEL", "label", i.Pairs)
	case Workdir:
		return oneRow("workdir", "WORKDIR "+argument(i.Path))
	case User:
		return oneRow("user", "USER "+argument(i.Name))
	case Expose:
		return oneRow("expose", "EXPOSE "+strings.Join(i.Ports, " "))
	case Volume:
		return oneRow("volume", "VOLUME "+renderVolumes(i.Paths))
	case StopSignal:
		return oneRow("stopsignal", "STOPSIGNAL "+argument(i.Signal))
	case Shell:
		return oneRow("shell", "SHELL "+jsonArray(i.Argv))
	case Cmd:
		return renderCommand("cmd", "CMD ", i.Command)
	case Entrypoint:
		return renderCommand("entrypoint", "ENTRYPOINT ", i.Command)
	case Healthcheck:
		return renderHealthcheck(i)
	case OnBuild:
		return renderOnBuild(i)
	}
	return nil
}

func renderOnBuild(o OnBuild) []row {
	rows := render(o.Instruction)
	for n := range rows {
		rows[n].field = strings.TrimSuffix("onbuild."+rows[n].field, ".")
	}
	if len(rows) > 0 {
		rows[0].text = "ONBUILD " + rows[0].text
	}
	return rows
}

// renderPairs writes ENV and LABEL, one pair on a line.
func renderPairs(keyword, field string, pairs []Pair) []row {
	rows := make([]row, len(pairs))
	for n, p := range pairs {
		key, before := p.Name, indent
		if !isBare(key) || strings.HasPrefix(key, "-") || strings.HasPrefix(key, "#") {
			key = doubleQuoted([]Part{{Literal: key}})
		}
		if n == 0 {
			before = keyword + " "
		}
		rows[n] = row{text: before + key + "=" + quotedWord(p.Value), field: field + "." + cueLabel(p.Name)}
	}
	return continueRows(rows)
}

// renderVolumes prefers plain words; paths that need quotes go into JSON,
// because BuildKit splits the plain form at every blank.
func renderVolumes(paths []string) string {
	if plainWords(paths) {
		return strings.Join(paths, " ")
	}
	quoted := make([]string, len(paths))
	for n, p := range paths {
		quoted[n] = element(p)
	}
	return jsonArray(quoted)
}

// plainWords reports whether words can stand behind a keyword unquoted: the
// first must look neither like a flag nor like JSON.
func plainWords(words []string) bool {
	for n, w := range words {
		if quotedWord(w) != w || n == 0 && (strings.HasPrefix(w, "-") || strings.HasPrefix(w, "[")) {
			return false
		}
	}
	return true
}

// renderCommand writes CMD and ENTRYPOINT.
func renderCommand(field, keyword string, c Command) []row {
	if c.Exec != nil {
		return oneRow(field, keyword+jsonArray(c.Exec))
	}
	return textRows(field+"_shell", keyword, shellForm(c.Shell))
}

func renderHealthcheck(h Healthcheck) []row {
	const field = "healthcheck"
	if h.Command == nil {
		return oneRow(field, "HEALTHCHECK NONE")
	}
	words := []string{"HEALTHCHECK"}
	for _, d := range healthDurations(h) {
		if d.value != "" {
			words = append(words, flag(d.name, d.value))
		}
	}
	if h.Retries != nil {
		words = append(words, flag("retries", strconv.Itoa(*h.Retries)))
	}
	rows := textRows(field+".cmd_shell", "CMD ", h.Command.Shell)
	if h.Command.Exec != nil {
		rows = oneRow(field+".cmd", "CMD "+jsonArray(h.Command.Exec))
	}
	if one := strings.Join(words, " ") + " " + rows[0].text; len(words) == 1 || len(rows) == 1 && len(one) <= wideLine {
		rows[0].text = one
		if len(words) > 1 {
			rows[0] = row{text: one, field: field}
		}
		return rows
	}
	rows[0].text = indent + rows[0].text
	return append(oneRow(field, strings.Join(words, " ")+` \`), rows...)
}

// healthDuration is a flag of HEALTHCHECK with its CUE field and value.
type healthDuration struct{ name, field, value string }

func healthDurations(h Healthcheck) []healthDuration {
	return []healthDuration{
		{"interval", "interval", h.Interval},
		{"timeout", "timeout", h.Timeout},
		{"start-period", "start_period", h.StartPeriod},
		{"start-interval", "start_interval", h.StartInterval},
	}
}
