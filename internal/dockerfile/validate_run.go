package dockerfile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// mountSize is the size of a tmpfs, as the schema has it.
var mountSize = regexp.MustCompile(`^[0-9]{1,9}[bkmgBKMG]?$`)

func (v *validator) run(r Run) {
	before := len(v.problems)
	forms := 0
	for _, set := range []bool{r.Shell != "", r.Script != "", len(r.Exec) > 0} {
		if set {
			forms++
		}
	}
	if forms != 1 {
		v.add(mainField(r), "RUN needs exactly one of run, script and exec", "")
		return
	}
	switch {
	case r.Shell != "":
		v.shellText("run", r.Shell)
	case r.Script != "":
		if v.text("script", r.Script) && strings.TrimSpace(r.Script) == "" {
			v.add("script", "the script is empty", "")
		}
	default:
		v.argv("exec", r.Exec)
	}
	v.oneOf("network", r.Network, instructions.NetworkDefault, instructions.NetworkNone, instructions.NetworkHost)
	v.oneOf("security", r.Security, instructions.SecuritySandbox, instructions.SecurityInsecure)
	for n, d := range r.Devices {
		field := fmt.Sprintf("devices[%d]", n)
		if !v.flagText(field, d) {
			continue
		}
		if dev, err := instructions.ParseDevice(d); err != nil || dev.Name == "" {
			v.add(field, fmt.Sprintf("%s is no device", excerpt(d)), `write "vendor.com/class=name", and ",required" behind it if need be`)
		}
	}
	fine := true
	for n, m := range r.Mounts {
		fine = v.mount(fmt.Sprintf("mounts[%d]", n), m) && fine
	}
	if fine {
		v.readMounts(r.Mounts)
	}
	if len(v.problems) == before {
		v.heredocs(r)
	}
}

func (v *validator) oneOf(field, value string, allowed ...string) {
	if value == "" || slices.Contains(allowed, value) {
		return
	}
	v.add(field, fmt.Sprintf("%q is not one of %s", excerpt(value), strings.Join(allowed, ", ")), "")
}

// mount checks the fields of a mount one by one, and reports whether nothing
// was wrong.
func (v *validator) mount(path string, m Mount) bool {
	before := len(v.problems)
	for _, f := range mountStrings(m) {
		if f.value == "" {
			continue
		}
		field := path + "." + f.name
		switch {
		case f.name == "from":
			v.unexpanded(field, f.value)
		case f.expanded:
			v.flagWord(field, f.value)
		default:
			if v.flagText(field, f.value) && strings.ContainsAny(f.value, `$\'" `) {
				v.add(field, fmt.Sprintf("%s is not allowed here", excerpt(f.value)), "")
			}
		}
	}
	// BuildKit would expand variables here, and take capitals.
	v.oneOf(path+".type", m.Type, "bind", "cache", "tmpfs", "secret", "ssh")
	if len(v.problems) > before {
		return false
	}
	hasTarget := m.Target != "" && m.Target != "/"
	switch {
	case m.Env != "" && (m.Type != "secret" || !isVariable(m.Env)):
		v.add(path+".env", "only a secret can be an environment variable", "")
	case m.ReadOnly && m.ReadWrite:
		v.add(path+".readwrite", "a mount is either readonly or readwrite", "")
	case m.Size != "" && !mountSize.MatchString(m.Size):
		v.add(path+".size", fmt.Sprintf("%s is no size", excerpt(m.Size)), `write "64m"`)
	case (m.Type == "bind" || m.Type == "cache" || m.Type == "tmpfs") && !hasTarget:
		v.add(path+".target", "a mount needs a target other than /", "")
	}
	return len(v.problems) == before
}

// readMounts asks BuildKit whether the fields of each mount go together.
func (v *validator) readMounts(mounts []Mount) {
	// All at once first, since there is rarely anything to find.
	if len(mounts) == 0 || readMounts(mounts) == nil {
		return
	}
	for n := range mounts {
		if err := readMounts(mounts[n : n+1]); err != nil {
			v.add(fmt.Sprintf("mounts[%d]", n), fmt.Sprintf("BuildKit refuses the mount: %v", err), "")
		}
	}
}

// readMounts has BuildKit read mounts with all variables set.
func readMounts(mounts []Mount) error {
	node := &parser.Node{Value: "RUN", Next: &parser.Node{Value: "x"}}
	for _, m := range mounts {
		node.Flags = append(node.Flags, "--mount="+mountValue(m))
	}
	command, err := instructions.ParseCommand(node)
	if err != nil {
		return err
	}
	run, ok := command.(*instructions.RunCommand)
	if !ok {
		return fmt.Errorf("read as %s", command.Name())
	}
	return run.Expand(expander(&allSet{}))
}

// heredocCount is the number of heredocs that an instruction is written with.
func heredocCount(i Instruction) int {
	switch i := i.(type) {
	case Run:
		if i.Script != "" {
			return 1
		}
	case Copy:
		return len(i.Files)
	case Add:
		return len(i.Files)
	}
	return 0
}

// heredocs asks BuildKit's parser how many heredocs it sees in an instruction:
// it finds "<<" in places where no shell would, and overlooks every heredoc in
// a line that holds a "${" it cannot read.
func (v *validator) heredocs(i Instruction) {
	count := heredocCount(i)
	suspect, sign := rowText(render(i)), "<<"
	text := suspect
	if count > 0 {
		sign = "${"
	}
	if r, ok := i.(Run); ok && count > 0 {
		suspect = rowText(runFlags(r))
	}
	if !strings.Contains(suspect, sign) || slices.ContainsFunc(strings.Split(text, "\n"), isTooLong) {
		return
	}
	result, err := parser.Parse(strings.NewReader(text + "\n"))
	switch {
	case err == nil && len(result.AST.Children) == 1 && len(result.AST.Children[0].Heredocs) == count:
	case count > 0:
		v.add(mainField(i), "BuildKit does not find the heredoc behind these flags", `remove "${" from the flags`)
	default:
		v.add(mainField(i), `BuildKit would read "<<" as the start of a heredoc`, `use script, or quote "<<"`)
	}
}
