package compile

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestInferencePackages holds what each stage installs against the production
// family: all of it, and nothing else.
func TestInferencePackages(t *testing.T) {
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
	texts := inferenceTexts(t)
	for variant := range wantedGraphs(t) {
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
		_, stages := graphOf(t, texts[variant])
		got := installed(stages)
		for stage, names := range wants {
			for name := range names {
				if !slices.Contains(got[stage], name) {
					t.Errorf("%s: %s does not install %s", variant, stage, name)
				}
			}
		}
		for _, stage := range slices.Sorted(maps.Keys(got)) {
			for _, name := range got[stage] {
				if !wants[stage][name] {
					t.Errorf("%s: %s installs %s besides", variant, stage, name)
				}
			}
		}
	}
}

// TestInferenceVersions looks for each version of the production family where it
// is used.
func TestInferenceVersions(t *testing.T) {
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
	texts := inferenceTexts(t)
	for variant := range wantedGraphs(t) {
		for _, d := range data {
			if !regexp.MustCompile(d.Variants).MatchString(variant) {
				continue
			}
			want := strings.ReplaceAll(d.Text, "{}", strings.TrimPrefix(d.Version, d.Trim))
			if text := stageText(texts[variant], d.Stage); !strings.Contains(text, want) {
				t.Errorf("%s: stage %q does not hold %q: %s is to be %s", variant, d.Stage, want, d.What, d.Version)
			}
		}
	}
}

// stageText is the text of a stage, or what stands before the first.
func stageText(text, stage string) string {
	from := regexp.MustCompile(`(?m)^FROM .*$`)
	if stage == "" {
		return text[:from.FindStringIndex(text)[0]]
	}
	spans := from.FindAllStringIndex(text, -1)
	for i, span := range spans {
		if strings.HasSuffix(text[span[0]:span[1]], " AS "+stage) {
			if i+1 < len(spans) {
				return text[span[0]:spans[i+1][0]]
			}
			return text[span[0]:]
		}
	}
	return ""
}
