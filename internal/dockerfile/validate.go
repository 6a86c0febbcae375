package dockerfile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Problem is a value that the Dockerfile language cannot express, or an
// instruction that Docker would refuse or misread.
type Problem struct {
	// Origin is that of the step, of the stage for its FROM line, and zero for
	// what concerns the whole file.
	Origin Origin
	// Field is the CUE path of the offending value below the origin:
	// "env.FOO", "copy.dest", "mounts[0].target"; "from", "args.X.default".
	Field string
	// Message says what is wrong.
	Message string
	// Help says what to do about it, or is empty.
	Help string
}

// Validate returns everything in the file that cannot be written, in the
// order of the file. If there is nothing, Emit writes the file and Verify
// agrees with the result.
func Validate(f *File) []Problem {
	v := &validator{}
	v.file(f)
	for _, s := range f.Stages {
		v.stage(f, s, make([]found, len(s.Steps)))
	}
	if len(v.problems) == 0 {
		text, lines := Emit(f)
		v.lengths(string(text), func() []Line { return lines })
		for _, s := range f.Stages {
			v.triggers(s)
		}
	}
	return v.problems
}

// validator collects problems. Fields are below prefix, origin is the step's.
type validator struct {
	problems []Problem
	origin   Origin
	prefix   string
}

func (v *validator) add(field, message, help string) {
	v.problems = append(v.problems, Problem{Origin: v.origin, Field: v.prefix + field, Message: message, Help: help})
}

var (
	stageName = regexp.MustCompile(`^[a-z][a-z0-9_.-]*$`)
	checkName = regexp.MustCompile(`^[A-Za-z]+$`)
	// directive is a comment that BuildKit would take for a parser directive
	// or, above an instruction, for a list of checks to skip: blanks before it
	// have been cut off.
	directive = regexp.MustCompile(`(?i)^(syntax|escape|check)\s*=`)
)

// imageMarks are the characters that an image reference or a platform may hold,
// beside letters and digits.
const imageMarks = "._/:@+[]-"

// isVariable reports whether s can be the name of a variable.
func isVariable(s string) bool { return s != "" && nameEnd(s, 0) == len(s) }

func (v *validator) file(f *File) {
	for _, h := range f.Header {
		if v.line("header", h) {
			v.notDirective("header", h)
		}
	}
	if v.line("syntax", f.Syntax) && strings.ContainsAny(f.Syntax, " \t") {
		v.add("syntax", "the frontend image holds a blank", "")
	}
	if f.Check != nil {
		v.checkNames("check.skip", f.Check.Skip)
		v.checkNames("check.experimental", f.Check.Experimental)
		if len(f.Check.Skip)+len(f.Check.Experimental) == 0 && f.Check.Error == nil {
			v.add("check", "the check directive says nothing", "leave it out")
		}
	}
	seen := map[string]bool{}
	for _, a := range f.Args {
		field := "args." + cueLabel(a.Name)
		if !isVariable(a.Name) || seen[a.Name] {
			v.add(field, fmt.Sprintf("%q cannot be the name of a build argument, or is taken", a.Name), "")
		}
		seen[a.Name] = true
		v.description(field+".description", a.Name, a.Description)
		if a.Default != nil {
			v.word(field+".default", *a.Default)
		}
	}
	if len(f.Stages) == 0 {
		v.add("targets", "a Dockerfile needs a stage", "")
	}
	known := f.Default == ""
	stages := map[string]bool{}
	for _, s := range f.Stages {
		known = known || s.Name == f.Default
		if stages[s.Name] {
			v.origin = s.Origin
			v.add("name", fmt.Sprintf("there are two stages %q", s.Name), "")
			v.origin = Origin{}
		}
		stages[s.Name] = true
	}
	if !known {
		v.add("default", fmt.Sprintf("the default stage %q is not in the file", f.Default), "")
	}
}

