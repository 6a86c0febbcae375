package dockerfile

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

func (v *validator) step(s Step) {
	name := ""
	if use, ok := s.Instruction.(ArgUse); ok {
		name = use.Name
	}
	if s.Description != "" {
		if s.Described != (Origin{}) {
			v.origin = s.Described
		}
		v.description("description", name, s.Description)
		v.origin = s.Origin
	}
	v.checkNames("check.skip", s.Check)
	v.instruction(s.Instruction)
}

// mainField is the field that stands for a whole instruction.
func mainField(i Instruction) string {
	switch i := i.(type) {
	case Run:
		switch {
		case i.Script != "":
			return "script"
		case len(i.Exec) > 0:
			return "exec"
		}
		return "run"
	case Cmd:
		return commandField("cmd", i.Command)
	case Entrypoint:
		return commandField("entrypoint", i.Command)
	case OnBuild:
		return "onbuild"
	case nil:
		return ""
	}
	return strings.ToLower(i.Keyword())
}

func commandField(name string, c Command) string {
	if c.Exec == nil {
		return name + "_shell"
	}
	return name
}

func (v *validator) instruction(i Instruction) {
	switch i := i.(type) {
	case Run:
		v.run(i)
	case Copy:
		v.copy(i)
	case Add:
		v.addition(i)
	case ArgUse:
		if !isVariable(i.Name) {
			v.add("", fmt.Sprintf("%q cannot be the name of a build argument", i.Name), "")
		}
	case Env:
		v.pairs("env", i.Pairs, isVariable)
	case Label:
		v.pairs("label", i.Pairs, isLabelKey)
	case Workdir:
		v.required("workdir", i.Path)
	case User:
		if v.required("user", i.Name) && strings.ContainsAny(i.Name, " \t") {
			v.add("user", "the name of a user or group holds no blank", "")
		}
	case Expose:
		v.ports(i.Ports)
	case Volume:
		v.volumes(i.Paths)
	case StopSignal:
		if v.required("stopsignal", i.Signal) && !strings.Contains(i.Signal, "$") && !signal.MatchString(i.Signal) {
			v.add("stopsignal", fmt.Sprintf("Docker knows no signal %q", i.Signal), `write "SIGTERM" or a number`)
		}
	case Shell:
		if len(i.Argv) == 0 {
			v.add("shell", "SHELL needs a program", "")
		}
		v.argv("shell", i.Argv)
	case Cmd:
		v.command("cmd", i.Command)
	case Entrypoint:
		v.command("entrypoint", i.Command)
	case Healthcheck:
		v.healthcheck(i)
	case OnBuild:
		v.onBuild(i)
	default:
		v.add("", "the step has no instruction", "")
	}
}

var (
	port = regexp.MustCompile(`^([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(?:tcp|udp|sctp))?$`)
	// signal follows moby's signal.ParseSignal for Linux.
	signal = regexp.MustCompile(`^(SIG)?(ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL|PIPE|POLL|PROF|PWR|QUIT|` +
		`SEGV|STKFLT|STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ|` +
		`RTMIN(\+([1-9]|1[0-5]))?|RTMAX(-([1-9]|1[0-4]))?)$|^([1-9]|[1-5][0-9]|6[0-4])$`)
)

// isLabelKey reports whether s can be the name of a label.
func isLabelKey(s string) bool { return s != "" && !strings.ContainsAny(s, " \t\n\f\r\"'=$\\") }

func (v *validator) pairs(keyword string, pairs []Pair, isKey func(string) bool) {
	if len(pairs) == 0 {
		v.add(keyword, "there is nothing to set", "leave the step out")
	}
	seen := map[string]bool{}
	for _, p := range pairs {
		field := keyword + "." + cueLabel(p.Name)
		if v.line(field, p.Name) && (!isKey(p.Name) || seen[p.Name]) {
			v.add(field, fmt.Sprintf("%q cannot be a name here, or is taken", p.Name), "")
		}
		seen[p.Name] = true
		v.word(field, p.Value)
	}
}

func (v *validator) ports(ports []string) {
	if len(ports) == 0 {
		v.add("expose", "there is no port", "leave the step out")
	}
	for n, p := range ports {
		field := fmt.Sprintf("expose[%d]", n)
		if !v.required(field, p) {
			continue
		}
		const help = `write "8080", "53/udp" or "8000-8010/tcp"`
		if quotedWord(p) != p || strings.HasPrefix(p, "-") || strings.ContainsAny(p, " \t") || !isASCII(p) {
			v.add(field, fmt.Sprintf("%q is no port", p), help)
			continue
		}
		if m := port.FindStringSubmatch(p); !strings.Contains(p, "$") && (m == nil || badRange(m[1], m[2])) {
			v.add(field, fmt.Sprintf("%q is no port", p), help)
		}
	}
}

func badRange(first, last string) bool {
	// The pattern lets digits through only.
	a, _ := strconv.Atoi(first)
	b := a
	if last != "" {
		b, _ = strconv.Atoi(last)
	}
	return a > 65535 || b > 65535 || b < a
}

func (v *validator) volumes(paths []string) {
	if len(paths) == 0 {
		v.add("volume", "there is no path", "leave the step out")
	}
	for n, p := range paths {
		field := fmt.Sprintf("volume[%d]", n)
		if v.required(field, p) && strings.TrimSpace(p) == "" {
			v.add(field, "the path is blank", "")
		}
	}
}

func (v *validator) command(field string, c Command) {
	if c.Exec == nil {
		v.shellText(field+"_shell", c.Shell)
		return
	}
	if c.Shell != "" {
		v.add(field+"_shell", "a command has either an exec form or a shell form", "")
	}
	v.argv(field, c.Exec)
}

func (v *validator) healthcheck(h Healthcheck) {
	if h.Command == nil {
		if h != (Healthcheck{}) {
			v.add("healthcheck.none", "without a command there is nothing to time", "")
		}
		return
	}
	v.command("healthcheck.cmd", *h.Command)
	if h.Command.Exec != nil && len(h.Command.Exec) == 0 {
		v.add("healthcheck.cmd", "the command is empty", "")
	}
	for _, d := range healthDurations(h) {
		if d.value == "" || !v.flagText("healthcheck."+d.field, d.value) {
			continue
		}
		// instructions.parseOptInterval
		if t, err := time.ParseDuration(d.value); err != nil || t != 0 && t < time.Millisecond {
			v.add("healthcheck."+d.field, fmt.Sprintf("%q is no duration of 1ms or more", d.value), `write "30s" or "1m30s"`)
		}
	}
	if h.Retries != nil && (*h.Retries < 0 || *h.Retries > 1<<31-1) {
		v.add("healthcheck.retries", "the number of retries is out of range", "")
	}
}

func (v *validator) onBuild(o OnBuild) {
	switch o.Instruction.(type) {
	case nil:
		v.add("onbuild", "ONBUILD needs an instruction", "")
	case OnBuild:
		v.add("onbuild.onbuild", "Docker allows no ONBUILD in ONBUILD", "")
	default:
		outer := v.prefix
		v.prefix += "onbuild."
		v.instruction(o.Instruction)
		v.prefix = outer
	}
}
