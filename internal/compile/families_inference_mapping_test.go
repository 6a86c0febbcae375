package compile

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A difference is where the stack is built otherwise than the renders of
// testdata/inference/graphs.txt, and why: there, each target has a Dockerfile of
// its own, so that one name stands for several things.
type difference struct {
	// Renders is a pattern of the renders that it is about.
	Renders string `json:"renders"`
	// Rename gives the stage of that name the name To.
	Rename string `json:"rename"`
	To     string `json:"to"`
	// Merge takes a stage without steps away: what refers to it, refers to its base.
	Merge string `json:"merge"`
	// In is a stage in which With stands for Ref, or nothing if With is empty.
	In   string `json:"in"`
	Ref  string `json:"ref"`
	With string `json:"with"`
	// Add is a line of a graph.
	Add     string `json:"add"`
	Because string `json:"because"`

	used bool
}

// apply changes a graph, and tells whether there was anything to change.
func (d *difference) apply(g stageGraph) (bool, error) {
	switch {
	case d.Rename != "":
		return g.rename(d.Rename, d.To), nil
	case d.Merge != "":
		return g.merge(d.Merge), nil
	case d.In != "":
		return g.replace(d.In, d.Ref, d.With), nil
	}
	return true, g.add(d.Add)
}

// A render is one Dockerfile of the production family.
type render struct {
	name  string
	graph stageGraph
}

// renders reads testdata/inference/graphs.txt.
func renders(t *testing.T) []render {
	t.Helper()
	var out []render
	for n, line := range strings.Split(string(testdata(t, "graphs.txt")), "\n") {
		name, header := strings.CutPrefix(line, "render ")
		switch {
		case line == "" || line[0] == '#':
		case header:
			out = append(out, render{name, stageGraph{}})
		default:
			if err := out[len(out)-1].graph.add(line); err != nil {
				t.Fatalf("graphs.txt:%d: %v", n+1, err)
			}
		}
	}
	return out
}

// wantedGraphs are the graphs of the variants: all renders of a variant, with the
// differences, put together. What is wrong with the data is told to complain.
func wantedGraphs(t *testing.T, differences []*difference, complain func(format string, args ...any)) map[string]stageGraph {
	t.Helper()
	wants := map[string]stageGraph{}
	for _, r := range renders(t) {
		for i, d := range differences {
			if !regexp.MustCompile(d.Renders).MatchString(r.name) {
				continue
			}
			done, err := d.apply(r.graph)
			if err != nil {
				complain("mapping.json: entry %d: %v", i+1, err)
			}
			d.used = d.used || done
		}
		variant, _, _ := strings.Cut(r.name, " ")
		if wants[variant] == nil {
			wants[variant] = stageGraph{}
		}
		for _, line := range r.graph.lines() {
			if err := wants[variant].add(line); err != nil {
				complain("%s: %v: mapping.json has to say which", r.name, err)
			}
		}
	}
	return wants
}

// testMapping makes sure that each difference is one: without it, something else
// is wanted.
func testMapping(t *testing.T, wants map[string]stageGraph, differences []*difference) {
	for i := range differences {
		others := slices.Delete(slices.Clone(differences), i, i+1)
		changed := false
		without := wantedGraphs(t, others, func(string, ...any) { changed = true })
		for variant, want := range wants {
			changed = changed || len(want.compare(without[variant])) > 0
		}
		if !changed {
			t.Errorf("mapping.json: without entry %d the same is wanted", i+1)
		}
	}
}

func testdata(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "inference", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(string(testdata(t, name))))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatal(fmt.Errorf("%s: %w", name, err))
	}
}
