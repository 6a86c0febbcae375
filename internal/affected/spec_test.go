package affected_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// spec is what the stacks of a world are made of: images base, and images app
// that are built from them.
type spec struct{ variants map[string]*variant }

// variant is one value of the axis os.
type variant struct {
	baseRun, buildRun, devRun, toolRun int
	baseCopies, buildCopies, runCopies []copied
	// context is the directory of the build context of app.
	context   string
	platforms string
	// foreign is whether app is built from somebody else's image.
	foreign bool
}

// copied is a COPY.
type copied struct {
	src     string
	exclude bool
}

// sources are what may be copied.
func sources() []copied {
	return []copied{{"file", false}, {"dir", false}, {"dir", true}, {"dir/*.txt", false}, {"d?r/sub", false}, {"dir/sub", true}, {"*er", false}}
}

func newSpec() spec {
	s := spec{variants: map[string]*variant{}}
	for i, os := range []string{"a", "b"} {
		s.variants[os] = &variant{
			context: []string{"", "ctx"}[i], platforms: `"linux/amd64"`,
			baseCopies: []copied{sources()[i]}, buildCopies: []copied{sources()[2+i]}, runCopies: []copied{sources()[4+i]},
		}
	}
	return s
}

// change changes something.
func (s *spec) change(random *rand.Rand) string {
	names := slices.Sorted(maps.Keys(s.variants))
	name := names[random.IntN(len(names))]
	v := s.variants[name]
	any := func() copied { return sources()[random.IntN(len(sources()))] }
	switch random.IntN(12) {
	case 0:
		v.baseRun++
		return name + ": run of base"
	case 1:
		v.buildRun++
		return name + ": run of build"
	case 2:
		v.devRun++
		return name + ": run of dev"
	case 3:
		v.toolRun++
		return name + ": run of tool"
	case 4:
		v.baseCopies = []copied{any()}
		return name + ": copies of base"
	case 5:
		v.buildCopies = []copied{any(), any()}
		return name + ": copies of build"
	case 6:
		v.runCopies = []copied{any()}
		return name + ": copies of run"
	case 7:
		v.context = map[string]string{"": "ctx", "ctx": ""}[v.context]
		return name + ": context"
	case 8:
		v.platforms = map[string]string{`"linux/amd64"`: `"linux/amd64", "linux/arm64"`}[v.platforms]
		if v.platforms == "" {
			v.platforms = `"linux/amd64"`
		}
		return name + ": platforms"
	case 9:
		v.foreign = !v.foreign
		return name + ": parent"
	case 10:
		if len(s.variants) > 1 {
			delete(s.variants, name)
			return name + ": removed"
		}
	}
	for _, os := range []string{"a", "b", "c"} {
		if s.variants[os] == nil {
			added := *v
			s.variants[os] = &added
			return os + ": added"
		}
	}
	v.devRun++
	return name + ": run of dev"
}

// write writes the stacks.
func (s *spec) write(w *world) {
	var axis, table strings.Builder
	for _, os := range slices.Sorted(maps.Keys(s.variants)) {
		v := s.variants[os]
		from := "x/base:" + os
		if v.foreign {
			from = "debian:12"
		}
		fmt.Fprintf(&axis, "%s: {}\n", os)
		fmt.Fprintf(&table, "%s: {from: %q, baseRun: \"make %d\", buildRun: \"make %d\", devRun: \"make %d\", toolRun: \"make %d\", context: %q, platforms: [%s]\n",
			os, from, v.baseRun, v.buildRun, v.devRun, v.toolRun, v.context, v.platforms)
		for name, list := range map[string][]copied{"baseCopies": v.baseCopies, "buildCopies": v.buildCopies, "runCopies": v.runCopies} {
			fmt.Fprintf(&table, "%s: [", name)
			for _, c := range list {
				exclude := ""
				if c.exclude {
					exclude = `, exclude: ["*.md"]`
				}
				fmt.Fprintf(&table, "{copy: {src: [%q], dest: \"/d/\"%s}}, ", c.src, exclude)
			}
			fmt.Fprintf(&table, "]\n")
		}
		table.WriteString("}\n")
	}
	w.write("lib/lib.cue", "package lib\n\nTable: {\n"+table.String()+"}\n")
	const head = `package %[1]s

import (
	"cue.example/lib"
	"stagecue.dev/schema"
)

axes: schema.#Axes & {os: {%[2]s}}
variant: schema.#Variant
_v: lib.Table[variant.os.id]
`
	w.write("stages/base/base.cue", fmt.Sprintf(head, "base", axis.String())+`
stages: schema.#Stages & {
	base: {from: "debian:12", steps: [for c in _v.baseCopies {c}, {run: _v.baseRun}]}
}
dockerfile: schema.#Dockerfile & {
	path: variant.os.id
	context: optional: ["**"]
	targets: base: {tags: ["x/base:\(variant.os.id)"], platforms: _v.platforms}
}
`)
	w.write("stages/app/app.cue", fmt.Sprintf(head, "app", axis.String())+`
stages: schema.#Stages & {
	build: {from: "debian:12", steps: [for c in _v.buildCopies {c}, {run: _v.buildRun}]}
	run: {from: _v.from, steps: [for c in _v.runCopies {c}, {copy: {from: "build", src: ["/out"], dest: "/out"}}]}
	dev: {from: "run", steps: [{run: _v.devRun}]}
	tool: {from: "debian:12", steps: [{run: _v.toolRun}]}
}
dockerfile: schema.#Dockerfile & {
	path: variant.os.id
	context: {optional: ["**"], if _v.context != "" {directory: _v.context}}
	default: "run"
	targets: {run: {platforms: _v.platforms}, dev: {}, tool: {}}
}
`)
}
