package bake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
)

// family has all that a target can need.
func family(t testing.TB) []images.Image {
	s, other := stack("fam/ily"), stack("tools")
	latest := "latest"
	all := run(t,
		with(variant(s, "a.b/base", "debian:12", func(p *dockerfile.Plan, st *dockerfile.Stage) {
			p.Inputs = []dockerfile.Input{{Name: "BRANCH", Description: "is the branch"}, {Name: "N", Description: "is the number of the build", Default: new("0")}}
			p.Targets[0] = dockerfile.Target{
				Stage: "image", Description: "is the base, for ${HOME} and 100%{s}", Platforms: []string{"linux/amd64", "linux/arm64"},
				Tags:       []string{"example.com/base:1-${BRANCH}", "example.com/base:1-${BRANCH}.${N}"},
				Promotions: []dockerfile.Promotion{{From: "example.com/base:1-${BRANCH}", To: "example.com/base:1-stable"}},
			}
		}), dockerfile.Pair{Name: "image", Value: "base"}, dockerfile.Pair{Name: "plan", Value: "1"}),
		with(variant(s, "a.b/lab", "example.com/base:${BASE_TAG}", func(p *dockerfile.Plan, st *dockerfile.Stage) {
			p.Args = []dockerfile.Arg{{Name: "BASE_TAG", Default: &latest, Description: "is the tag of the base"}, {Name: "UNUSED_HERE"}}
			p.Inputs = []dockerfile.Input{{Name: "N", Description: "is the number of the build", Default: new("0")}}
			p.Contexts, p.Context = []string{"extra-files"}, dockerfile.Context{Directory: "images/lab"}
			p.Targets[0].Tags, p.Targets[0].Platforms = []string{"example.com/lab:${N}"}, []string{"linux/amd64"}
			st.Steps = []dockerfile.Step{
				{Instruction: dockerfile.Copy{From: "extra-files", Sources: []string{"a"}, Dest: "/a"}},
				{Instruction: dockerfile.Copy{From: "example.com/tool:1", Sources: []string{"a"}, Dest: "/a"}},
				{Instruction: dockerfile.Run{Shell: "true", Mounts: []dockerfile.Mount{
					{Type: "secret", ID: "pip-index", Env: "PIP_INDEX_URL"}, {Type: "secret", ID: "netrc", Required: true}, {Type: "ssh"},
				}}},
			}
		}), dockerfile.Pair{Name: "image", Value: "lab"}, dockerfile.Pair{Name: "plan", Value: "1"}),
		variant(other, "tool", "scratch", func(p *dockerfile.Plan, _ *dockerfile.Stage) {
			p.Context = dockerfile.Context{External: "https://example.com/tool.git"}
			p.Targets[0].Tags, p.Targets[0].Platforms = []string{"example.com/tool:1"}, []string{"linux/amd64"}
		}),
	)
	for i := range all {
		if all[i].Plan.Path == "a.b/base" {
			all[i].Built = []images.Built{{Base: "debian:12", Labels: []string{"org.opencontainers.image.title"}, Entitlements: []string{"network.host"}}}
		}
	}
	return all
}

func TestFile(t *testing.T) {
	all := family(t)
	var own []images.Image
	for _, i := range all {
		if i.Stack.Name == "fam/ily" {
			own = append(own, i)
		}
	}
	cache := &Cache{Repository: "example.com/cache", Mode: "max"}
	for name, text := range map[string]string{
		"stack.json":      file(t, Input{Stack: "fam/ily", Images: own}),
		"all.json":        file(t, Input{Images: all, Cache: cache}),
		"promotions.json": Promotions("fam/ily", own).String(),
	} {
		golden := filepath.Join("testdata", name)
		if os.Getenv("STAGECUE_UPDATE") != "" {
			if err := os.WriteFile(golden, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if text != string(want) {
			t.Errorf("%s is not what is written:\n%s", golden, text)
		}
	}
	if text := Promotions("tools", all[:0]); text != nil {
		t.Errorf("promotions of nothing: %s", text)
	}
}

// Whatever the order in which images come, the file is the same.
func TestOrder(t *testing.T) {
	all := family(t)
	want := file(t, Input{Images: all})
	all[0], all[2] = all[2], all[0]
	if got := file(t, Input{Images: all}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Who declares an input has its own default, where bake can have only one.
func TestDefaults(t *testing.T) {
	tagged := func(byDefault *string) func(*dockerfile.Plan, *dockerfile.Stage) {
		return func(p *dockerfile.Plan, _ *dockerfile.Stage) {
			p.Inputs = []dockerfile.Input{{Name: "N", Description: "is a number", Default: byDefault}}
			p.Targets[0].Tags = []string{"example.com/x" + p.Path + ":v${N}"}
		}
	}
	a, b, c, d := stack("a"), stack("b"), stack("c"), stack("d")
	text := file(t, Input{Images: run(t,
		variant(a, "a", "scratch", tagged(new("0"))), variant(b, "b", "scratch", tagged(new("1"))),
		variant(c, "c", "scratch", tagged(nil)), variant(d, "d", "scratch", tagged(new("0"))),
	)})
	for _, want := range []string{
		`"N": {` + "\n" + `      "description": "is a number",` + "\n" + `      "default": "",`,
		`"tags": ["example.com/xa:v${N == \"\" ? \"0\" : N}"]`,
		`"tags": ["example.com/xb:v${N == \"\" ? \"1\" : N}"]`,
		`"tags": "${N == \"\" ? [] : [\"example.com/xc:v${N}\"]}"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in\n%s", want, text)
		}
	}
}

// An image that is copied from is the one that is built, whatever a build argument
// makes of the same name elsewhere.
func TestParentTwice(t *testing.T) {
	s := stack("s")
	text := file(t, Input{Stack: "s", Images: run(t, variant(s, "a", "scratch", nil), variant(s, "b", "example.com/s:${TAG}", func(p *dockerfile.Plan, st *dockerfile.Stage) {
		p.Args = []dockerfile.Arg{{Name: "TAG", Default: new("a")}}
		p.Targets[0].Tags = nil
		st.Steps = []dockerfile.Step{{Instruction: dockerfile.Copy{From: "example.com/s:a", Sources: []string{"/x"}, Dest: "/"}}}
	}))})
	if want := `"contexts": {"example.com/s:a": "target:s-a"}`; !strings.Contains(text, want) {
		t.Errorf("%s is not in\n%s", want, text)
	}
}

func TestNothing(t *testing.T) {
	if text := file(t, Input{}); !strings.Contains(text, `"group": {}`) {
		t.Errorf("got %s", text)
	}
}
