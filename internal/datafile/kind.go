// Package datafile turns data files that a CUE file embeds into CUE's syntax. The
// syntax is at the place where the data stands in its file.
package datafile

import (
	"path"
	"slices"
	"strings"
)

// A Kind is how the bytes of a data file are read.
type Kind string

// The kinds of data files.
const (
	JSON   Kind = "json"
	YAML   Kind = "yaml"
	TOML   Kind = "toml"
	Text   Kind = "text"
	Binary Kind = "binary"
)

// Kinds are the names of all kinds, as the argument type of @embed takes them.
func Kinds() []string {
	return []string{string(JSON), string(YAML), string(TOML), string(Text), string(Binary)}
}

// KindOf is the kind of a file: the one that is named, or else the one that the
// name of the file ends in. It is false where there is no such kind.
func KindOf(file, named string) (Kind, bool) {
	if named != "" {
		return Kind(named), slices.Contains(Kinds(), named)
	}
	switch strings.TrimPrefix(path.Ext(file), ".") {
	case "json":
		return JSON, true
	case "yaml", "yml":
		return YAML, true
	case "toml":
		return TOML, true
	case "txt":
		return Text, true
	}
	return "", false
}

// Title is the name of the kind as people write it.
func (k Kind) Title() string {
	switch k {
	case Text, Binary:
		return string(k)
	}
	return strings.ToUpper(string(k))
}

// Hint says what a file of the kind is.
func (k Kind) Hint() string {
	switch k {
	case JSON:
		return "correct the file: JSON is one value, without comments and without a comma behind the last entry"
	case YAML:
		return "correct the file: it is to hold one YAML document"
	case Text:
		return "write the file in UTF-8, or embed it with type=binary"
	}
	return "correct the file"
}
