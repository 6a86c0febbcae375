package index

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/source"
)

// Read reads the text of a file, of which the path is for findings.
func Read(file string, text []byte) (*Index, *diag.Diagnostic) {
	// The version is looked at first: of a later one, nothing else is known.
	var head struct{ Version int }
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, unreadable(file, fmt.Sprintf("the index is not JSON: %v", err), "have it as `stagecue gen` wrote it: is there a merge conflict in it?")
	}
	if head.Version != Version {
		return nil, unreadable(file,
			fmt.Sprintf("the index has the version %d, and this stagecue reads version %d", head.Version, Version),
			"use the version of stagecue that wrote it, or a newer one")
	}
	var x Index
	if err := json.Unmarshal(text, &x); err != nil {
		return nil, unreadable(file, fmt.Sprintf("the index is not of the form of version %d: %v", Version, err), "have it as `stagecue gen` wrote it")
	}
	x.sort()
	return &x, nil
}

func unreadable(file, message, help string) *diag.Diagnostic {
	return &diag.Diagnostic{
		Code: diag.CodeUnknownIndex, Severity: diag.Error, Span: source.Span{File: file}, Message: message, Help: help,
	}
}

// sort puts stages and variants in order, by which they are found.
func (x *Index) sort() {
	slices.SortFunc(x.Stages, func(a, b Stage) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(x.Variants, func(a, b Variant) int { return strings.Compare(a.Path, b.Path) })
}

// stage is the index of a stage by its ID.
func (x *Index) stage(id string) (int, bool) {
	return slices.BinarySearchFunc(x.Stages, id, func(s Stage, id string) int { return strings.Compare(s.ID, id) })
}

// Variant is the variant of a path, nil if there is none.
func (x *Index) Variant(path string) *Variant {
	i, ok := slices.BinarySearchFunc(x.Variants, path, func(v Variant, path string) int { return strings.Compare(v.Path, path) })
	if !ok {
		return nil
	}
	return &x.Variants[i]
}
