package compile

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
)

// testPackages holds what each stage installs against the production family: all
// of it, and nothing else.
func testPackages(t *testing.T, variant string, stages []instructions.Stage) {
	var data []struct {
		// Stage is its name there, As its name here, if that is another one.
		Stage, As string
		// Variants is a pattern of the variants.
		Variants string
		Packages string
		// Instead are the names of packages here, empty for what is left out.
		Instead map[string]string
		// Because is the reason for what is different.
		Because string
	}
	readJSON(t, "packages.json", &data)
	wants := map[string]map[string]bool{}
	for _, d := range data {
		if (d.As != "" || d.Instead != nil) && d.Because == "" {
			t.Errorf("packages.json: %s: %s: there is no reason for the difference", d.Stage, d.Packages)
		}
		if !regexp.MustCompile(d.Variants).MatchString(variant) {
			continue
		}
		stage := d.Stage
		if d.As != "" {
			stage = d.As
		}
		if wants[stage] == nil {
			wants[stage] = map[string]bool{}
		}
		for _, name := range strings.Fields(d.Packages) {
			if other, ok := d.Instead[name]; ok {
				name = other
			}
			if name != "" {
				wants[stage][name] = true
			}
		}
	}
	got := installed(stages)
	for stage, names := range wants {
		for name := range names {
			if !slices.Contains(got[stage], name) {
				t.Errorf("%s does not install %s", stage, name)
			}
		}
	}
	for _, stage := range slices.Sorted(maps.Keys(got)) {
		for _, name := range got[stage] {
			if !wants[stage][name] {
				t.Errorf("%s installs %s besides", stage, name)
			}
		}
	}
}

// testVersions looks for each version of the production family where it is used.
func testVersions(t *testing.T, variant, text string) {
	var data []struct {
		What, Version string
		// Variants is a pattern of the variants, all of them if it is empty.
		Variants string
		// Stage is where Text stands, with the version for {}; before the first
		// stage if it is empty.
		Stage, Text string
		// Trim begins the version there, and not here.
		Trim string
	}
	readJSON(t, "versions.json", &data)
	for _, d := range data {
		if !regexp.MustCompile(d.Variants).MatchString(variant) {
			continue
		}
		want := strings.ReplaceAll(d.Text, "{}", strings.TrimPrefix(d.Version, d.Trim))
		if !strings.Contains(stageText(text, d.Stage), want) {
			t.Errorf("stage %q does not hold %q: %s is to be %s", d.Stage, want, d.What, d.Version)
		}
	}
}
