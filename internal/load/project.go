package load

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// projectFile holds what concerns all stacks. It may be missing.
const projectFile = "project.cue"

// A Project is what the module says for all of its stacks.
type Project struct {
	// Unmanaged are glob patterns of files below generated/ that are not
	// Stagecue's and that it is not to mention.
	Unmanaged []string
}

// Project reads project.cue at the module's root, if there is one.
func (m *Module) Project() (Project, diag.List) {
	var project Project
	if _, err := os.Stat(filepath.Join(m.Root, projectFile)); errors.Is(err, fs.ErrNotExist) {
		return project, nil
	}
	inst := m.instance(".:project")
	if inst.Err != nil {
		return project, m.loadErrors(inst.Err, projectFile)
	}
	root := cuecontext.New().BuildInstance(inst)
	v := root.LookupPath(cue.ParsePath("project"))
	if !v.Exists() {
		return project, diag.List{{
			Code: diag.CodeMissingField, Severity: diag.Error,
			Span:    source.Span{File: projectFile},
			Message: "there is no field `project`",
			Help:    "write `project: schema.#Project & {...}`",
		}}
	}
	if err := root.Validate(cue.Concrete(true)); err != nil {
		return project, m.Positions.Convert(err, root, diag.CodeEvaluation)
	}
	if v.Allows(cue.Str(nobodys)) {
		return project, diag.List{{
			Code: diag.CodeUntypedField, Severity: diag.Error,
			Span:    m.Positions.Label(v, "project"),
			Message: "the field \"project\" is not unified with the schema, so nothing in it would be checked",
			Help:    "write `project: schema.#Project & {...}`",
		}}
	}
	if err := v.LookupPath(cue.ParsePath("unmanaged")).Decode(&project.Unmanaged); err != nil && v.LookupPath(cue.ParsePath("unmanaged")).Exists() {
		return project, m.Positions.Convert(err, root, diag.CodeEvaluation)
	}
	return project, nil
}
