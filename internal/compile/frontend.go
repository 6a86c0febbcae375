package compile

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/mod/semver"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// minorVersion is the tag of a frontend image that is not always the newest.
var minorVersion = regexp.MustCompile(`:([0-9]+\.[0-9]+)[0-9.]*(-labs)?(@.*)?$`)

// frontend reports a `syntax` of the user's that names an older frontend than
// the instructions need. A tag without a minor version is always the newest.
func frontend(syntax, need, feature string, locate func(dockerfile.Origin, string) source.Span) *diag.Diagnostic {
	tag := minorVersion.FindStringSubmatch(syntax)
	if need == "" || tag == nil {
		return nil
	}
	version, labs := strings.CutSuffix(need, "-labs")
	if semver.Compare("v"+tag[1], "v"+version) >= 0 && (!labs || tag[2] != "") {
		return nil
	}
	return &diag.Diagnostic{
		Code: diag.CodeSyntaxVersion, Severity: diag.Error,
		Span:    locate(dockerfile.Origin{}, "syntax"),
		Message: fmt.Sprintf("%s needs the frontend %s, and this is %s", feature, need, tag[1]+tag[2]),
		Help:    "name a newer one, or leave `syntax` out: the compiler knows which one is needed",
	}
}
