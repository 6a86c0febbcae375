package compile

import (
	"errors"
	"fmt"
	"strings"

	"stagecue.dev/internal/checks"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/header"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/resolve"
	"stagecue.dev/internal/source"
	"stagecue.dev/internal/summary"
)

// variant compiles one variant to its Dockerfile.
func (c *compiler) variant(evaluator *evaluate.Evaluator, v matrix.Variant) (out output) {
	// A panic of a goroutine could not be reported by anybody else.
	defer func() {
		if failure := recover(); failure != nil {
			out.list = append(out.list, c.failed(v.String(), failure))
		}
	}()
	name := v.String()
	filled := evaluator.Fill(v)
	out.variant, out.filled = v, filled
	plan, list := filled.Plan()
	if out.list = list; len(list) > 0 {
		return out
	}
	out.path = plan.Path
	out.list = checks.Plan(plan, filled.Locate)
	if out.list.Errors() > 0 {
		return out
	}
	file, list := resolve.Resolve(resolve.Input{
		Plan:   plan,
		Stages: evaluator.Stages(),
		Stage: func(name string) (dockerfile.Stage, diag.List) {
			if _, known := c.reached.Load(name); !known {
				c.reached.Store(name, true)
			}
			return filled.Stage(name)
		},
		Locate: filled.Locate,
		Memo:   &c.resolved,
	})
	if out.list = append(out.list, list...); len(list) > 0 {
		return out
	}
	file.Header = c.header(name)
	view := summary.New(&file, plan)
	out.image = c.image(v, name, plan, &file, filled)
	out.image.Built = c.built(&file, plan, view, out.image.Inputs)
	sections := c.sections(&file)
	problems := dockerfile.ValidateFile(&file)
	for _, s := range sections {
		problems = append(problems, s.Problems...)
	}
	for _, p := range problems {
		out.list = append(out.list, diag.Diagnostic{
			Code: diag.CodeInstruction, Severity: diag.Error,
			Span: filled.Locate(p.Origin, p.Field), Message: p.Message, Help: p.Help,
		})
	}
	need, feature := dockerfile.Required(&file, sections)
	if d := frontend(file.Syntax, need, feature, filled.Locate); d != nil {
		out.list = append(out.list, *d)
	}
	out.list = append(out.list, checks.Run(checks.Input{File: &file, Summary: view, Locate: filled.Locate})...)
	if out.list.Errors() > 0 {
		return out
	}
	text, err := dockerfile.Join(&file, sections)
	if c.trace || err != nil {
		out.lines = dockerfile.Lines(&file, sections)
	}
	out.image.Digest = digest(text)
	out.image.StageDigests = make([]string, len(sections))
	for i, s := range sections {
		out.image.StageDigests[i] = s.Digest()
	}
	out.file = File{
		Kind:    KindDockerfile,
		Path:    out.image.Path,
		Stack:   c.stack.Name,
		Variant: name,
		Text:    text,
	}
	if c.naive && err == nil {
		err = naively(&file, text.Bytes())
	}
	if err != nil {
		out.list = append(out.list, diag.Diagnostic{
			Code: diag.CodeInternal, Severity: diag.Error,
			Span:    misread(filled, out.lines, err),
			Message: fmt.Sprintf("the Dockerfile of %s does not read back as what it was made of: %v", name, err),
			Help:    "nothing was written; please report this",
		})
	}
	var judged diag.List
	out.policies, judged = c.policies(filled, view, v)
	out.list = append(out.list, judged...)
	return out
}

// naively validates, writes and reads back a Dockerfile as a whole, and compares.
func naively(file *dockerfile.File, text []byte) error {
	if problems := dockerfile.Validate(file); len(problems) > 0 {
		return fmt.Errorf("the sections of the file lack what is wrong with it: %s", problems[0].Message)
	}
	if whole, _ := dockerfile.Emit(file); string(whole) != string(text) {
		return errors.New("the sections of the file are not the file")
	}
	return dockerfile.Verify(file, text)
}

// failed reports a panic.
func (c *compiler) failed(variant string, failure any) diag.Diagnostic {
	return failed(strings.TrimSpace(c.stack.Name+" "+variant), failure)
}

func failed(at string, failure any) diag.Diagnostic {
	return diag.Diagnostic{
		Code: diag.CodeInternal, Severity: diag.Error,
		Message: fmt.Sprintf("stagecue failed at %s: %v", at, failure),
		Help:    "nothing was written; please report this, with the input that causes it",
	}
}

// output is where the Dockerfile of a plan goes, below generated/.
func (c *compiler) output(plan dockerfile.Plan) string {
	return c.stack.Name + "/" + plan.Path + "/Dockerfile"
}

// misread is the place of the line that does not read back.
func misread(filled *evaluate.Filled, lines []dockerfile.Line, err error) source.Span {
	if n := dockerfile.LineOf(err); n > 0 && n <= len(lines) {
		return filled.Tracer().Places(lines[n-1])[0].Span
	}
	return filled.Locate(dockerfile.Origin{}, "path")
}

// header says in the first lines of a Dockerfile where it comes from. It holds
// nothing that changes without the sources: no version, no date, no path of a
// machine.
func (c *compiler) header(variant string) []string {
	lines := append(make([]string, 0, 3), header.From(c.stack.Dir))
	if variant != "" {
		lines = append(lines, header.Variant(variant))
	}
	return append(lines, "To change it, edit the .cue files there and run `stagecue gen`.")
}
