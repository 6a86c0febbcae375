package tree

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// A PathProblem is a path that one of the file systems that repositories are
// checked out to would not take.
type PathProblem struct {
	Path string
	// Reason is what is wrong with it.
	Reason string
	// Other is the path that it collides with; "" for a path that is wrong by
	// itself.
	Other string
}

// CheckPaths finds the paths that could not be written on Linux, macOS and
// Windows alike: by their names, or because of two only one can be there. The
// problems are in order of their paths; each path has one at most.
func CheckPaths(paths []string) []PathProblem {
	sorted := slices.Sorted(slices.Values(paths))
	// The first path for each name of a file, and for each spelling of a
	// directory, where case does not count.
	files, dirs, spelling := map[string]string{}, map[string]string{}, map[string]string{}
	var out []PathProblem
	collide := func(path, other, format string, args ...any) bool {
		out = append(out, PathProblem{Path: path, Other: other, Reason: fmt.Sprintf(format, args...)})
		return true
	}
	check := func(path string) bool {
		key := fold(path)
		if other, ok := files[key]; ok {
			if other == path {
				return collide(path, other, "two files have this path")
			}
			return collide(path, other, "macOS and Windows take it for the same file as %s", other)
		}
		if other, ok := dirs[key]; ok {
			return collide(path, other, "it is a directory of %s as well", other)
		}
		for i, c := range path {
			if c != '/' {
				continue
			}
			if other, ok := files[fold(path[:i])]; ok {
				return collide(path, other, "one of its directories is the file %s as well", other)
			}
			if dir, ok := spelling[fold(path[:i])]; ok && dir != path[:i] {
				return collide(path, dirs[fold(dir)], "macOS and Windows take %s for the same directory as %s", path[:i], dir)
			}
		}
		return false
	}
	for _, path := range sorted {
		if reason := CheckPath(path); reason != "" {
			out = append(out, PathProblem{Path: path, Reason: reason})
			continue
		}
		if check(path) {
			continue
		}
		files[fold(path)] = path
		for i, c := range path {
			if c == '/' && dirs[fold(path[:i])] == "" {
				dirs[fold(path[:i])], spelling[fold(path[:i])] = path, path[:i]
			}
		}
	}
	return out
}

// fold is what two paths have in common that a file system without cases, or
// one that composes characters, takes for the same.
func fold(path string) string {
	if isASCII(path) {
		return strings.ToLower(path)
	}
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(path)))
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// isReserved tells the names of devices, with any extension.
func isReserved(element string) bool {
	name, _, _ := strings.Cut(strings.ToLower(element), ".")
	name = strings.TrimRight(name, " ")
	if slices.Contains([]string{"con", "prn", "aux", "nul", "conin$", "conout$"}, name) {
		return true
	}
	number, ok := strings.CutPrefix(name, "com")
	if !ok {
		number, ok = strings.CutPrefix(name, "lpt")
	}
	return ok && utf8.RuneCountInString(number) == 1 && strings.Contains("0123456789¹²³", number)
}

// maxElement is the length of a name on ext4, APFS and NTFS.
const maxElement = 255

// CheckPath says why a path could not be written on one of the three systems;
// "" if it could.
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
func CheckPath(path string) string {
	if !utf8.ValidString(path) {
		return fmt.Sprintf("%q is no UTF-8", path)
	}
	if strings.HasPrefix(path, "/") {
		return fmt.Sprintf("%q is an absolute path", path)
	}
	for element := range strings.SplitSeq(path, "/") {
		switch {
		case element == "" || element == "." || element == "..":
			return fmt.Sprintf("%q is no path below the tree", path)
		case isReserved(element):
			return fmt.Sprintf("Windows reserves the name %q", element)
		case strings.ContainsAny(element, `<>:"\|?*`) || strings.ContainsFunc(element, isControl):
			return fmt.Sprintf("Windows does not allow the name %q", element)
		case strings.HasSuffix(element, ".") || strings.HasSuffix(element, " "):
			return fmt.Sprintf("Windows drops the end of the name %q", element)
		case len(element) > maxElement:
			return fmt.Sprintf("the name %.20q... is longer than %d bytes", element, maxElement)
		}
	}
	return ""
}

func isControl(r rune) bool { return r < ' ' || r == '\x7f' }
