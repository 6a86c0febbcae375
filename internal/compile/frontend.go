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

// frontend reports a `syntax` of the user's that names an older frontend than
// the instructions need. A tag without a minor version is always the newest.
func frontend(file *dockerfile.File, locate func(dockerfile.Origin, string) source.Span) *diag.Diagnostic {
	need, feature := dockerfile.RequiredSyntax(file)
	tag := regexp.MustCompile(`:([0-9]+\.[0-9]+)[0-9.]*(-labs)?(@.*)?$`).FindStringSubmatch(file.Syntax)
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
