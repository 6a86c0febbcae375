package compile

import (
	"runtime"
	"strings"
	"testing"

	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/matrix"
)

// A variant that stands alone comes out as it does among the others, and
// nothing is left of who has evaluated it from the other end.
func TestAhead(t *testing.T) {
	m, kept := repository(t), newKept()
	all := Run(t.Context(), m, Request{Stacks: []string{"inference"}})
	if len(all.Findings) > 0 {
		t.Fatal(brief(all.Findings))
	}
	for i, want := range all.Dockerfiles() {
		if i%5 > 0 {
			continue
		}
		var selectors []matrix.Selector
		for _, chosen := range strings.Fields(want.Variant) {
			axis, value, _ := strings.Cut(chosen, "=")
			selectors = append(selectors, matrix.Selector{Axis: axis, Value: value})
		}
		// Nothing is kept; as much as the variants before have in common; all parts
		// are; the variant is.
		for _, stores := range [][2]evaluate.Store{{}, {kept, recording{kept}}, {kept, recording{kept}}, {kept, kept}} {
			before := runtime.NumGoroutine()
			r := Run(t.Context(), m, Request{Stacks: []string{"inference"}, Selectors: selectors, Quick: true, parts: stores[0], variants: stores[1]})
			if len(r.Findings) > 0 || len(r.Dockerfiles()) != 1 {
				t.Fatalf("%s: %d files, findings:\n%s", want.Variant, len(r.Dockerfiles()), brief(r.Findings))
			}
			if got := r.Dockerfiles()[0]; got.Path != want.Path || got.Text.String() != want.Text.String() {
				t.Errorf("%s\n%s\nwant %s\n%s", got.Path, got.Text, want.Path, want.Text)
			}
			quiet(t, before)
		}
	}
}
