package judge

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/distribution/reference"
)

// An Image is what is known of one image of others.
type Image struct {
	// Platforms are those it is known to be published for, as "linux/amd64".
	Platforms []string `json:"platforms"`
	// Env is the environment that its configuration sets, as far as some
	// Dockerfile reads it. Values may be shortened.
	Env map[string]string `json:"env,omitempty"`
	// Source says where this is known from.
	Source string `json:"source"`
}

// Images are all images that a Dockerfile may use, by normalized reference
// ("docker.io/library/ubuntu:24.04").
type Images map[string]Image

// ReadImages reads a file of JSON: an object of images by reference.
func ReadImages(file string) (Images, error) {
	var entries map[string]Image
	if err := readJSON(file, &entries); err != nil {
		return nil, err
	}
	images := Images{}
	for ref, image := range entries {
		name, err := normalize(ref)
		if err == nil {
			err = image.validate()
		}
		if _, twice := images[name]; err == nil && twice {
			err = fmt.Errorf("stands there twice, spelt differently")
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %q: %w", file, ref, err)
		}
		images[name] = image
	}
	return images, nil
}

// normalize spells a reference as BuildKit asks for it. A reference without
// tag and digest is refused: it would stand for whatever is latest.
func normalize(ref string) (string, error) {
	named, err := reference.ParseNormalizedNamed(ref)
	if err != nil {
		return "", err
	}
	if reference.IsNameOnly(named) {
		return "", fmt.Errorf("has neither tag nor digest")
	}
	return named.String(), nil
}

func (i Image) validate() error {
	if len(i.Platforms) == 0 {
		return fmt.Errorf("has no platforms")
	}
	if i.Source == "" {
		return fmt.Errorf("does not say where it is known from")
	}
	return validatePlatforms(i.Platforms)
}

// validatePlatforms refuses what is not spelt like one of Platforms.
func validatePlatforms(platforms []string) error {
	for _, p := range platforms {
		if !slices.Contains(Platforms(), p) {
			return fmt.Errorf("platform %q is none of %q", p, Platforms())
		}
	}
	return nil
}

// readJSON decodes one value and refuses unknown keys and whatever follows it.
func readJSON(file string, value any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(value); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return fmt.Errorf("%s: more than one value", file)
	}
	return nil
}
