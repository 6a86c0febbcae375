package cuediag

import (
	stderrors "errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/errors"
	"cuelang.org/go/cue/token"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
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
		p.suggestReference(&d, root, cause(e).Position())
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

// relateLiterals names the other values of the user's that an error is about.
func (p *Positions) relateLiterals(d *diag.Diagnostic, e errors.Error) {
	for _, pos := range slices.Concat(errors.Positions(e), cause(e).InputPositions()) {
		if !p.isUser(pos) || !p.isLiteral(pos) {
			continue
		}
		related := diag.Related{Span: p.Span(pos), Label: "the other value stands here"}
		if d.Code != diag.CodeConflict {
			related.Label = "the value stands here"
		}
		if related.Span != d.Span && !slices.Contains(d.Related, related) {
			d.Related = append(d.Related, related)
		}
	}
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

// internalCode tells errors that come up inside of what the schema works out.
func internalCode(code diag.Code) bool {
	return code == diag.CodeUnknownReference || code == diag.CodeIncomplete
}

// libraryStep is the part of a path that leads to a library step, where the
// path leads further: stages.x.steps[0].install. It is nil for other paths.
func libraryStep(root cue.Value, path []string) []string {
	for i := len(path) - 4; i >= 0; i-- {
		if _, err := strconv.Atoi(path[i+1]); path[i] != "steps" || err != nil {
			continue
		}
		step := path[:i+3]
		if root.LookupPath(cue.MakePath(append(selectors(step), cue.Str("expand"))...)).Exists() {
			return step
		}
		return nil
	}
	return nil
}

// primary is the user's own place of an error.
func (p *Positions) primary(e errors.Error, root cue.Value, code diag.Code) source.Span {
	var user []source.Span
	best := source.Span{}
	if inner := cause(e); inner != e && p.isUser(inner.Position()) {
		return p.Span(inner.Position())
	}
	for _, pos := range errors.Positions(e) {
		if !p.isUser(pos) {
			continue
		}
		span := p.Span(pos)
		user = append(user, span)
		if p.isLiteral(pos) {
			best = span
		}
	}
	switch {
	case code == diag.CodeMissingField:
		// The user's place is the struct that lacks the field.
		if span := p.enclosing(root, e.Path()); span.IsValid() {
			return span
		}
	case code == diag.CodeUnknownReference || code == diag.CodeSyntax:
		if p.isUser(e.Position()) {
			return p.Span(e.Position())
		}
	case best.IsValid():
		return best
	}
	if span := p.enclosing(root, append(slices.Clone(e.Path()), "")); span.IsValid() && len(user) == 0 {
		return span
	}
	if len(user) > 0 {
		return user[len(user)-1]
	}
	return p.Span(e.Position())
}

// enclosing is the place of the innermost value above the last element of path
// that the user wrote.
func (p *Positions) enclosing(root cue.Value, path []string) source.Span {
	if len(path) == 0 {
		return source.Span{}
	}
	return p.At(root, selectors(path[:len(path)-1]))
}

// explain puts one error of CUE's into words. The formats are those of
// cuelang.org/go v0.17.1; what is not known is passed on as CUE says it.
func explain(e errors.Error, fallback diag.Code) diag.Diagnostic {
	format, args := cause(e).Msg()
	if format == "%s" && len(args) == 0 || stderrors.Unwrap(cause(e)) != nil {
		// An error that is not CUE's own, in the clothes of one.
		return diag.Diagnostic{Code: fallback, Message: oneLine(cause(e).Error())}
	}
	text := func(i int) string { return oneLine(fmt.Sprint(args[i])) }
	switch format {
	case "field not allowed":
		return diag.Diagnostic{Code: diag.CodeUnknownField, Message: "unknown field"}
	case "field is required but not present":
		return diag.Diagnostic{Code: diag.CodeMissingField, Message: "this field is required"}
	case "required field missing: %s":
		return diag.Diagnostic{Code: diag.CodeMissingField, Message: fmt.Sprintf("the field %q is required", text(0))}
	case "invalid value %v (out of bound %s)":
		d := diag.Diagnostic{Code: diag.CodeInvalidValue, Message: "invalid value " + text(0)}
		if bound := text(1); len(bound) <= maxBound {
			d.Notes = []string{"it must be " + bound}
		}
		return d
	case "conflicting values %s and %s (mismatched types %s and %s)":
		return diag.Diagnostic{Code: diag.CodeInvalidValue, Message: mismatch(text(0), text(1), text(2), text(3))}
	case "cannot use %s (type %s) as type %s":
		if text(0) == "null" {
			return diag.Diagnostic{
				Code:    diag.CodeEvaluation,
				Message: "a fact that does not apply (null) cannot be part of a text",
				Help:    "leave the step or the field out where it does not apply: `if variant.<axis>.<fact> != null {...}`",
			}
		}
		return diag.Diagnostic{Code: diag.CodeEvaluation, Message: fmt.Sprintf("%s cannot be used here, where %s is wanted", text(0), text(2))}
	case "conflicting values %s and %s":
		return diag.Diagnostic{Code: diag.CodeConflict, Message: fmt.Sprintf("it cannot be %s and %s at once", text(0), text(1))}
	case "incomplete value %v":
		return diag.Diagnostic{Code: diag.CodeIncomplete, Message: "the value is not settled, it is only known to be " + text(0)}
	case "undefined field: %s":
		return diag.Diagnostic{Code: diag.CodeUnknownReference, Message: "there is no field " + text(0) + " to refer to"}
	case "incompatible list lengths (%d and %d)":
		return diag.Diagnostic{Code: diag.CodeInvalidValue, Message: fmt.Sprintf(
			"the list has the wrong length: %s and %s elements do not go together", text(0), text(1))}
	case "%s":
		if fallback == diag.CodeLoad {
			break
		}
		// The schema's own words, by error().
		return diag.Diagnostic{Code: diag.CodeInvalidValue, Message: text(0)}
	}
	if strings.HasPrefix(format, "non-concrete value") {
		return diag.Diagnostic{Code: diag.CodeIncomplete, Message: "a value that is needed here is not settled"}
	}
	if strings.HasPrefix(format, "reference ") {
		return diag.Diagnostic{Code: diag.CodeUnknownReference, Message: oneLine(fmt.Sprintf(format, args...))}
	}
	return diag.Diagnostic{Code: fallback, Message: oneLine(fmt.Sprintf(format, args...))}
}

// cause is the innermost of wrapped errors: "invalid interpolation" says less
// than what is invalid in it.
func cause(e errors.Error) errors.Error {
	for {
		inner, ok := stderrors.Unwrap(e).(errors.Error)
		if !ok {
			return e
		}
		e = inner
	}
}

// mismatch puts two values of different types into words. Mostly one of them
// is the type that the schema wants.
func mismatch(a, b, kindA, kindB string) string {
	typeA, typeB := likeType(a, kindA), likeType(b, kindB)
	if typeA == typeB {
		return fmt.Sprintf("%s and %s do not go together", described(a, kindA), described(b, kindB))
	}
	if typeB > typeA {
		a, b, kindA, kindB = b, a, kindB, kindA
	}
	return fmt.Sprintf("it must be of type %s, not %s", kindA, described(b, kindB))
}

// described is a value with its type, or the type alone of a longer one.
func described(text, kind string) string {
	switch {
	case kind == "null":
		return "null"
	case len(text) > maxBound || kind == "struct" || text == kind:
		return "a " + kind
	}
	return fmt.Sprintf("%s (%s)", text, kind)
}

// likeType tells, by how CUE prints them, how likely a text is a type or a
// bound of the schema's, rather than a value: 2 for certain, 1 for a struct or
// list that could be either.
func likeType(text, kind string) int {
	if text == kind && kind != "null" || strings.Contains(text, "?:") || strings.Contains(text, "!:") {
		return 2
	}
	for _, prefix := range []string{"[...", "[#", "[string", "=~", "!", ">", "<", "close("} {
		if strings.HasPrefix(text, prefix) {
			return 2
		}
	}
	if strings.HasPrefix(text, "{") {
		return 1
	}
	return 0
}

// maxBound is how long a bound may be to be shown; longer ones are patterns
// that the schema's documentation says better.
const maxBound = 60

// disjunction puts a choice of which nothing fits into words.
func disjunction(group []errors.Error) diag.Diagnostic {
	count := map[string]int{}
	var values []string
	for _, e := range group[1:] {
		format, args := e.Msg()
		if format == "%s" {
			return explain(e, diag.CodeInvalidValue)
		}
		if strings.HasPrefix(format, "conflicting values %s and %s") {
			for _, a := range args[:2] {
				v := oneLine(fmt.Sprint(a))
				if count[v]++; count[v] == 1 {
					values = append(values, v)
				}
			}
		}
	}
	var got string
	var want []string
	for _, v := range values {
		if count[v] > 1 || len(values) == 2 && got == "" {
			got = v
		} else {
			want = append(want, v)
		}
	}
	if got == "" || len(want) == 0 {
		return explain(group[len(group)-1], diag.CodeInvalidValue)
	}
	return diag.Diagnostic{Code: diag.CodeInvalidValue, Message: fmt.Sprintf("expected one of %s; got %s", strings.Join(want, ", "), got)}
}

// oneLine keeps a value that is printed over several lines on one.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
