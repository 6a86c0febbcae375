package compile

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/tree"
)

// paths reports Dockerfiles that could not be written on every file system that
// repositories are checked out to, or not all of them beside each other.
func paths(outputs []output) diag.List {
	all := make([]string, 0, len(outputs))
	for i := range outputs {
		if path := outputs[i].file.Path; path != "" {
			all = append(all, path)
		}
	}
	problems := tree.CheckPaths(all)
	if len(problems) == 0 {
		return nil
	}
	byPath := map[string][]output{}
	for _, o := range outputs {
		if o.file.Path != "" {
			byPath[o.file.Path] = append(byPath[o.file.Path], o)
		}
	}
	var list diag.List
	reported := map[string]int{}
	for _, p := range problems {
		n := reported[p.Path]
		reported[p.Path]++
		if p.Other == p.Path {
			n++ // the first of them has the path
		}
		o := byPath[p.Path][n]
		d := diag.Diagnostic{Severity: diag.Error, Span: o.filled.Locate(dockerfile.Origin{}, "path")}
		if p.Other == "" {
			d.Code = diag.CodeOutputPath
			d.Message = "the output path cannot be had everywhere: " + p.Reason
			d.Help = "choose another dockerfile.path"
			if o.file.Variant != "" {
				d.Notes = []string{"in the variant " + o.file.Variant}
			}
		} else {
			collision(&d, byPath[p.Other][0], o, p)
		}
		list = append(list, d)
	}
	return list
}

// furtherPaths reports further files that could not be beside Dockerfiles, each
// at the path of the variant that is in the way.
func furtherPaths(outputs []output, further []File) diag.List {
	all := make([]string, 0, len(outputs)+len(further))
	for i := range outputs {
		all = append(all, outputs[i].file.Path)
	}
	for i := range further {
		all = append(all, further[i].Path)
	}
	problems := tree.CheckPaths(all)
	if len(problems) == 0 {
		return nil
	}
	owner := map[string]output{}
	for _, o := range outputs {
		owner[o.file.Path] = o
	}
	var list diag.List
	for _, p := range problems {
		o, ok := owner[p.Path]
		if !ok {
			if o, ok = owner[p.Other]; !ok {
				o = ownerOf(outputs, p)
			}
		}
		d := diag.Diagnostic{
			Code: diag.CodeOutputPath, Severity: diag.Error, Help: "choose another dockerfile.path",
			Message: fmt.Sprintf("the output path %q is in the way of another generated file: %s", o.path, p.Reason),
		}
		if o.filled != nil {
			d.Span = o.filled.Locate(dockerfile.Origin{}, "path")
		}
		list = append(list, d)
	}
	return list
}

// ownerOf is the variant beside whose Dockerfile one of two files stands.
func ownerOf(outputs []output, p tree.PathProblem) output {
	for _, o := range outputs {
		if dir := path.Dir(o.file.Path) + "/"; strings.HasPrefix(p.Path, dir) || p.Other != "" && strings.HasPrefix(p.Other, dir) {
			return o
		}
	}
	return output{}
}

// collision words that the Dockerfiles of two variants cannot be beside each
// other.
func collision(d *diag.Diagnostic, first, second output, p tree.PathProblem) {
	d.Code = diag.CodeDuplicatePath
	d.Message = fmt.Sprintf("two variants have the output path %q", second.path)
	if !strings.EqualFold(p.Path, p.Other) {
		d.Message = fmt.Sprintf("the output path %q is in the way of another one: %s", second.path, p.Reason)
	}
	if first.file.Stack != second.file.Stack {
		d.Notes = []string{first.name(), second.name()}
		d.Help = "choose another dockerfile.path in one of the stacks"
		return
	}
	d.Notes = []string{first.file.Variant, second.file.Variant}
	d.Help = fmt.Sprintf("let dockerfile.path tell them apart: by %s", strings.Join(differing(first, second), ", "))
}

// name tells an output from those of other stacks.
func (o output) name() string {
	return strings.TrimSpace("stack " + o.file.Stack + " " + o.file.Variant)
}

// differing are the axes in which two variants differ, as stage code reads them.
func differing(a, b output) []string {
	var out []string
	left, right := strings.Fields(a.file.Variant), strings.Fields(b.file.Variant)
	for i := range left {
		if left[i] != right[i] {
			axis, _, _ := strings.Cut(left[i], "=")
			out = append(out, fmt.Sprintf("\\(variant.%s.id)", axis))
		}
	}
	return slices.Compact(out)
}
