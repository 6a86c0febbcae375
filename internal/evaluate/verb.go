package evaluate

import (
	"fmt"
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// companions are the fields of a step that are no verb.
func companions() []string { return append([]string{"description", "check"}, runModifiers()...) }

// runModifiers are the fields that go with run, script and exec only.
func runModifiers() []string {
	return []string{"mounts", "network", "security", "devices", "uses"}
}

func isRun(verb string) bool { return verb == "run" || verb == "script" || verb == "exec" }

// verb finds the one verb of a step.
func (d *decoder) verb(r reader, o dockerfile.Origin) (string, bool) {
	var verbs, modifiers []string
	for name := range r.known {
		if slices.Contains(companions(), name) {
			modifiers = append(modifiers, name)
		} else {
			verbs = append(verbs, name)
		}
	}
	slices.Sort(verbs)
	slices.Sort(modifiers)
	switch {
	case len(verbs) == 0:
		message := "the step has no verb, so it is no instruction"
		if len(modifiers) > 0 {
			message = fmt.Sprintf("the step has no verb, only %s", quoted(modifiers))
		}
		d.problem(diag.CodeStepVerb, o, "", message, "give it one verb: run, copy, env, steps ...")
		return "", false
	case len(verbs) > 1:
		d.atLabel(diag.CodeStepVerb, r, verbs[1],
			fmt.Sprintf("the step has %d verbs: %s", len(verbs), quoted(slices.Clone(verbs))),
			"one step is one instruction: make it several steps")
		return "", false
	}
	for _, name := range modifiers {
		if slices.Contains(runModifiers(), name) && !isRun(verbs[0]) {
			help := "it goes with run, script and exec"
			if verbs[0] == "steps" {
				help = "it goes with run, script and exec: put it into the steps that the fragment holds"
			}
			if r.sub(verbs[0]).has("expand") {
				help = fmt.Sprintf("%s takes what it can use in its own struct", verbs[0])
			}
			d.atLabel(diag.CodeStepModifier, r, name, fmt.Sprintf("`%s` does not go with `%s`", name, verbs[0]), help)
		}
		if name == "check" && (verbs[0] == "steps" || r.sub(verbs[0]).has("expand")) {
			d.atLabel(diag.CodeStepModifier, r, name, fmt.Sprintf("`check` does not go with `%s`", verbs[0]),
				"it skips checks of one instruction")
		}
	}
	return verbs[0], true
}
