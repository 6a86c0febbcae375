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

	"stagecue.dev/internal/load"
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
// differences, put together.
func wantedGraphs(t *testing.T) map[string]stageGraph {
	t.Helper()
	var differences []*difference
	readJSON(t, "mapping.json", &differences)
	wants := map[string]stageGraph{}
	for _, r := range renders(t) {
		for i, d := range differences {
			if d.Because == "" {
				t.Errorf("mapping.json: entry %d has no reason", i+1)
			}
			if !regexp.MustCompile(d.Renders).MatchString(r.name) {
				continue
			}
			done, err := d.apply(r.graph)
			if err != nil {
				t.Errorf("mapping.json: entry %d: %v", i+1, err)
			}
			d.used = d.used || done
		}
		variant, _, _ := strings.Cut(r.name, " ")
		if wants[variant] == nil {
			wants[variant] = stageGraph{}
		}
		for _, line := range r.graph.lines() {
			if err := wants[variant].add(strings.Replace(line, " FROM  ", " ", 1)); err != nil {
				t.Errorf("%s: %v: the mapping has to say which", r.name, err)
			}
		}
	}
	for i, d := range differences {
		if !d.used {
			t.Errorf("mapping.json: entry %d changes nothing: %+v", i+1, *d)
		}
	}
	return wants
}

// TestInferenceGraphs holds the stage graph of each framework and device against
// that of the production family.
func TestInferenceGraphs(t *testing.T) {
	texts := inferenceTexts(t)
	for variant, want := range wantedGraphs(t) {
		text, ok := texts[variant]
		if !ok {
			t.Errorf("%s is not built", variant)
			continue
		}
		got, _ := graphOf(t, text)
		have, wanted := got.lines(), want.lines()
		for _, line := range wanted {
			if !slices.Contains(have, line) {
				t.Errorf("%s lacks: %s", variant, line)
			}
		}
		for _, line := range have {
			if !slices.Contains(wanted, line) {
				t.Errorf("%s has besides: %s", variant, line)
			}
		}
	}
}

// inferenceTexts are the Dockerfiles that the stack compiles to, by their paths
// below the stack's own.
func inferenceTexts(t *testing.T) map[string]string {
	t.Helper()
	if testing.Short() {
		t.Skip("it compiles the repository's stacks, which -short leaves out")
	}
	m, problem := load.FindModule("../..")
	if problem != nil {
		t.Fatal(problem.Message)
	}
	r := Run(t.Context(), m, Request{Stacks: []string{"inference"}})
	if len(r.Findings) > 0 {
		t.Fatal(brief(r.Findings))
	}
	texts := map[string]string{}
	for _, f := range r.Files {
		texts[strings.TrimSuffix(strings.TrimPrefix(f.Path, "inference/"), "/Dockerfile")] = f.Text.String()
	}
	return texts
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
