package compile

import (
	"strings"
	"testing"
)

// TestMemoOfData: embedded data compiles to what the same data in CUE compiles to,
// by projections and variant by variant. What refers to it may stand in any file of
// the package.
func TestMemoOfData(t *testing.T) {
	const versions = `{"tool": "1.2.3", "parts": ["a", "b"], "os": {"deb": {"image": "debian:12"}, "alp": {"image": "alpine:3.22"}}, "extra": {"deb": "x"}}`
	const axis = `{"1.0": {"sum": "s1", "major": 1}, "2.0": {"sum": "s2", "major": 2}}`
	files := map[string]string{
		"stages/app/versions.json": versions,
		"stages/app/axis.json":     axis,
		"stages/app/motd.txt":      "hello\nworld\n",
		"stages/app/parts/b.yaml":  "name: b\n",
		"stages/app/parts/a.yaml":  "name: a\n",
		"lib/data.toml":            "level = 3\n",
		"lib/lib.cue":              "@extern(embed)\n\npackage lib\n\ndata: _ @embed(file=data.toml)\nargs: {level: \"\\(data.level)\"}\n",
		"stages/app/data.cue": `@extern(embed)

package app

_versions: _ @embed(file=versions.json)
_motd:     string @embed(file=motd.txt, type=text)
_parts:    _ @embed(glob=parts/*.yaml)
_mixed: {
	own: "o"
} @embed(file=versions.json)
_typed: {tool: =~"^1[.]", ...} @embed(file=versions.json)
_here: "here \(_versions.tool)"
axes: version: _ @embed(file=axis.json)
`,
		"stages/app/app.cue": `package app

import (
	"example.com/m/lib"
	"stagecue.dev/schema"
)

axes: schema.#Axes & {os: {deb: name: "d", alp: name: "a"}}
rules: schema.#Rules & {r: {forbid: {os: id: "alp", version: major: <_least}, because: "x"}}
_least: len(_versions.parts)
variant: schema.#Variant
_family: _versions.os[variant.os.id]
stages: schema.#Stages & {
	base: {
		from: _family.image
		steps: [
			{env: {TOOL: _versions.tool, LEVEL: lib.args.level, OWN: _mixed.own + _mixed.tool, TYPED: _typed.tool}},
			for p in _versions.parts {run: "part \(p)"},
			if _versions.extra[variant.os.id] != _|_ {run: "extra \(_versions.extra[variant.os.id])"},
			{run: "sum \(variant.version.sum) \(_here)"},
		]
	}
	main: {
		from: stages.base.name
		steps: [
			for name, p in _parts {run: "\(name) \(p.name)"},
			{copy: {files: "motd": _motd, dest: "/etc/"}},
		]
	}
}
dockerfile: schema.#Dockerfile & {path: "\(variant.os.id)-\(variant.version.id)", targets: main: {}}
`,
	}
	m := module(t, "embedded", files)
	embedded := same(t, m)
	for _, c := range run(t, m).compilers {
		if c.memo.Whole() {
			t.Error("a part that refers to data could not be evaluated without the rest of the stack")
		}
	}
	if len(embedded.Findings) > 0 || len(embedded.Dockerfiles()) != 3 {
		t.Fatalf("%d Dockerfiles:\n%s", len(embedded.Dockerfiles()), brief(embedded.Findings))
	}
	for file, text := range files {
		files[file] = strings.NewReplacer(
			"@extern(embed)\n\n", "",
			"_ @embed(file=versions.json)", versions, "} @embed(file=versions.json)", "} & "+versions,
			"_ @embed(file=axis.json)", axis,
			"string @embed(file=motd.txt, type=text)", `"hello\nworld\n"`,
			"_ @embed(glob=parts/*.yaml)", `{"parts/a.yaml": name: "a", "parts/b.yaml": name: "b"}`,
			"_ @embed(file=data.toml)", "{level: 3}",
		).Replace(text)
	}
	written := same(t, module(t, "written", files))
	if len(written.Findings) > 0 {
		t.Fatal(brief(written.Findings))
	}
	sameResult(t, embedded, written)
}
