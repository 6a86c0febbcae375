package tree

import (
	"fmt"
	"regexp"
	"strings"
)

// CheckPath says why a path could not be written on one of the three file
// systems that repositories are checked out to; "" if it could.
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
func CheckPath(path string) string {
	reserved := regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$`)
	for _, element := range strings.Split(path, "/") {
		switch {
		case element == "" || element == "." || element == "..":
			return fmt.Sprintf("%q is no path below the tree", path)
		case reserved.MatchString(element):
			return fmt.Sprintf("Windows reserves the name %q", element)
		case strings.ContainsAny(element, `<>:"\|?*`):
			return fmt.Sprintf("Windows does not allow the name %q", element)
		case strings.HasSuffix(element, ".") || strings.HasSuffix(element, " "):
			return fmt.Sprintf("Windows drops the end of the name %q", element)
		case len(element) > 255:
			return fmt.Sprintf("the name %.20q... is longer than 255 bytes", element)
		}
	}
	return ""
}
