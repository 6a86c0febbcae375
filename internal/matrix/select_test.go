package matrix

import (
	"strings"
	"testing"
)

func TestSelect(t *testing.T) {
	m := mustBuild(t, guaranteed)
	all, list := m.Variants()
	if len(list) > 0 {
		t.Fatal(brief(list))
	}
	for _, tt := range []struct {
		selectors, want string
	}{
		{"os=rpm", "cuda=12 dev=cpu os=rpm\ncuda=12 dev=gpu os=rpm\ncuda=none dev=cpu os=rpm"},
		{"os=rpm cuda=none", "cuda=none dev=cpu os=rpm"},
		{"os=rpm os=rpm dev=gpu", "cuda=12 dev=gpu os=rpm"},
		{"oss=rpm", `unknown-axis: there is no axis "oss" to select oss=rpm by (did you mean "os"?)`},
		{"python=3", `unknown-axis: there is no axis "python" to select python=3 by (the axes are cuda, dev, os)`},
		{"cuda=14", `unknown-value: the axis "cuda" has no value "14" (the values are 12, 13, none)`},
		{"cuda=non", `unknown-value: the axis "cuda" has no value "non" (did you mean "none"?)`},
		{"cuda=14 oss=rpm", "unknown-axis: there is no axis \"oss\" to select oss=rpm by (did you mean \"os\"?)\n" +
			`unknown-value: the axis "cuda" has no value "14" (the values are 12, 13, none)`},
		{"os=rpm os=deb", `unsupported: no variant has os=rpm and os=deb at once (select one value of each axis)`},
		{"os=rpm cuda=13", "unsupported: no variant has os=rpm cuda=13\n  rule \"new-glibc\": symbols"},
	} {
		var selectors []Selector
		for word := range strings.FieldsSeq(tt.selectors) {
			axis, value, _ := strings.Cut(word, "=")
			selectors = append(selectors, Selector{Axis: axis, Value: value})
		}
		chosen, list := m.Select(all, selectors)
		got := strings.ReplaceAll(brief(list), "0:0 ", "")
		for _, v := range chosen {
			got += "\n" + v.String()
		}
		for _, d := range list {
			for _, r := range d.Related {
				got += "\n  " + r.Label
			}
		}
		if got = strings.TrimPrefix(got, "\n"); got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.selectors, got, tt.want)
		}
	}
}

// Where the values of the axes that are left open are rejected by different
// rules, all of these are named, each once.
func TestSelectNamesAllRules(t *testing.T) {
	m := mustBuild(t, axes+`rules: {
	a: {because: "x", forbid: {os: id: "deb", cuda: id: "13"}}
	b: {because: "y", forbid: {os: id: !="deb", cuda: id: "13"}}
	c: {because: "z", forbid: {os: id: "rpm", cuda: id: "12"}}
}`)
	all, _ := m.Variants()
	_, list := m.Select(all, []Selector{{"cuda", "13"}})
	var got []string
	for _, r := range list[0].Related {
		got = append(got, r.Label)
	}
	if want := `rule "a": x; rule "b": y`; strings.Join(got, "; ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, "; "), want)
	}
}
