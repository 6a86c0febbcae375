package dockerfile

import (
	"fmt"
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
	version, feature, _ = required(f)
	return version, feature
}

// required is RequiredSyntax, with the step or field that needs the version.
func required(f *File) (version, feature string, by Line) {
	r := newRequirement(f)
	for _, s := range f.Stages {
		r.stage(s)
	}
	return r.result()
}

func newRequirement(f *File) *requirement {
	r := &requirement{minor: floor}
	if f.Check != nil {
		r.need(8, "the check directive", "check")
	}
	return r
}

func (r *requirement) stage(s Stage) {
	r.from(s)
	for _, step := range s.Steps {
		r.step(step)
	}
}

// from is stage but for the steps.
func (r *requirement) from(s Stage) {
	r.origin = s.Origin
	if len(s.Check) > 0 {
		r.need(21, "a check comment above FROM", "check")
	}
	r.names("FROM", Names(wordParts(s.From+s.Platform)), "from")
}

func (r *requirement) step(s Step) {
	r.origin = s.Origin
	if len(s.Check) > 0 {
		r.need(21, "a check comment above "+s.Instruction.Keyword(), "check")
	}
	r.instruction(s.Instruction)
}

// add takes what another stage needs into account.
func (r *requirement) add(other requirement) {
	if other.minor > r.minor {
		r.minor, r.feature, r.by = other.minor, other.feature, other.by
	}
	if other.labs != "" {
		r.labs, r.labsBy = other.labs, other.labsBy
	}
}

// addFor is add for what has been found in a step or stage that is the same as
// the one of the origin.
func (r *requirement) addFor(origin Origin, same requirement) {
	same.by.Origin, same.labsBy.Origin = origin, origin
	r.add(same)
}

func (r *requirement) result() (version, feature string, by Line) {
	if r.feature == "" {
		return "", "", Line{}
	}
	version = "1." + strconv.Itoa(r.minor)
	if r.labs != "" {
		return version + "-labs", r.labs, r.labsBy
	}
	return version, r.feature, r.by
}

// requirement is the newest feature that was met so far.
type requirement struct {
	minor   int
	feature string
	// labs is a feature that only the labs channel has.
	labs string
	// origin and prefix are where the fields that are looked at stand.
	origin Origin
	prefix string
	// by and labsBy are what needs the two features.
	by, labsBy Line
}

func (r *requirement) need(minor int, feature, field string) {
	if minor > r.minor {
		r.minor, r.feature, r.by = minor, feature, Line{Origin: r.origin, Field: r.prefix + field}
	}
}

func (r *requirement) names(where string, names []string, field string) {
	if slices.Contains(names, "TARGETSTAGE") {
		r.need(11, "TARGETSTAGE in "+where, field)
	}
}

func (r *requirement) instruction(i Instruction) {
	for _, f := range expandedFields(i) {
		r.names(i.Keyword(), f.names(), f.path)
	}
	switch i := i.(type) {
	case Run:
		r.run(i)
	case Copy:
		r.transfer("COPY", i.Chmod, i.Exclude)
		if i.Parents {
			r.need(20, "COPY --parents", "copy.parents")
		}
	case Add:
		r.transfer("ADD", i.Chmod, i.Exclude)
		if i.Checksum != "" && !strings.HasPrefix(i.Checksum, "sha256:") && !strings.HasPrefix(i.Checksum, "$") {
			r.need(16, "ADD --checksum with a Git commit", "add.checksum")
		}
		if i.Unpack != nil {
			r.need(17, "ADD --unpack", "add.unpack")
		}
		for n, s := range i.Sources {
			if strings.Contains(s, "://") && strings.Contains(s, ".git?") {
				r.need(18, "ADD of a Git address with a query", fmt.Sprintf("add.src[%d]", n))
			}
		}
	case ArgUse:
		r.names("ARG", []string{i.Name}, "")
	case OnBuild:
		r.onBuild(i.Instruction)
	}
}

func (r *requirement) run(i Run) {
	r.names("RUN", commandNames(i), mainField(i))
	for n, m := range i.Mounts {
		if m.Env != "" {
			r.need(10, "RUN --mount=type=secret with env", fmt.Sprintf("mounts[%d]", n))
		}
	}
	if i.Security != "" {
		r.need(20, "RUN --security", "security")
	}
	if len(i.Devices) > 0 {
		r.need(14, "RUN --device", "devices")
		r.labs, r.labsBy = "RUN --device", Line{Origin: r.origin, Field: r.prefix + "devices"}
	}
}

func (r *requirement) transfer(keyword, chmod string, exclude []string) {
	if chmod != "" && strings.Trim(chmod, "01234567") != "" && !strings.HasPrefix(chmod, "$") {
		r.need(14, keyword+" --chmod with a symbolic mode", strings.ToLower(keyword)+".chmod")
	}
	if len(exclude) > 0 {
		r.need(19, keyword+" --exclude", strings.ToLower(keyword)+".exclude")
	}
}

func (r *requirement) onBuild(i Instruction) {
	if i == nil {
		return
	}
	r.prefix = "onbuild."
	defer func() { r.prefix = "" }()
	r.instruction(i)
	switch i := i.(type) {
	case Copy:
		if i.From != "" {
			r.need(11, "ONBUILD COPY --from", "copy.from")
		}
	case Run:
		for n, m := range i.Mounts {
			if m.From != "" {
				r.need(11, "ONBUILD RUN --mount with from", fmt.Sprintf("mounts[%d]", n))
			}
		}
	}
}
