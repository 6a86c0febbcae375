package judge

import (
	"fmt"
	"path"
	"slices"
)

// A Limit says that some Dockerfiles do not serve all Platforms.
type Limit struct {
	// Dockerfiles is a pattern of path.Match for the directory of the
	// Dockerfile below generated/.
	Dockerfiles string `json:"dockerfiles"`
	// Platforms are those that the Dockerfiles serve.
	Platforms []string `json:"platforms"`
	// Because says why the others are missing.
	Because string `json:"because"`
}

// ReadLimits reads a file of JSON: a list of limits.
func ReadLimits(file string) ([]Limit, error) {
	var limits []Limit
	if err := readJSON(file, &limits); err != nil {
		return nil, err
	}
	for _, l := range limits {
		if err := l.validate(); err != nil {
			return nil, fmt.Errorf("%s: %q: %w", file, l.Dockerfiles, err)
		}
	}
	return limits, nil
}

func (l Limit) validate() error {
	if l.Because == "" {
		return fmt.Errorf("does not say why")
	}
	if len(l.Platforms) == 0 || len(l.Platforms) >= len(Platforms()) {
		return fmt.Errorf("%q is no limit: all there are is %q", l.Platforms, Platforms())
	}
	if _, err := path.Match(l.Dockerfiles, ""); err != nil {
		return err
	}
	return validatePlatforms(l.Platforms)
}

// Matches tells whether the limit is for the Dockerfile in dir.
func (l Limit) Matches(dir string) bool {
	ok, err := path.Match(l.Dockerfiles, dir)
	return ok && err == nil
}

// Missing are the platforms that the limit takes away.
func (l Limit) Missing() []string {
	return slices.DeleteFunc(Platforms(), func(p string) bool { return slices.Contains(l.Platforms, p) })
}

// Served are the platforms that the Dockerfile in dir serves: all that no limit
// takes away.
func Served(limits []Limit, dir string) []string {
	served := Platforms()
	for _, l := range limits {
		if l.Matches(dir) {
			served = slices.DeleteFunc(served, func(p string) bool { return !slices.Contains(l.Platforms, p) })
		}
	}
	return served
}
