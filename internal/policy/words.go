package policy

import (
	"maps"
	"slices"

	"cuelang.org/go/cue"
)

// words are the fields of a condition that must be one of certain strings, and
// whether it has no others. If it has, only those count that must be one string:
// what is wrong with the others comes out in all that may be meant.
func words(when cue.Value) (out map[string][]string, all bool) {
	out, several := map[string][]string{}, map[string][]string{}
	fields, err := when.Fields()
	all = err == nil
	for err == nil && fields.Next() {
		name, v := fields.Selector().Unquoted(), fields.Value()
		if word, err := v.String(); err == nil {
			out[name] = []string{word}
		} else if list := alternatives(v); list != nil {
			several[name] = list
		} else {
			all = false
		}
	}
	if all {
		maps.Copy(out, several)
	}
	return out, all
}

// alternatives are the strings of which one must be, nil for anything else.
func alternatives(v cue.Value) []string {
	var list []string
	for _, arm := range choice(v) {
		word, err := arm.String()
		if err != nil {
			return nil
		}
		list = append(list, word)
	}
	return list
}

// matches tells by the words of a condition alone whether it may hold.
func (s *subject) matches(words map[string][]string) bool {
	if len(words) == 0 {
		return true
	}
	view := s.view(func(name string) bool { return words[name] != nil })
	for name, list := range words {
		fact, ok := view.Field(name)
		word, isWord := fact.Data.(string)
		if !ok || !isWord || !slices.Contains(list, word) {
			return false
		}
	}
	return true
}
