package review

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/internal/dockerfile"
)

// product is a stack of all combinations of axes, of which some are left out.
func product(axes map[string][]string, keep func(map[string]string) bool) []Variant {
	names := make([]string, 0, len(axes))
	for name := range axes {
		names = append(names, name)
	}
	slices.Sort(names)
	out := []Variant{{Stack: "s"}}
	for _, name := range names {
		var next []Variant
		for _, v := range out {
			for _, value := range axes[name] {
				w := v
				w.Values = append(slices.Clone(v.Values), dockerfile.Pair{Name: name, Value: value})
				next = append(next, w)
			}
		}
		out = next
	}
	out = slices.DeleteFunc(out, func(v Variant) bool {
		values := map[string]string{}
		for _, p := range v.Values {
			values[p.Name] = p.Value
		}
		return !keep(values)
	})
	for i := range out {
		out[i].Path = "s/" + strings.ReplaceAll(out[i].Name(), " ", "/") + "/Dockerfile"
	}
	return out
}

func TestSet(t *testing.T) {
	axes := map[string][]string{"os": {"debian12", "debian13", "fedora42"}, "cuda": {"none", "9.1", "12.0"}, "one": {"x"}}
	all := product(axes, func(map[string]string) bool { return true })
	for _, tt := range []struct {
		want string
		keep func(os, cuda string) bool
	}{
		{"all 9", func(_, _ string) bool { return true }},
		{"os=debian12 (3)", func(os, _ string) bool { return os == "debian12" }},
		{"os=debian12,debian13 (6)", func(os, _ string) bool { return os != "fedora42" }},
		{"cuda=9.1,12.0 os=debian12,fedora42 (4)", func(os, cuda string) bool { return os != "debian13" && cuda != "none" }},
		{"cuda=none os=fedora42", func(os, cuda string) bool { return os == "fedora42" && cuda == "none" }},
		{"cuda=9.1,12.0 os=debian12 (2) | cuda=none (3)", func(os, cuda string) bool { return os == "debian12" || cuda == "none" }},
	} {
		some := slices.DeleteFunc(slices.Clone(all), func(v Variant) bool { return !tt.keep(value(v, "os"), value(v, "cuda")) })
		got := newUniverse(all).set("s", some)
		if words := strings.Join(got.Of, " | "); words != tt.want {
			t.Errorf("%s, not %s", words, tt.want)
		}
	}
	if got := newUniverse(all[:1]).set("s", all[:1]); fmt.Sprint(got.Of) != "[the only one]" {
		t.Error(got.Of)
	}
}

// Whatever is selected, the words come to just that.
func TestSetIsExact(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	axes := map[string][]string{"a": {"1", "2", "3"}, "b": {"1", "2"}, "c": {"1", "2", "3", "4"}}
	for range 300 {
		all := product(axes, func(map[string]string) bool { return r.IntN(5) > 0 })
		share := 1 + r.IntN(9)
		some := slices.DeleteFunc(slices.Clone(all), func(Variant) bool { return r.IntN(10) >= share })
		if len(some) == 0 || len(all) < 2 {
			continue
		}
		set := newUniverse(all).set("s", some)
		var got []string
		for _, words := range set.Of {
			words = regexp.MustCompile(` \([0-9]+\)$`).ReplaceAllString(words, "")
			for _, v := range all {
				fits := true
				for _, word := range strings.Fields(words) {
					axis, values, ok := strings.Cut(word, "=")
					fits = fits && (!ok || slices.Contains(strings.Split(values, ","), value(v, axis)))
				}
				if fits {
					got = append(got, v.Path)
				}
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, set.Paths) {
			t.Fatalf("%q are\n%s\nnot\n%s", set.Of, strings.Join(got, "\n"), strings.Join(set.Paths, "\n"))
		}
	}
}
