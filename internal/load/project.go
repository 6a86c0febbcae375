package load

import (
	"fmt"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"
	"github.com/bmatcuk/doublestar/v4"

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
	// Cache is where builds keep their caches, nil if nothing is said.
	Cache *Cache
	// Always and Ignore are glob patterns of files of the module: of those whose
	// change affects all images, and of those whose change affects none.
	Always, Ignore []string
}

// A Cache is a repository of a registry for the caches of builds.
type Cache struct {
	Repository string
	// Mode is "min" or "max", or empty for what is usual.
	Mode string
}

// Project reads project.cue at the module's root, if there is one.
func (m *Module) Project() (Project, diag.List) {
	var project Project
	if !m.hasProject {
		return project, nil
	}
	if list := m.unreadable["."]; len(list) > 0 {
		return project, list
	}
	inst, embedded := m.instance(".:project")
	if inst.Err != nil {
		return project, m.loadErrors(inst.Err, projectFile)
	}
	if len(embedded) > 0 {
		return project, placed(embedded, projectFile)
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
	for _, field := range []struct {
		name string
		to   any
	}{{"unmanaged", &project.Unmanaged}, {"cache", &project.Cache}, {"always", &project.Always}, {"ignore", &project.Ignore}} {
		if v := v.LookupPath(cue.ParsePath(field.name)); v.Exists() {
			if err := v.Decode(field.to); err != nil {
				return project, m.Positions.Convert(err, root, diag.CodeEvaluation)
			}
		}
	}
	return project, m.globs(v)
}

// globs reports patterns that are none.
func (m *Module) globs(project cue.Value) diag.List {
	var list diag.List
	for _, name := range []string{"unmanaged", "always", "ignore"} {
		patterns, _ := project.LookupPath(cue.ParsePath(name)).List() // an empty one, if there is none
		for patterns.Next() {
			if text, _ := patterns.Value().String(); !doublestar.ValidatePattern(text) {
				list = append(list, diag.Diagnostic{
					Code: diag.CodeInvalidValue, Severity: diag.Error,
					Span:    m.Positions.Value(patterns.Value()),
					Message: fmt.Sprintf("project.%s: %q is no glob pattern", name, text),
					Help:    "a [ and a { need their closing bracket; a backslash before one takes its meaning away",
				})
			}
		}
	}
	return list
}
