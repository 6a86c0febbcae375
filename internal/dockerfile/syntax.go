package dockerfile

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// floor is the frontend that every supported builder brings along: 1.7.
const floor = 7

// RequiredSyntax returns the lowest version of Docker's frontend that has
// every feature of the file ("1.20", or "1.14-labs"), and the feature that
// needs it ("COPY --parents"); both are empty if version 1.7 will do.
//
// The versions are those of https://docs.docker.com/reference/dockerfile/ and
// of BuildKit's release notes.
func RequiredSyntax(f *File) (version, feature string) {
	r := &requirement{minor: floor}
	if f.Check != nil {
		r.need(8, "the check directive")
	}
	for _, s := range f.Stages {
		if len(s.Check) > 0 {
			r.need(21, "a check comment above FROM")
		}
		r.names("FROM", Names(wordParts(s.From+s.Platform)))
		for _, step := range s.Steps {
			if len(step.Check) > 0 {
				r.need(21, "a check comment above "+step.Instruction.Keyword())
			}
			r.instruction(step.Instruction)
		}
	}
	if r.feature == "" {
		return "", ""
	}
	version = "1." + strconv.Itoa(r.minor)
	if r.labs != "" {
		return version + "-labs", r.labs
	}
	return version, r.feature
}

// requirement is the newest feature that was met so far.
type requirement struct {
	minor   int
	feature string
	// labs is a feature that only the labs channel has.
	labs string
}

func (r *requirement) need(minor int, feature string) {
	if minor > r.minor {
		r.minor, r.feature = minor, feature
	}
}

func (r *requirement) names(where string, names []string) {
	if slices.Contains(names, "TARGETSTAGE") {
		r.need(11, "TARGETSTAGE in "+where)
	}
}

func (r *requirement) instruction(i Instruction) {
	for _, f := range expandedFields(i) {
		r.names(i.Keyword(), f.names())
	}
	switch i := i.(type) {
	case Run:
		r.run(i)
	case Copy:
		r.transfer("COPY", i.Chmod, i.Exclude)
		if i.Parents {
			r.need(20, "COPY --parents")
		}
	case Add:
		r.transfer("ADD", i.Chmod, i.Exclude)
		if i.Checksum != "" && !strings.HasPrefix(i.Checksum, "sha256:") && !strings.HasPrefix(i.Checksum, "$") {
			r.need(16, "ADD --checksum with a Git commit")
		}
		if i.Unpack != nil {
			r.need(17, "ADD --unpack")
		}
		for _, s := range i.Sources {
			if strings.Contains(s, "://") && strings.Contains(s, ".git?") {
				r.need(18, "ADD of a Git address with a query")
			}
		}
	case ArgUse:
		r.names("ARG", []string{i.Name})
	case OnBuild:
		r.onBuild(i.Instruction)
	}
}

func (r *requirement) run(i Run) {
	_, shell := Uses(i)
	r.names("RUN", shell)
	for _, m := range i.Mounts {
		if m.Env != "" {
			r.need(10, "RUN --mount=type=secret with env")
		}
	}
	if i.Security != "" {
		r.need(20, "RUN --security")
	}
	if len(i.Devices) > 0 {
		r.need(14, "RUN --device")
		r.labs = "RUN --device"
	}
}

// octal is a file mode in digits.
var octal = regexp.MustCompile(`^[0-7]+$`)

func (r *requirement) transfer(keyword, chmod string, exclude []string) {
	if chmod != "" && !octal.MatchString(chmod) && !strings.HasPrefix(chmod, "$") {
		r.need(14, keyword+" --chmod with a symbolic mode")
	}
	if len(exclude) > 0 {
		r.need(19, keyword+" --exclude")
	}
}

func (r *requirement) onBuild(i Instruction) {
	if i == nil {
		return
	}
	r.instruction(i)
	switch i := i.(type) {
	case Copy:
		if i.From != "" {
			r.need(11, "ONBUILD COPY --from")
		}
	case Run:
		for _, m := range i.Mounts {
			if m.From != "" {
				r.need(11, "ONBUILD RUN --mount with from")
			}
		}
	}
}
