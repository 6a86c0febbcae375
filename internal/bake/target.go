package bake

import (
	"slices"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/inputs"
)

// target is what bake is told of one build. Fields that are nil are left out.
type target struct {
	name, description   string
	context, dockerfile string
	stage               string
	contexts, args      object
	labels              object
	platforms           list
	// tags are a list, or a template that comes to one.
	tags               any
	secrets, ssh       list
	entitlements       list
	cacheFrom, cacheTo list
}

// target makes the target of an image that has an index in its plan.
func (b *builder) target(i *images.Image, index int) target {
	of := i.Plan.Targets[index]
	reads, _ := i.Inputs.Target(of.Stage)
	t := target{name: b.targets[key{i.Path, of.Stage}], description: of.Description, stage: of.Stage}
	t.context, t.dockerfile = place(i.Plan.Context, "generated/"+i.Path)
	t.contexts = b.contexts(i, reads)
	for _, name := range reads.Args() {
		t.args = append(t.args, member{name, value(b.use(argVariable(name)))})
	}
	slices.SortFunc(t.args, byKey)
	t.platforms = texts(of.Platforms)
	t.tags = b.tags(i.Plan, of)
	for _, s := range reads.Secrets() {
		name := upper("SECRET", s.ID)
		if spec := any(ifGiven([]string{b.use(name)}, "id="+csv(literal(s.ID))+","+value(name))); !slices.Contains(t.secrets, spec) {
			t.secrets = append(t.secrets, spec)
		}
	}
	for _, id := range reads.SSH() {
		name := upper("SSH", id)
		t.ssh = append(t.ssh, ifGiven([]string{b.use(name)}, literal(id)+"="+value(name)))
	}
	if index < len(i.Built) {
		t.labels = labels(of, i.Built[index])
		t.entitlements = texts(i.Built[index].Entitlements)
	}
	t.cacheFrom, t.cacheTo = b.caches(t.name, i.Plan, of)
	return t
}

// place is where a build finds its files, and its Dockerfile from there. Bake
// runs in the root of the module.
func place(c dockerfile.Context, file string) (context, path string) {
	switch {
	case c.External != "":
		return literal(c.External), "cwd://" + file
	case c.Directory != "":
		return literal(c.Directory), up(c.Directory) + file
	default:
		return ".", file
	}
}

// object is the target as JSON.
func (t target) object() object {
	out := object{}
	add := func(key string, value any, ok bool) {
		if ok {
			out = append(out, member{key, value})
		}
	}
	add("description", literal(t.description), t.description != "")
	add("context", t.context, true)
	add("dockerfile", t.dockerfile, true)
	add("target", t.stage, true)
	add("contexts", t.contexts, len(t.contexts) > 0)
	add("args", t.args, len(t.args) > 0)
	add("platforms", t.platforms, len(t.platforms) > 0)
	add("tags", t.tags, t.tags != nil)
	add("labels", t.labels, len(t.labels) > 0)
	add("secret", t.secrets, len(t.secrets) > 0)
	add("ssh", t.ssh, len(t.ssh) > 0)
	add("entitlements", t.entitlements, len(t.entitlements) > 0)
	add("cache-from", t.cacheFrom, len(t.cacheFrom) > 0)
	add("cache-to", t.cacheTo, len(t.cacheTo) > 0)
	return out
}

// labels are the annotations of OCI's that follow from the stack, save those that
// the Dockerfile sets itself.
// https://github.com/opencontainers/image-spec/blob/main/annotations.md
func labels(t dockerfile.Target, built images.Built) object {
	var out object
	add := func(key, text string) {
		if text != "" && !slices.Contains(built.Labels, key) {
			out = append(out, member{key, literal(text)})
		}
	}
	add("org.opencontainers.image.base.name", built.Base)
	add("org.opencontainers.image.description", t.Description)
	return out
}

// contexts are the named contexts that the target needs: those that whoever
// builds gives, and the images that are built from the same file.
func (b *builder) contexts(i *images.Image, reads inputs.Target) object {
	var out object
	for _, name := range reads.Contexts() {
		out = append(out, member{literal(name), value(b.use(upper("CONTEXT", name)))})
	}
	for _, p := range i.Parents {
		name, ok := b.targets[key{p.Path, p.Target}]
		if !ok || !slices.Contains(reads.Stages, p.Stage) {
			continue
		}
		m := member{literal(contextName(p.Ref)), b.parent(p, name)}
		k := slices.IndexFunc(out, func(o member) bool { return o.key == m.key })
		switch {
		case k < 0:
			out = append(out, m)
		case m.value == "target:"+name:
			out[k] = m // wherever no argument decides, it is that target in any case
		}
	}
	slices.SortFunc(out, byKey)
	return out
}
