package dockerfile

import (
	"strconv"
	"strings"
)

// indent is how far the second and further lines of an instruction are set in.
const indent = "    "

// render writes an instruction as the lines it takes.
func render(i Instruction) []string {
	switch i := i.(type) {
	case Run:
		return renderRun(i)
	case Copy:
		return renderCopy(i)
	case Add:
		return renderAdd(i)
	case ArgUse:
		return []string{"ARG " + i.Name}
	case Env:
		return renderPairs("ENV", i.Pairs)
	case Label:
		return renderPairs("LABEL", i.Pairs)
	case Workdir:
		return []string{"WORKDIR " + argument(i.Path)}
	case User:
		return []string{"USER " + argument(i.Name)}
	case Expose:
		return []string{"EXPOSE " + strings.Join(i.Ports, " ")}
	case Volume:
		return []string{"VOLUME " + renderVolumes(i.Paths)}
	case StopSignal:
		return []string{"STOPSIGNAL " + argument(i.Signal)}
	case Shell:
		return []string{"SHELL " + jsonArray(i.Argv)}
	case Cmd:
		return renderCommand("CMD", i.Command)
	case Entrypoint:
		return renderCommand("ENTRYPOINT", i.Command)
	case Healthcheck:
		return renderHealthcheck(i)
	case OnBuild:
		lines := render(i.Instruction)
		if len(lines) > 0 {
			lines[0] = "ONBUILD " + lines[0]
		}
		return lines
	}
	return nil
}

// renderPairs writes ENV and LABEL, one pair on a line.
func renderPairs(keyword string, pairs []Pair) []string {
	lines := make([]string, len(pairs))
	for n, p := range pairs {
		key := p.Name
		if !isBare(key) || strings.HasPrefix(key, "-") || strings.HasPrefix(key, "#") {
			key = doubleQuoted([]Part{{Literal: key}})
		}
		lines[n] = indent + key + "=" + quotedWord(p.Value)
		if n == 0 {
			lines[n] = keyword + " " + key + "=" + quotedWord(p.Value)
		}
	}
	return continueLines(lines)
}

// continueLines ends every line but the last in a backslash.
func continueLines(lines []string) []string {
	for n := range len(lines) - 1 {
		lines[n] += ` \`
	}
	return lines
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
func renderCommand(keyword string, c Command) []string {
	if c.Exec != nil {
		return []string{keyword + " " + jsonArray(c.Exec)}
	}
	return strings.Split(keyword+" "+shellForm(c.Shell), "\n")
}

func renderHealthcheck(h Healthcheck) []string {
	if h.Command == nil {
		return []string{"HEALTHCHECK NONE"}
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
	command := "CMD " + h.Command.Shell
	if h.Command.Exec != nil {
		command = "CMD " + jsonArray(h.Command.Exec)
	}
	lines := strings.Split(command, "\n")
	if one := strings.Join(words, " ") + " " + lines[0]; len(words) == 1 || len(lines) == 1 && len(one) <= wideLine {
		lines[0] = one
		return lines
	}
	lines[0] = indent + lines[0]
	return append([]string{strings.Join(words, " ") + ` \`}, lines...)
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
