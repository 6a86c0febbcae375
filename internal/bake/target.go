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
	platforms           texts
	// tags are a list, or a template that comes to one.
	tags               any
	secrets, ssh       texts
	entitlements       texts
	cacheFrom, cacheTo texts
}

// target makes the target of an image that has an index in its plan.
func (b *builder) target(i *images.Image, index int) target {
	of := i.Plan.Targets[index]
	reads, _ := i.Inputs.Target(of.Stage)
	t := target{name: b.targets[key{i.Path, of.Stage}], description: of.Description, stage: of.Stage}
	t.context, t.dockerfile = place(i.Plan.Context, "generated/"+i.Path)
	t.contexts = b.contexts(i, reads)
	for _, name := range reads.Args() {
		t.args = append(t.args, member{name, b.use(anArg, name).passed})
	}
	slices.SortFunc(t.args, byKey)
	t.platforms = of.Platforms
	for _, s := range reads.Secrets() {
		if passed := b.use(aSecret, s.ID).passed; !slices.Contains(t.secrets, passed) {
			t.secrets = append(t.secrets, passed)
		}
	}
	for _, id := range reads.SSH() {
		t.ssh = append(t.ssh, b.use(anAgent, id).passed)
	}
	if index < len(i.Built) {
		t.labels = labels(of, i.Built[index])
		t.entitlements = i.Built[index].Entitlements
	}
	var tags, promoted []tag
	for _, text := range of.Tags {
		tags = append(tags, b.tag(&i.Plan, text))
	}
	for _, p := range of.Promotions {
		promoted = append(promoted, b.tag(&i.Plan, p.To))
	}
	t.tags = tagList(tags)
	t.cacheFrom, t.cacheTo = b.caches(t.name, tags, promoted)
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
		out = append(out, member{literal(name), b.use(aContext, name).passed})
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
