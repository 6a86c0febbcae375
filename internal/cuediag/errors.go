package cuediag

import (
	"path/filepath"
	"slices"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/diag"
)

// Convert makes diagnostics of an error of CUE's, one for each of the errors
// in it. root is the value that the paths in the errors start from; it may be
// the zero Value. Errors that are of no known kind get the code fallback.
func (p *Positions) Convert(err error, root cue.Value, fallback diag.Code) diag.List {
	list := groups(errors.Errors(err))
	var out diag.List
	for _, group := range list {
		if !isConsequence(group[0], list) {
			out = append(out, p.convert(group, root, fallback))
		}
	}
	return out
}

// isConsequence tells errors inside of what a library step expands to, where
// something is wrong with the step itself.
func isConsequence(e errors.Error, all [][]errors.Error) bool {
	path := e.Path()
	at := slices.Index(path, "expand")
	format, _ := cause(e).Msg()
	if at < 0 && format == "required field missing: %s" {
		at = len(path) - 1
	}
	if at < 0 {
		return false
	}
	for _, group := range all {
		other := group[0].Path()
		if len(other) > at && slices.Equal(other[:at], path[:at]) && other[at] != "expand" && !slices.Equal(other, path) {
			return true
		}
	}
	return false
}

// groups puts the arms of a failed disjunction together: CUE lists them behind
// a headline, as errors of the same path.
func groups(list []errors.Error) [][]errors.Error {
	var out [][]errors.Error
	headline := map[string]int{}
	for _, e := range list {
		path := strings.Join(e.Path(), "\x00")
		format, _ := e.Msg()
		if at, ok := headline[path]; ok && !strings.HasSuffix(format, "errors in empty disjunction:") {
			out[at] = append(out[at], e)
			continue
		}
		if strings.HasSuffix(format, "errors in empty disjunction:") {
			if _, ok := headline[path]; ok {
				continue
			}
			headline[path] = len(out)
		}
		out = append(out, []errors.Error{e})
	}
	return out
}

func (p *Positions) convert(group []errors.Error, root cue.Value, fallback diag.Code) diag.Diagnostic {
	e := group[0]
	var d diag.Diagnostic
	if len(group) > 1 {
		d = disjunction(group)
		e = group[len(group)-1]
	} else {
		d = explain(e, fallback)
	}
	d.Severity = diag.Error
	// What CUE says of files is this machine's.
	d.Message = strings.NewReplacer(p.root+string(filepath.Separator), "", p.root, ".").Replace(d.Message)
	path := e.Path()
	if step := libraryStep(root, path); step != nil && internalCode(d.Code) && !p.isUser(cause(e).Position()) {
		// The schema's own names would mean nothing to the user.
		return diag.Diagnostic{
			Code: diag.CodeIncomplete, Severity: diag.Error,
			Message: PathString(step) + ": it cannot be worked out what this stands for, since a value that it needs is not settled",
			Span:    p.At(root, append(selectors(step), cue.Str(""))),
			Help:    "library steps read their settings from `stages: #packages: {manager: ...}`",
		}
	}
	if len(path) == 3 && path[0] == "stages" && path[2] == "name" && d.Code == diag.CodeInvalidValue {
		d.Code, d.Message = diag.CodeStageName, strings.TrimPrefix(d.Message, "invalid value ")+" is no name for a stage"
	}
	if where := PathString(path); where != "" && d.Code != diag.CodeStageName && fallback != diag.CodeLoad && !strings.HasPrefix(d.Message, "reference ") {
		d.Message = where + ": " + d.Message
	}
	d.Span = p.primary(e, root, d.Code)
	format, _ := cause(e).Msg()
	switch {
	case d.Code == diag.CodeUnknownField:
		p.suggestField(&d, root, path)
	case d.Code == diag.CodeUnknownReference:
		before := d.Message
		p.suggestReference(&d, root, cause(e).Position())
		if where := PathString(path); where != "" && d.Message != before {
			d.Message = where + ": " + d.Message
		}
	case len(path) > 0 && format != "%s" && wantsDoc(d.Code):
		var positions []token.Pos
		for _, e := range group {
			positions = append(positions, errors.Positions(e)...)
		}
		d.Help = p.schemaDoc(positions, path, strings.HasPrefix(format, "invalid value"))
	}
	if d.Code == diag.CodeConflict || strings.HasPrefix(format, "cannot use") {
		p.relateLiterals(&d, e)
	}
	return d
}

// wantsDoc tells whether the schema's documentation helps with an error: it
// does where the schema is what was violated.
func wantsDoc(code diag.Code) bool {
	switch code {
	case diag.CodeInvalidValue, diag.CodeMissingField, diag.CodeConflict, diag.CodeStageName:
		return true
	}
	return false
}
