package report

import (
	"fmt"
	"io"
	"os"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

// UseColor decides about colour. mode is auto, always or never; anything else
// is an error. auto means a terminal that is not dumb, and is overruled by
// NO_COLOR (https://no-color.org) and, where that is not set, by FORCE_COLOR or
// CLICOLOR_FORCE, for logs that show colour without being terminals.
func UseColor(mode string, w io.Writer, getenv func(string) string) (bool, error) {
	switch mode {
	case "always":
		return true, nil
	case "never":
		return false, nil
	case "auto":
		switch {
		case getenv("NO_COLOR") != "":
			return false, nil
		case isSet(getenv("FORCE_COLOR")), isSet(getenv("CLICOLOR_FORCE")):
			return true, nil
		}
		return getenv("TERM") != "dumb" && IsTerminal(w), nil
	}
	return false, fmt.Errorf("--color is auto, always or never, not %q", mode)
}

// isSet is how the variables that force colour are read: 0 is off.
func isSet(value string) bool { return value != "" && value != "0" && value != "false" }

// Width is the number of columns of a terminal, 0 for anything else.
func Width(w io.Writer) int {
	if !IsTerminal(w) {
		return 0
	}
	width, _, err := term.GetSize(int(w.(*os.File).Fd()))
	if err != nil {
		return 0
	}
	return width
}

// IsTerminal tells whether a person may be looking at what is written.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd()))
}
