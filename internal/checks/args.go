package checks

import (
	"fmt"
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// Plan finds what is wrong with a plan, whatever its stages are.
func Plan(plan dockerfile.Plan, locate func(o dockerfile.Origin, field string) source.Span) diag.List {
	return append(Args(plan, locate), Tags(plan, locate)...)
}

// Args finds declared build arguments that BuildKit has a meaning for. It needs
// the plan alone, since they may mislead all that comes after.
//
// SOURCE_DATE_EPOCH, BUILDKIT_SBOM_SCAN_CONTEXT and BUILDKIT_SBOM_SCAN_STAGE
// are meant to be declared, and do what they say.
func Args(plan dockerfile.Plan, locate func(o dockerfile.Origin, field string) source.Span) diag.List {
	var list diag.List
	for _, a := range plan.Args {
		d := diag.Diagnostic{Code: diag.CodePredefinedArg, Severity: diag.Warning}
		switch {
		case dockerfile.IsPlatformArg(a.Name):
			// BuildKit lets a default take the place of the platform's value
			// (dockerfile2llb.buildMetaArgs).
			d.Severity = diag.Error
			d.Message = fmt.Sprintf("BuildKit sets %s itself; a default would take its value's place on every platform", a.Name)
			d.Help = fmt.Sprintf("remove it from dockerfile.args: $%s is known without it", a.Name)
		case dockerfile.IsProxyArg(a.Name):
			d.Message = fmt.Sprintf("a %s that is declared stays in the image's history, credentials included", a.Name)
			d.Help = "remove it from dockerfile.args: every RUN sees what is passed, and nothing else does"
		case ofBuild(a.Name):
			d.Message = fmt.Sprintf("BuildKit takes %s from the command that builds, whatever a Dockerfile says of it", a.Name)
			d.Help = "remove it from dockerfile.args, and pass it with --build-arg"
		default:
			continue
		}
		d.Span = locate(dockerfile.Origin{}, "args."+dockerfile.FieldName(a.Name))
		list = append(list, d)
	}
	return list
}

// ofBuild tells the arguments that are for BuildKit and not for the Dockerfile.
// https://docs.docker.com/reference/dockerfile/#buildkit-built-in-build-args
func ofBuild(name string) bool {
	return slices.Contains([]string{
		"BUILDKIT_BUILD_NAME", "BUILDKIT_CACHE_MOUNT_NS", "BUILDKIT_CONTEXT_KEEP_GIT_DIR", "BUILDKIT_DOCKERFILE_CHECK",
		"BUILDKIT_INLINE_CACHE", "BUILDKIT_MULTI_PLATFORM", "BUILDKIT_SANDBOX_HOSTNAME", "BUILDKIT_SYNTAX",
	}, name)
}
