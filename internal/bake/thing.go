package bake

import (
	"cmp"
	"fmt"
	"strings"
)

// thing is what a variable stands for.
type thing struct {
	kind kind
	name string
}

type kind int

const (
	anInput kind = iota
	anArg
	aContext
	aSecret
	anAgent
)

// String names the thing for people.
func (t thing) String() string {
	switch t.kind {
	case anInput:
		return "the input " + t.name
	case anArg:
		return "the build argument " + t.name
	case aContext:
		return fmt.Sprintf("the named context %q", t.name)
	case aSecret:
		return fmt.Sprintf("the secret %q", t.name)
	default:
		return fmt.Sprintf("the SSH agent %q", t.name)
	}
}

// variable is a variable for it. A build argument is not given by its own name:
// an environment has a PYTHON_VERSION or CUDA_VERSION for reasons of its own.
func (t thing) variable(description string) *variable {
	v := &variable{of: t}
	switch t.kind {
	case anInput:
		v.name, v.description = t.name, description
		v.passed = value(v.name)
	case anArg:
		v.name, v.description = "ARG_"+t.name, cmp.Or(description, t.String())
		v.passed = value(v.name)
	case aContext:
		v.name, v.byDefault = upper("CONTEXT", t.name), new("")
		v.description = fmt.Sprintf("the named context %s: a directory, an image (docker-image://...) or an address", t.name)
		v.passed = value(v.name)
	case aSecret:
		v.name, v.byDefault = upper("SECRET", t.name), new("")
		v.description = fmt.Sprintf("where the secret %s is: env=NAME or src=FILE", t.name)
		v.passed = ifGiven([]string{v.name}, "id="+csv(literal(t.name))+","+value(v.name))
	case anAgent:
		v.name, v.byDefault = upper("SSH", t.name), new("")
		v.description = fmt.Sprintf("the socket of the SSH agent %s, or a key", t.name)
		v.passed = ifGiven([]string{v.name}, literal(t.name)+"="+value(v.name))
	}
	return v
}

// upper is a name as names of variables are.
func upper(kind, name string) string {
	return kind + "_" + strings.ToUpper(strings.ReplaceAll(fitted(name, '_'), "-", "_"))
}
