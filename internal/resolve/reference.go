package resolve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/distribution/reference"
	"github.com/moby/buildkit/frontend/dockerfile/shell"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// references collects the edges of a stage for one platform.
func (r *resolver) references(n *node, platform string) []edge {
	s := n.stage
	if s.From == "" {
		return nil // it could not be decoded, which has been reported
	}
	edges := make([]edge, 0, 2)
	add := func(name, field string, o dockerfile.Origin, base bool) bool {
		to, ok := r.refer(name, field, o, s.Name)
		if ok {
			edges = append(edges, edge{to: to, field: field, from: o, base: base})
		}
		return ok
	}
	if base, ok := r.expandFrom(s, platform); ok {
		if base != s.From && bareWord(base) && base != "scratch" && !slices.Contains(r.Stages, base) && !slices.Contains(r.Plan.Contexts, base) {
			r.noBase(s, base, platform)
		} else if !add(base, "from", s.Origin, true) {
			n.onImage = true
		}
	}
	for _, step := range s.Steps {
		switch i := step.Instruction.(type) {
		case dockerfile.Copy:
			if i.From != "" {
				add(i.From, "copy.from", step.Origin, false)
			}
		case dockerfile.Run:
			for k, m := range i.Mounts {
				if m.From != "" {
					add(m.From, fmt.Sprintf("mounts[%d].from", k), step.Origin, false)
				}
			}
		}
	}
	return edges
}

// noBase reports a base that is nothing once its variables are expanded.
func (r *resolver) noBase(s dockerfile.Stage, base, platform string) {
	when, help := "by default", suggest(base, r.Stages, "give the build argument a default that makes it a stage or an image with a tag")
	if dependsOnPlatform(s.From) {
		when, help = "for "+platform, fmt.Sprintf("add a stage %q, or leave %s out of the target's platforms", base, platform)
	}
	r.report(diag.CodeUnknownStage, s.Origin, "from",
		fmt.Sprintf("stage %q is built from %q, which %s is %q: no stage, image or context", s.Name, s.From, when, base), help)
}

func dependsOnPlatform(from string) bool {
	parts, err := dockerfile.ParseWord(from)
	return err == nil && slices.ContainsFunc(dockerfile.Names(parts), dockerfile.IsPlatformArg)
}

// refer tells which stage a name means, if it means one. What is no stage must
// be `scratch`, a named context or an image with a tag or a digest: a
// misspelt stage would otherwise become an image of Docker Hub.
func (r *resolver) refer(name, field string, o dockerfile.Origin, stage string) (string, bool) {
	verb := "copies from"
	switch {
	case field == "from":
		verb = "is built from"
	case strings.HasPrefix(field, "mounts"):
		verb = "mounts from"
	}
	if strings.Contains(name, "$") {
		r.report(diag.CodeInstruction, o, field,
			fmt.Sprintf("stage %q %s %q, but BuildKit expands nothing here", stage, verb, name),
			"make a stage whose own `from` holds the expansion, and name that stage here")
		return "", false
	}
	switch {
	case slices.Contains(r.Stages, name):
		return name, true
	case slices.Contains(r.Plan.Contexts, name):
		r.use("context " + name)
		return "", false
	case name == "scratch" && field == "from":
		return "", false
	}
	known := slices.Concat(r.Stages, r.Plan.Contexts)
	ref, err := reference.ParseNormalizedNamed(name)
	switch {
	case bareWord(name):
		help := suggest(name, known, "")
		if help == "" {
			help = fmt.Sprintf("an image needs a tag or a digest, as in %s:<tag>; a named context is declared in dockerfile.contexts", strings.ToLower(name))
			if _, err := strconv.Atoi(name); err == nil {
				help = "stages have no numbers here: name the stage"
			}
		}
		r.report(diag.CodeUnknownStage, o, field,
			fmt.Sprintf("stage %q %s %q, which is no stage, image or context", stage, verb, name), help)
	case err != nil:
		r.report(diag.CodeUnknownStage, o, field,
			fmt.Sprintf("stage %q %s %q, which is no image reference: %v", stage, verb, name, err),
			"write it as [registry/]name:tag")
	case reference.IsNameOnly(ref):
		r.report(diag.CodeUntaggedImage, o, field,
			fmt.Sprintf("stage %q %s %q, an image without a tag or a digest", stage, verb, name),
			"add one: without it, :latest is meant, which is another image every week")
	}
	return "", false
}

// undeclaredBase is what to do about a name in a base that is no build argument.
func (r *resolver) undeclaredBase(name string) string {
	if slices.ContainsFunc(r.Plan.Inputs, func(i dockerfile.Input) bool { return i.Name == name }) {
		return "it is an input, which only tags know; declare a build argument of another name in dockerfile.args"
	}
	return "declare it in dockerfile.args"
}

// bareWord tells a word that could be meant as a stage from an image reference.
func bareWord(name string) bool { return !strings.ContainsAny(name, "/:@") }

// expandFrom is a stage's base as BuildKit sees it for a platform, with the
// defaults of build arguments.
func (r *resolver) expandFrom(s dockerfile.Stage, platform string) (string, bool) {
	if !strings.Contains(s.From, "$") {
		return s.From, true
	}
	parts, err := dockerfile.ParseWord(s.From)
	if err != nil {
		r.report(diag.CodeInstruction, s.Origin, "from", err.Error(), "")
		return "", false
	}
	var env []string
	for _, p := range dockerfile.PlatformArgs(platform) {
		env = append(env, p.Name+"="+p.Value)
	}
	for _, name := range dockerfile.Names(parts) {
		arg := r.arg(name)
		switch {
		case arg != nil && arg.Default == nil:
			r.report(diag.CodeInstruction, s.Origin, "from",
				fmt.Sprintf("`from` uses the build argument %q, which has no default", name),
				"give it one in dockerfile.args: without it plain `docker build` fails")
			return "", false
		case arg != nil:
			env = append(env, name+"="+*arg.Default)
			r.use(name)
		case !dockerfile.IsPlatformArg(name):
			r.report(diag.CodeUndeclaredArg, s.Origin, "from",
				fmt.Sprintf("`from` uses $%s, which is no build argument", name),
				suggest(name, r.argNames(), r.undeclaredBase(name)))
			return "", false
		case strings.HasPrefix(name, "BUILD"):
			r.report(diag.CodePlatform, s.Origin, "from",
				fmt.Sprintf("`from` uses $%s: which stage that is depends on the machine that builds", name), "use $TARGETARCH or its like")
			return "", false
		case platform == "":
			r.report(diag.CodePlatform, s.Origin, "from",
				fmt.Sprintf("`from` uses $%s, but a target that reaches stage %q declares no platforms", name, s.Name),
				"give the target `platforms`: they tell which stages it needs")
			return "", false
		}
	}
	word, _, err := shell.NewLex('\\').ProcessWord(s.From, shell.EnvsFromSlice(env))
	if err != nil {
		r.report(diag.CodeInstruction, s.Origin, "from", err.Error(), "")
		return "", false
	}
	return word, true
}
