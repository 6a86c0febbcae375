package dockerfile

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// Verify reads text with BuildKit's own parser and compares the result with
// the file: directives, arguments, stages, and every instruction with its
// flags, words, shell text, heredocs and mounts. It returns the first
// difference; after Validate and Emit, there is one only if Emit is defective.
func Verify(f *File, text []byte) error {
	result, err := read(text)
	if err != nil {
		return err
	}
	version, _ := RequiredSyntax(f)
	if err := verifyDirectives(f, version, text, result); err != nil {
		return err
	}
	stages, args, err := instructions.Parse(result.AST, linter.New(&linter.Config{}))
	if err != nil {
		return err
	}
	if err := verifyArgs(f.Args, args); err != nil {
		return err
	}
	if needsDefault(f) {
		if len(stages) == 0 {
			return errors.New("the default stage is missing")
		}
		last := stages[len(stages)-1]
		if last.Name != "" || last.BaseName != f.Default || last.Platform != "" || len(last.Commands) > 0 {
			return fmt.Errorf("the last stage is %q, want the default stage %q alone", last.SourceCode, f.Default)
		}
		stages = stages[:len(stages)-1]
	}
	if len(stages) != len(f.Stages) {
		return fmt.Errorf("%d stages, want %d", len(stages), len(f.Stages))
	}
	for n, want := range f.Stages {
		if err := verifyStage(want, stages[n]); err != nil {
			return atLine(stages[n].Location, fmt.Errorf("stage %q: %w", want.Name, err))
		}
	}
	return nil
}

func verifyDirectives(f *File, version string, text []byte, result *parser.Result) error {
	syntax, check, found := directives(text)
	if syntax != syntaxImage(f, version) {
		return fmt.Errorf("syntax directive is %q, want %q", syntax, syntaxImage(f, version))
	}
	if result.EscapeToken != parser.DefaultEscapeToken {
		return fmt.Errorf("escape directive sets %q", result.EscapeToken)
	}
	if found != (f.Check != nil) {
		return fmt.Errorf("check directive is %q", check)
	}
	if !found {
		return nil
	}
	config, err := linter.ParseLintOptions(check)
	if err != nil {
		return err
	}
	want := linter.Config{ReturnAsError: f.Check.Error != nil && *f.Check.Error}
	if want.SkipAll = slices.Equal(f.Check.Skip, []string{"all"}); !want.SkipAll {
		want.SkipRules = f.Check.Skip
	}
	if want.ExperimentalAll = slices.Equal(f.Check.Experimental, []string{"all"}); !want.ExperimentalAll {
		want.ExperimentalRules = f.Check.Experimental
	}
	if config.SkipAll != want.SkipAll || config.ExperimentalAll != want.ExperimentalAll || config.ReturnAsError != want.ReturnAsError ||
		!slices.Equal(config.SkipRules, want.SkipRules) || !slices.Equal(config.ExperimentalRules, want.ExperimentalRules) {
		return fmt.Errorf("check directive is %q, want %q", check, checkOptions(f.Check))
	}
	return nil
}

func verifyArgs(want []Arg, got []instructions.ArgCommand) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d global arguments, want %d", len(got), len(want))
	}
	for n, w := range want {
		if len(got[n].Args) != 1 {
			return fmt.Errorf("ARG %s: several arguments", w.Name)
		}
		g := got[n].Args[0]
		if g.Key != w.Name || (g.Value == nil) != (w.Default == nil) {
			return fmt.Errorf("ARG %s: read as %q", w.Name, g.String())
		}
		if w.Default != nil {
			if err := sameWord(*g.Value, *w.Default); err != nil {
				return fmt.Errorf("ARG %s: %w", w.Name, err)
			}
		}
		if g.DocComment != oneLine(w.Description) {
			return fmt.Errorf("ARG %s: description is %q", w.Name, g.DocComment)
		}
	}
	return nil
}

func verifyStage(want Stage, got instructions.Stage) error {
	if err := verifyFrom(want, got); err != nil {
		return err
	}
	if len(got.Commands) != len(want.Steps) {
		return fmt.Errorf("%d instructions, want %d", len(got.Commands), len(want.Steps))
	}
	for n, step := range want.Steps {
		if err := verifyStep(n, step, got.Commands[n]); err != nil {
			return err
		}
	}
	return nil
}

// verifyStep compares step n, counted from 0, with what BuildKit read.
func verifyStep(n int, want Step, got instructions.Command) error {
	err := verifyInstruction(want.Instruction, got)
	if err == nil {
		err = verifyCheck(got.Comments(), want.Check)
	}
	if err == nil {
		return nil
	}
	err = fmt.Errorf("instruction %d, %s in line %d: %w", n+1, want.Instruction.Keyword(), got.Location()[0].Start.Line, err)
	return atLine(got.Location(), err)
}

// verifyFrom compares a stage but for its instructions.
func verifyFrom(want Stage, got instructions.Stage) error {
	if got.Name != want.Name || got.OrigCmd != "FROM" {
		return fmt.Errorf("read as %q", got.SourceCode)
	}
	if err := sameWord(got.BaseName, want.From); err != nil {
		return fmt.Errorf("base: %w", err)
	}
	if err := sameWord(got.Platform, want.Platform); err != nil {
		return fmt.Errorf("platform: %w", err)
	}
	if got.DocComment != oneLine(want.Description) {
		return fmt.Errorf("description is %q", got.DocComment)
	}
	return verifyCheck(got.Comments, want.Check)
}

// verifyCheck compares the build checks that comments skip, read the way the
// linter does (linter.WithMergedConfigFromComments).
func verifyCheck(comments, want []string) error {
	got := ""
	for _, c := range comments {
		p := parser.DirectiveParser{}
		p.SetComment("")
		if d, err := p.ParseLine([]byte(c)); err == nil && d != nil && d.Name == "check" {
			got = d.Value
			break
		}
	}
	if len(want) == 0 && got == "" || len(want) > 0 && got == "skip="+strings.Join(want, ",") {
		return nil
	}
	return fmt.Errorf("comment skips checks %q, want %q", got, want)
}