// stage checks a stage. Nothing is wrong with steps whose piece is known.
func (v *validator) stage(f *File, s Stage, known []found) {
	v.origin = s.Origin
	if !stageName.MatchString(s.Name) || s.Name == "scratch" || s.Name == "context" {
		v.add("name", fmt.Sprintf("%q cannot be the name of a stage", s.Name),
			"a name is a lower-case letter, then lower-case letters, digits and _ . -; scratch and context are reserved")
	}
	v.description("description", s.Name, s.Description)
	v.checkNames("check.skip", s.Check)
	v.fromWord("from", s.From)
	if s.From == "" {
		v.add("from", "a stage needs a base", `use "scratch" for none`)
	}
	if v.fromWord("platform", s.Platform) && !Skips(f, s.Check, "FromPlatformFlagConstDisallowed") {
		v.platform(s)
	}
	count := map[string]int{}
	for n, step := range s.Steps {
		v.origin, v.prefix = step.Origin, ""
		if known[n].piece == nil {
			v.step(step)
		}
		switch step.Instruction.(type) {
		case Cmd, Entrypoint, Healthcheck:
			keyword := step.Instruction.Keyword()
			if count[keyword]++; count[keyword] > 1 {
				v.add(mainField(step.Instruction), fmt.Sprintf("stage %q has a second %s, and Docker uses only the last one", s.Name, keyword),
					"leave one of them out")
			}
		}
	}
	v.prefix = ""
}

// Skips tells whether a build check is switched off: for the whole file, or by
// the names that an instruction skips.
func Skips(f *File, names []string, check string) bool {
	skips := func(name string) bool { return name == check || name == "all" }
	return slices.ContainsFunc(names, skips) || f.Check != nil && slices.ContainsFunc(f.Check.Skip, skips)
}

// platform checks a constant platform against the stage's name, as the build
// check does: https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/
func (v *validator) platform(s Stage) {
	if s.Platform == "" || strings.Contains(s.Platform, "$") {
		return
	}
	words := strings.Split(s.Platform, "/")
	if len(words) < 2 {
		v.add("platform", fmt.Sprintf("%q is no platform", s.Platform), `write "os/architecture", as in "linux/arm64"`)
		return
	}
	// BuildKit compares the names that containerd normalises them to.
	normal := map[string]string{"x86_64": "amd64", "x86-64": "amd64", "aarch64": "arm64", "armhf": "arm", "armel": "arm", "i386": "386"}
	arch := words[1]
	if n, ok := normal[arch]; ok {
		v.add("platform", fmt.Sprintf("architecture %q is called %q in Docker", arch, n), "")
		return
	}
	if !strings.Contains(s.Name, arch) {
		v.add("platform", fmt.Sprintf("stage %q has the constant platform %s, so it would be the same on all platforms", s.Name, s.Platform),
			fmt.Sprintf("use $BUILDPLATFORM, or put the architecture into the name, as in %q", s.Name+"_"+arch))
	}
}

// fromWord checks a word of a FROM line, which BuildKit splits at blanks
// whatever the quotes. It reports whether nothing was wrong.
func (v *validator) fromWord(field, s string) bool {
	if !v.word(field, s) {
		return false
	}
	for n, p := range wordParts(s) {
		if !consistsOf(p.Literal, imageMarks) || n == 0 && strings.HasPrefix(p.Literal, "-") {
			v.add(field, fmt.Sprintf("%s holds a character that no image reference or platform has", excerpt(s)), "")
			return false
		}
		if strings.ContainsAny(p.Text, " \t") {
			v.add(field, "FROM cannot hold blanks, in ${...} neither", "")
			return false
		}
		if p.Name != "" && !isASCII(p.Text) {
			v.add(field, "FROM cannot hold characters outside of ASCII", "")
			return false
		}
	}
	return true
}

// description checks a text that becomes a comment; name is what the comment
// starts with, or empty.
func (v *validator) description(field, name, text string) {
	if !v.text(field, text) {
		return
	}
	if text != "" && strings.TrimSpace(text) == "" {
		v.add(field, "the description is blank", "")
	}
	if name != "" {
		v.notDirective(field, name+" "+oneLine(text))
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		v.notDirective(field, line)
	}
}

func (v *validator) notDirective(field, line string) {
	// BuildKit's blanks are Unicode's.
	if m := directive.FindStringSubmatch(strings.TrimLeftFunc(line, unicode.IsSpace)); m != nil {
		v.add(field, fmt.Sprintf("as a comment, this line would be read as the directive %q", strings.ToLower(m[1])),
			"begin the line with another word")
	}
}

func (v *validator) checkNames(field string, names []string) {
	for n, name := range names {
		if !checkName.MatchString(name) {
			v.add(fmt.Sprintf("%s[%d]", field, n), fmt.Sprintf("%q is no name of a build check", name), "")
		}
	}
}
