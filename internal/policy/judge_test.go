package policy

import (
	"fmt"
	"strings"
	"testing"

	"cuelang.org/go/cue"
	"cuelang.org/go/cue/cuecontext"

	"stagecue.dev/internal/summary"
)

// target is a view with little in it.
func target() summary.Node {
	text := func(s string) summary.Node { return summary.Node{Data: s} }
	return summary.Node{Fields: []summary.Field{
		{Name: "user", Value: text("root")},
		{Name: "layers", Value: summary.Node{Data: 12}},
		{Name: "images", Value: summary.Node{List: true, Items: []summary.Node{text("x"), text("y")}}},
		{Name: "labels", Value: summary.Node{Fields: []summary.Field{{Name: "a.b", Value: text("1")}}}},
		{Name: "mounts", Value: summary.Node{List: true, Items: []summary.Node{{Fields: []summary.Field{{Name: "type", Value: text("cache")}}}}}},
	}}
}

// A view is held to be an instance of a constraint, not merely to agree with it.
func TestCompare(t *testing.T) {
	for _, tt := range []struct{ constraint, want string }{
		{`{}`, ""},
		{`{user: string}`, ""},
		{`{user: "root" | "app"}`, ""},
		{`{user: *"app" | string}`, ""},
		{`{user: "app"}`, `user is "root", and must be "app"`},
		{`{user: !="root"}`, `user is "root", and must not be "root"`},
		{`{user: 1}`, `user is "root", and must be 1`},
		{`{layers: >=10 & <20}`, ""},
		{`{layers: <10}`, `layers is 12, and must be <10`},
		{`{workdir: string}`, `workdir is not set`},
		{`{workdir: "/"}`, `workdir is not set`},
		{`{workdir: "/" | "/app"}`, `workdir is not set`},
		{`{workdir?: "/"}`, ""},
		{`{user?: "app"}`, `user is "root", and must be "app"`},
		{`{cmd: [string, ...]}`, `cmd is not set`},
		{`{labels: "a.b": string}`, ""},
		{`{labels: {"a.b": "2", c: string}}`, `labels."a.b" is "1", and must be "2"; labels.c is not set`},
		{`{labels: [=~"^a"]: =~"^[0-9]$"}`, ""},
		{`{labels: [=~"^a"]: error("no labels of a")}`, `labels."a.b" is "1": no labels of a`},
		{`{labels: close({})}`, `labels."a.b" is "1", and must not be there`},
		{`{images: [...string]}`, ""},
		{`{images: ["x", ...]}`, ""},
		{`{images: [...=~"^x"]}`, `images[1] is "y", and must match "^x"`},
		{`{images: ["x", "y", "z"]}`, `images has 2 elements, and must have another number`},
		{`{images: []}`, `images has 2 elements, and must have another number`},
		{`{images: ["z"]}`, `images[0] is "x", and must be "z"`},
		{`{images: [_]}`, `images has 2 elements, and must have another number`},
		{`{mounts: [...{type: string, if type == "cache" {sharing: "locked"}}]}`, `mounts[0].sharing is not set`},
		{`{mounts: [...{type: string, if type == "bind" {sharing: "locked"}}]}`, ""},
		{`{user: string, if user == "root" {labels: c: "1"}}`, `labels.c is not set`},
		{`{user: string, if user == "app" {labels: c: "1"}}`, ""},
		{`{user: "a" | "b"}`, `user is "root", and must be "a", or be "b"`},
		{`{user: "a" | error("only a")}`, `user is "root": only a`},
		{`{labels: {c: string} | {d: string}}`, "!"},
		{`{labels: c: string} | {labels: "a.b": string}`, ""},
		{`{user: "root"} | {layers: 12}`, ""},
		{`{user: "a"} | {layers: 1}`, "it fits none of the alternatives"},
		{`{user: x, x: "root"}`, "x is not set"},
		{`{let x = "root", user: x}`, ""},
		{`{_x: "root", user: _x}`, ""},
		{`{#x: 1, user: string}`, ""},
		{`{user!: string}`, ""},
		{`{workdir!: string}`, "workdir is not set"},
		{`{labels: *{"a.b": "1"} | {c: "1"}}`, ""},
		{`{labels: *{c: "1"} | {"a.b": "1"}}`, "labels.c is not set"},
		{`{labels: {[string]: string, c: "1"}}`, "labels.c is not set"},
		{`{images: ["x", ...string] | []}`, ""},
	} {
		t.Run(tt.constraint, func(t *testing.T) {
			ctx := cuecontext.New()
			v := ctx.CompileString("policies: p: target: " + tt.constraint)
			n := target()
			faults, failed := compare(choice(v.LookupPath(cue.ParsePath("policies.p.target"))), n, ctx.Encode(n.Value()))
			for _, arm := range choice(v.LookupPath(cue.ParsePath("policies.p.target"))) {
				view := ctx.Encode(n.Value())
				together, c := arm.Unify(view), &comparison{}
				c.compare(together, n, nil)
				if isInstance(together, view) && len(c.faults)+len(c.failed) > 0 {
					t.Errorf("an instance, with %v %v", c.faults, c.failed)
				}
			}
			var got []string
			for _, f := range faults {
				got = append(got, strings.TrimSpace(pathOf(f)+" "+f.what))
			}
			if len(failed) > 0 {
				got = []string{"!"}
			}
			if text := strings.Join(got, "; "); text != tt.want {
				t.Errorf("got  %s\nwant %s %v", text, tt.want, failed)
			}
		})
	}
}

func pathOf(f fault) string {
	s := ""
	for _, name := range f.path {
		switch {
		case name[0] >= '0' && name[0] <= '9':
			s += fmt.Sprintf("[%s]", name)
		case s != "":
			s += "." + name
		default:
			s = name
		}
	}
	return s
}
