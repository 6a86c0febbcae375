package matrix

import (
	"fmt"
	"strings"
	"testing"

	"stagecue.dev/internal/diag"
)

const guaranteed = axes + `rules: {
	"gpu-needs-cuda": {because: "it runs nothing", when: dev: id: "gpu", require: cuda: major: >0}
	"new-glibc": {because: "symbols", forbid: {os: glibc: order: <35, cuda: major: 13}}
}
`

func TestBroken(t *testing.T) {
	for _, tt := range []struct {
		name, guarantee, want string
	}{
		{"kept", `{os: id: "rpm", cuda: id: "12"}`, ""},
		{"kept by one arm of two that there is", `{os: id: "rpm", cuda: id: "12"} | {os: id: "arch"}`, ""},
		{"broken", `{os: id: "rpm", cuda: id: "13", dev: id: "cpu"}`,
			`the combination cuda=13 dev=cpu os=rpm is guaranteed, but not supported; rule "new-glibc": symbols`},
		{"broken for some of what it names", `os: id: "rpm"`,
			`the combination cuda=none dev=gpu os=rpm is guaranteed, but not supported; rule "gpu-needs-cuda": it runs nothing`},
		{"gone", `{os: id: "arch", cuda: id: "12"}`,
			`the guarantee "g" names a combination that the axes no longer have`},
		{"gone as a combination", `{os: id: "mus", os: glibc: order: >0}`,
			`the guarantee "g" names a combination that the axes no longer have`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := mustBuild(t, guaranteed+`guarantees: g: {because: "we said so", combination: `+tt.guarantee+`}`)
			list := m.Broken()
			var got []string
			for _, d := range list {
				got = append(got, d.Message)
				for _, r := range d.Related {
					got = append(got, r.Label)
				}
				if d.Severity != diag.Error || d.Span.Line != 23 || fmt.Sprint(d.Notes) != "[guaranteed because: we said so]" {
					t.Errorf("got %+v", d)
				}
			}
			if strings.Join(got, "; ") != tt.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "; "), tt.want)
			}
		})
	}
}

// All rules that reject the combination are named, and each guarantee has a
// finding of its own.
func TestBrokenTwice(t *testing.T) {
	m := mustBuild(t, guaranteed+`
rules: "no-rpm": {because: "nobody", forbid: os: id: "rpm"}
guarantees: {
	a: {because: "x", combination: {os: id: "rpm", cuda: id: "13", dev: id: "gpu"}}
	b: {because: "y", combination: {os: id: "rpm", cuda: id: "none", dev: id: "gpu"}}
	c: {because: "z", combination: {os: id: "deb", cuda: id: "13"}}
}`)
	var got []string
	for _, d := range m.Broken() {
		for _, r := range d.Related {
			got = append(got, fmt.Sprintf("%d: %s", d.Span.Line, r.Label))
		}
	}
	want := `26: rule "new-glibc": symbols
26: rule "no-rpm": nobody
27: rule "gpu-needs-cuda": it runs nothing
27: rule "no-rpm": nobody`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}
