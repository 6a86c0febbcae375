package judge

import (
	"bytes"
	"errors"
	"slices"

	"github.com/distribution/reference"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// parse reads a Dockerfile with BuildKit's parser. Where it fails there are no
// stages and the findings say why.
func parse(text []byte) (stages []instructions.Stage, findings []Finding) {
	file, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, []Finding{failure(err)}
	}
	for _, w := range file.Warnings {
		f := Finding{Check: "parser", Message: w.Short}
		if w.Location != nil {
			f.Line = w.Location.Start.Line
		}
		findings = append(findings, f)
	}

	l, err := experimental(text, func(check, _, _, message string, at []parser.Range) {
		findings = append(findings, Finding{Line: firstLine(at), Check: check, Message: message})
	})
	if err != nil {
		return nil, append(findings, failure(err))
	}
	stages, _, err = instructions.Parse(file.AST, l)
	if err != nil {
		return nil, append(findings, failure(err))
	}
	if len(stages) == 0 {
		return nil, append(findings, Finding{Check: "error", Message: "there is no stage"})
	}
	return stages, findings
}

// experimental is a linter with all checks, those included that BuildKit keeps
// off until a Dockerfile asks for them. All of these are made while parsing.
// What the Dockerfile's `# check=skip=` names is skipped here too.
func experimental(text []byte, warn linter.LintWarnFunc) (*linter.Linter, error) {
	options, _, _, _ := parser.ParseDirective("check", text)
	config, err := linter.ParseLintOptions(options)
	if err != nil {
		return nil, err
	}
	config.ExperimentalAll = true
	config.Warn = warn
	return linter.New(config), nil
}

// frontend looks up the image of a `# syntax=` line, which a build fetches as
// well. What the image does is not judged: the library has a frontend of its own.
func frontend(text []byte, r *resolver) []Finding {
	ref, _, at, ok := parser.DetectSyntax(text)
	if !ok {
		return nil
	}
	named, err := reference.ParseNormalizedNamed(ref)
	if err == nil {
		_, err = r.image(reference.TagNameOnly(named).String())
	}
	if err != nil {
		return []Finding{{Line: firstLine(at), Check: "error", Message: err.Error()}}
	}
	return nil
}

// targets are the names of the stages, and "" for the default target. A stage
// without a name cannot be built but by default.
func targets(stages []instructions.Stage) []string {
	names := []string{""}
	for _, s := range stages {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}

// failure is the finding for an error of BuildKit's.
func failure(err error) Finding {
	f := Finding{Check: "error", Message: err.Error()}
	var at *parser.LocationError
	if errors.As(err, &at) {
		for _, ranges := range at.Locations {
			if line := firstLine(ranges); f.Line == 0 || line != 0 && line < f.Line {
				f.Line = line
			}
		}
	}
	return f
}

func firstLine(ranges []parser.Range) int {
	if len(ranges) == 0 {
		return 0
	}
	return ranges[0].Start.Line
}
