package affected

import (
	"encoding/json"
	"io"
	"strings"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/index"
)

// version is that of the JSON form. Fields may be added without a new one.
const version = 1

// document is the JSON form.
type document struct {
	Version int `json:"version"`
	// Base is the commit that is compared with.
	Base     string            `json:"base"`
	Images   []imageOf         `json:"images"`
	Removed  []imageOf         `json:"removed"`
	Findings []diag.Diagnostic `json:"findings"`
}

// imageOf is an image in it.
type imageOf struct {
	Stack string            `json:"stack"`
	Axes  map[string]string `json:"axes"`
	// Path is that of the Dockerfile, from the module's root.
	Path      string   `json:"path"`
	Target    string   `json:"target,omitempty"`
	Bake      string   `json:"bake,omitempty"`
	Platforms []string `json:"platforms"`
	Tags      []string `json:"tags"`
	Causes    []Cause  `json:"causes,omitempty"`
}

func images(all []Image, generated string) []imageOf {
	out := []imageOf{}
	for _, image := range all {
		out = append(out, imageOf{
			Stack: image.Stack, Axes: axes(image.Variant), Path: generated + "/" + image.Variant.Path,
			Target: image.Target.Name, Bake: image.Target.Bake, Causes: image.Causes,
			Platforms: append([]string{}, image.Target.Platforms...), Tags: append([]string{}, image.Target.Tags...),
		})
	}
	return out
}

func axes(v *index.Variant) map[string]string {
	if v.Values == nil {
		return map[string]string{}
	}
	return v.Values
}

// WriteJSON prints all of it as one document.
func WriteJSON(w io.Writer, r *Result, base, generated string, findings diag.List) error {
	return encode(w, document{
		Version: version, Base: base, Images: images(r.Images, generated), Removed: images(r.Removed, generated),
		Findings: append(diag.List{}, findings...),
	}, "  ")
}

// job is an entry of a matrix of GitHub Actions.
type job struct {
	Stack  string            `json:"stack"`
	Axes   map[string]string `json:"axes"`
	Path   string            `json:"path"`
	Target string            `json:"target"`
	Bake   string            `json:"bake"`
	// Platforms are one word, as --platform takes them.
	Platforms string `json:"platforms"`
}

// WriteMatrix prints a matrix for GitHub Actions, on one line, as the value of
// an output of a step has to be.
func WriteMatrix(w io.Writer, r *Result, generated string) error {
	include := []job{}
	for _, image := range r.Images {
		include = append(include, job{
			Stack: image.Stack, Axes: axes(image.Variant), Path: generated + "/" + image.Variant.Path,
			Target: image.Target.Name, Bake: image.Target.Bake, Platforms: strings.Join(image.Target.Platforms, ","),
		})
	}
	return encode(w, map[string][]job{"include": include}, "")
}

// encode writes JSON, with <, > and & as they are.
func encode(w io.Writer, v any, indent string) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", indent)
	return enc.Encode(v)
}
