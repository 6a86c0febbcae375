package resolve

import (
	"fmt"
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// use notes that something declared is used.
func (r *resolver) use(name string) { r.used[name] = true }

// declareArgs returns a stage with an ARG before the first instruction that
// uses a build argument: no earlier, so that a changed value invalidates as
// little of the cache as it can.
func (r *resolver) declareArgs(name string) dockerfile.Stage {
	n := r.reached[name]
	env := r.environment(n)
	declared := map[string]bool{}
	out := n.stage
	// Stages are shared by many variants, and most have no use for a copy.
	copied := false
	for i, step := range n.stage.Steps {
		expanded, mentioned := dockerfile.Uses(step.Instruction)
		var needed []string
		need := func(name string) {
			if !declared[name] {
				declared[name] = true
				needed = append(needed, name)
			}
			r.use(name)
		}
		for _, x := range expanded {
			switch {
			case env[x.Name]:
			case r.arg(x.Name) != nil || dockerfile.IsPlatformArg(x.Name):
				need(x.Name)
			default:
				r.undeclared(x, step, env)
			}
		}
		// In shell text every other name is the shell's own.
		for _, name := range mentioned {
			if !env[name] && (r.arg(name) != nil || dockerfile.IsPlatformArg(name)) {
				need(name)
			}
		}
		if run, ok := step.Instruction.(dockerfile.Run); ok {
			r.uses(run, step.Origin)
		}
		if len(needed) > 0 && !copied {
			out.Steps, copied = slices.Clone(n.stage.Steps[:i]), true
		}
		slices.Sort(needed)
		for _, name := range needed {
			out.Steps = append(out.Steps, dockerfile.Step{Instruction: dockerfile.ArgUse{Name: name}, Origin: step.Origin})
		}
		if copied {
			out.Steps = append(out.Steps, step)
		}
		setEnv(env, step.Instruction)
	}
	return out
}

// environment is what a stage's base has in its environment, as far as the
// stack tells: PATH, what the stages below set, and what images are said to
// set. Of bases that depend on the platform, it is what all of them have.
func (r *resolver) environment(n *node) map[string]bool {
	env := map[string]bool{"PATH": true}
	for _, name := range n.stage.InheritedEnv {
		env[name] = true
	}
	bases := r.bases(n)
	if len(bases) == 0 || n.onImage {
		return env
	}
	count := map[string]int{}
	for _, base := range bases {
		has := r.environment(base)
		for _, step := range base.stage.Steps {
			setEnv(has, step.Instruction)
		}
		for name := range has {
			if count[name]++; count[name] == len(bases) {
				env[name] = true
			}
		}
	}
	return env
}

// setEnv adds the names that an instruction sets.
func setEnv(env map[string]bool, i dockerfile.Instruction) {
	if set, ok := i.(dockerfile.Env); ok {
		for _, p := range set.Pairs {
			env[p.Name] = true
		}
	}
}

func (r *resolver) undeclared(x dockerfile.Expansion, step dockerfile.Step, env map[string]bool) {
	message := fmt.Sprintf("$%s is expanded at build time, but nothing sets %s", x.Name, x.Name)
	if set, ok := step.Instruction.(dockerfile.Env); ok && x.Field != "env."+x.Name && slices.ContainsFunc(set.Pairs, func(p dockerfile.Pair) bool { return p.Name == x.Name }) {
		r.report(diag.CodeUndeclaredArg, step.Origin, x.Field,
			message+" before: an instruction sees the values from before it",
			"set "+x.Name+" in an env step of its own, before this one")
		return
	}
	known := r.argNames()
	for name := range env {
		if name != "PATH" { // which half of all names end in
			known = append(known, name)
		}
	}
	slices.Sort(known)
	help := fmt.Sprintf("declare it in dockerfile.args, name it in the stage's inheritedEnv if the base image sets it, or write \\$%s for the text itself", x.Name)
	if near := diag.DidYouMean(x.Name, known); near != "" {
		help = near + " Otherwise " + help
	}
	r.report(diag.CodeUndeclaredArg, step.Origin, x.Field, message, help)
}

// uses checks what a run says that it reads.
func (r *resolver) uses(run dockerfile.Run, o dockerfile.Origin) {
	for i, name := range run.Uses {
		if r.arg(name) == nil && !dockerfile.IsPlatformArg(name) {
			r.report(diag.CodeUndeclaredArg, o, fmt.Sprintf("uses[%d]", i),
				fmt.Sprintf("%q is no build argument", name), suggest(name, r.argNames(), "declare it in dockerfile.args"))
		}
	}
}
