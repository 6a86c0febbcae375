package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stagecue.dev/internal/compile"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/source"
	"stagecue.dev/internal/tree"
)

func (a *app) blameCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "blame file[:line]",
		Short: "Say where the lines of a Dockerfile come from",
		Long: `Blame prints for each line of a generated Dockerfile the line of CUE that made
it, the stage, and the axes on which that stage depends. Behind "<" stands how
it came from there: the library step that wrote the line, the step that took a
fragment in, the field that refers to the text, the declaration of an ARG.

A line, or a range of lines, may follow the file, as editors and compilers
write it. The file must be what its stack compiles to; if it is not, run
"stagecue gen" first.

Examples:
  stagecue blame generated/inference/vllm/cpu-ubuntu22.04/Dockerfile
  stagecue blame generated/inference/vllm/cpu-ubuntu22.04/Dockerfile:120
  stagecue blame generated/inference/vllm/cpu-ubuntu22.04/Dockerfile:120-140
  stagecue blame --format json generated/app/debian12/Dockerfile | jq '.lines[].place'`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := a.module()
			if err != nil {
				return err
			}
			return a.blame(cmd.Context(), m, args[0])
		},
	}
}

func (a *app) blame(ctx context.Context, m *load.Module, arg string) error {
	name, lines, err := lineRange(arg)
	if err != nil {
		return err
	}
	file, d := a.generatedFile(m, name)
	if d != nil {
		return a.fail(diag.List{*d}, m)
	}
	defer context.AfterFunc(ctx, a.release)()
	blamed, there, list := compile.Blame(ctx, m, file)
	if list.Errors() > 0 {
		return a.fail(list, m)
	}
	if blamed == nil {
		return a.fail(diag.List{unknownFile(file, there, a.relative(m))}, m)
	}
	want := []tree.File{{Path: file, Data: blamed.Text}}
	changes, err := tree.Compare(filepath.Join(m.Root, generatedDir), want, tree.Scope{Files: true})
	if err != nil {
		return a.fail(trouble("cannot compare", err), m)
	}
	if len(changes) > 0 {
		// The numbers of lines would lie.
		return a.fail(append(drifted(changes), inTheWay(changes)...), m)
	}
	if lines.to == 0 {
		lines = span{1, blamed.Len()}
	}
	if d := lines.outside(blamed); d != nil {
		return a.fail(diag.List{*d}, m)
	}
	var out []compile.BlamedLine
	for n := lines.from; n <= lines.to; n++ {
		out = append(out, blamed.Line(n))
	}
	if a.format == "json" {
		return writeBlameJSON(a.stdout, blamed.File, out, a.relative(m))
	}
	return writeBlame(a.stdout, out, a.relative(m))
}

// generatedFile is the path below generated/ of a file that the user names.
func (a *app) generatedFile(m *load.Module, name string) (string, *diag.Diagnostic) {
	paths, err := a.modulePaths(m, []string{name})
	if err == nil {
		if file, ok := strings.CutPrefix(paths[0], generatedDir+"/"); ok {
			return file, nil
		}
	}
	return "", &diag.Diagnostic{
		Code: diag.CodeUnknownFile, Severity: diag.Error,
		Message: filepath.ToSlash(name) + " is no generated file of the module",
		Help:    "name a Dockerfile below " + a.relative(m)(generatedDir) + "/",
	}
}

// span is a range of lines, both ends included; the zero span is all of them.
type span struct{ from, to int }

// lineRange takes the lines off an argument: file:line, file:line:column as
// compilers write it, file:from-to.
func lineRange(arg string) (file string, lines span, err error) {
	match := regexp.MustCompile(`^(.+?):([0-9]+)(?:-([0-9]+)|:[0-9]+)?:?$`).FindStringSubmatch(arg)
	if match == nil {
		return arg, span{}, nil
	}
	if lines.from, err = strconv.Atoi(match[2]); err != nil {
		return "", span{}, fmt.Errorf("%s: there is no line %s", match[1], match[2])
	}
	lines.to = lines.from
	if match[3] != "" {
		if lines.to, err = strconv.Atoi(match[3]); err != nil {
			return "", span{}, fmt.Errorf("%s: there is no line %s", match[1], match[3])
		}
	}
	if lines.from == 0 || lines.from > lines.to {
		return "", span{}, fmt.Errorf("lines count from 1 and a range is first-last, so it cannot be %q", strings.TrimPrefix(arg, match[1]+":"))
	}
	return match[1], lines, nil
}

// outside reports lines that the file does not have.
func (s span) outside(blamed *compile.Blamed) *diag.Diagnostic {
	if s.to <= blamed.Len() {
		return nil
	}
	return &diag.Diagnostic{
		Code: diag.CodeUnknownLine, Severity: diag.Error, Span: source.Span{File: generatedDir + "/" + blamed.Path},
		Message: fmt.Sprintf("there is no line %d: the file ends with line %d", s.to, blamed.Len()),
	}
}
