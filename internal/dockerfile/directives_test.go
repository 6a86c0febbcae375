package dockerfile

import (
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// One search finds what BuildKit finds by several.
func TestDirectives(t *testing.T) {
	for _, text := range []string{
		"", "\n", "FROM x\n", "#", "# \n", "#!\n# syntax=a\n", "#!/bin/sh\n#check=skip=all",
		"# syntax=a\n", "#syntax = a b\n# Check=skip=all;error=true\nFROM x\n", "# check=a\n# syntax=b",
		"# syntax=a\n# syntax=b\n# check=c\n", "# check=a\n# check=b\n# syntax=c\n", "# escape=`\n# syntax=a\n",
		"# a comment\n# syntax=a\n", "# other=a\n# syntax=a\n", "\n# syntax=a\n", " # syntax=a\n", "# syntax=\n# check=a\n",
		"// syntax=a\n", "# check=a\n// syntax=b\n", "//check=a\n", `{"syntax": "a", "check": "b"}`, "\xef\xbb\xbf# syntax=a\n",
	} {
		_, syntax, _, _ := parser.DetectSyntax([]byte(text))
		_, check, _, checks := parser.ParseDirective("check", []byte(text))
		if s, c, ok := directives([]byte(text)); s != syntax || c != check || ok != checks {
			t.Errorf("%q: %q, %q, %v; BuildKit finds %q, %q, %v", text, s, c, ok, syntax, check, checks)
		}
	}
}
