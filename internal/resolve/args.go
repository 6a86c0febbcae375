package resolve

import (
	"fmt"
	"maps"
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
	key := r.key(n, env)
	if known, ok := r.Memo.load(key); ok {
		n.declared = known
		for _, name := range known.used {
			r.use(name)
		}
		return known.stage
	}
	findings := len(r.list)
	n.declared = r.declare(n, env)
	if len(r.list) == findings {
		n.declared = r.Memo.store(key, n.declared)
	}
	for _, name := range n.declared.used {
		r.use(name)
	}
	return n.declared.stage
}

// declared is a stage that declares its build arguments.
type declared struct {
	stage dockerfile.Stage
	// used are the arguments.
	used []string
	// env is what is in the environment at its end.
	env environment
}

func (r *resolver) declare(n *node, before environment) *declared {
	env := maps.Clone(before.names)
	out := &declared{stage: n.stage}
	out.stage.Key = ""
	seen := map[string]bool{}
	// Stages are shared by many variants, and most have no use for a copy.
	copied := false
	for i, step := range n.stage.Steps {
		expanded, mentioned := dockerfile.Uses(step.Instruction)
		var needed []string
		need := func(name string) {
			if !seen[name] {
				seen[name] = true
				needed = append(needed, name)
			}
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
			out.stage.Steps, copied = slices.Clone(n.stage.Steps[:i]), true
		}
		slices.Sort(needed)
		out.used = append(out.used, needed...)
		for _, name := range needed {
			out.stage.Steps = append(out.stage.Steps, dockerfile.Step{Instruction: dockerfile.ArgUse{Name: name}, Origin: step.Origin})
		}
		if copied {
			out.stage.Steps = append(out.stage.Steps, step)
		}
		setEnv(env, step.Instruction)
	}
	if out.env = before; len(env) > len(before.names) {
		out.env = newEnvironment(env)
	}
	return out
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
