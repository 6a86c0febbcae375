package compile

import (
	"maps"
	"strings"
	"testing"
)

// TestInference holds what stages/inference compiles to against the production
// family, whose graphs, packages and versions are in testdata/inference.
func TestInference(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles the repository's stacks, which -short leaves out")
	}
	var differences []*difference
	readJSON(t, "mapping.json", &differences)
	wants := wantedGraphs(t, differences, t.Errorf)
	for i, d := range differences {
		if !d.used {
			t.Errorf("mapping.json: entry %d changes nothing: %+v", i+1, *d)
		}
		if d.Because == "" {
			t.Errorf("mapping.json: entry %d has no reason", i+1)
		}
	}
	texts := inferenceTexts(t)
	for variant, want := range wants {
		t.Run(variant, func(t *testing.T) {
			text, ok := texts[variant]
			if !ok {
				t.Fatal("it is not built")
			}
			got, stages := graphOf(t, text)
			for _, line := range want.compare(got) {
				t.Error(line)
			}
			testPackages(t, variant, stages)
			testVersions(t, variant, text)
			testNotices(t, want, got)
		})
	}
	testMapping(t, wants, differences)
}

// testNotices makes sure that the comparison of graphs sees each single edge.
func testNotices(t *testing.T, want, got stageGraph) {
	for name, node := range got {
		from := node.from
		if node.from = "busybox:1"; len(want.compare(got)) == 0 {
			t.Errorf("another base of %s goes unnoticed", name)
		}
		node.from = from
		for source := range maps.Clone(node.copies) {
			if delete(node.copies, source); len(want.compare(got)) == 0 {
				t.Errorf("%s without a copy from %s goes unnoticed", name, source)
			}
			node.copies[source] = true
		}
		if delete(got, name); len(want.compare(got)) == 0 {
			t.Errorf("a Dockerfile without %s goes unnoticed", name)
		}
		got[name] = node
	}
}

// inferenceTexts are the Dockerfiles that the stack compiles to, by their paths
// below the stack's own.
func inferenceTexts(t *testing.T) map[string]string {
	t.Helper()
	m := repository(t)
	r := Run(t.Context(), m, Request{Stacks: []string{"inference"}})
	if len(r.Findings) > 0 {
		t.Fatal(brief(r.Findings))
	}
	texts := map[string]string{}
	for _, f := range r.Dockerfiles() {
		texts[strings.TrimSuffix(strings.TrimPrefix(f.Path, "inference/"), "/Dockerfile")] = f.Text.String()
	}
	return texts
}
