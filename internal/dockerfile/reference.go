package dockerfile

import "strings"

// SplitReference divides an image reference. What is not there is empty.
func SplitReference(ref string) (repository, tag, digest string) {
	ref, digest, _ = strings.Cut(ref, "@")
	if i := strings.LastIndexByte(ref, ':'); i > strings.LastIndexByte(ref, '/') {
		return ref[:i], ref[i+1:], digest
	}
	return ref, "", digest
}

// TagInputs are the names of the inputs that a tag uses, in order. It is false
// if there is a dollar sign or a brace that is not part of ${NAME}.
func TagInputs(tag string) (names []string, ok bool) {
	for {
		before, rest, found := strings.Cut(tag, "${")
		if strings.ContainsAny(before, "${}") {
			return names, false
		}
		if !found {
			return names, true
		}
		end := nameEnd(rest, 0)
		if end == 0 || end == len(rest) || rest[end] != '}' {
			return names, false
		}
		names, tag = append(names, rest[:end]), rest[end+1:]
	}
}
