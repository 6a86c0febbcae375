package cuediag

import (
	stderrors "errors"
	"fmt"
	"strings"

	"cuelang.org/go/cue/errors"

	"stagecue.dev/internal/diag"
)

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
		d := diag.Diagnostic{Code: diag.CodeUnknownReference, Message: oneLine(fmt.Sprintf(format, args...))}
		if len(args) > 0 {
			d.Help = declaration(text(0))
		}
		return d
	}
	return diag.Diagnostic{Code: fallback, Message: oneLine(fmt.Sprintf(format, args...))}
}

// declaration is what makes a name known that stacks often use.
func declaration(name string) string {
	switch name {
	case "variant":
		return "declare the hole: `variant: schema.#Variant`"
	case "schema":
		return "import the schema: `import \"stagecue.dev/schema\"`"
	case "strings", "list", "regexp", "math", "struct":
		return "import the package of CUE's: `import \"" + name + "\"`"
	}
	return ""
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
