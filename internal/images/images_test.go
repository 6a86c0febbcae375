package images

import (
	"fmt"
	"strings"
	"testing"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/source"
)

// variants reads variants and what they are built from as lines:
//
//	STACK axis=value,... TARGET:tag,tag ... < STAGE=FROM[!PARENT] ...
//
// where a parent is external, or stack/target/axis=value.
func variants(text string) []*Variant {
	stacks := map[string]*Stack{}
	var out []*Variant
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		left, right, _ := strings.Cut(line, "<")
		words := strings.Fields(left)
		if stacks[words[0]] == nil {
			stacks[words[0]] = &Stack{Name: words[0], Judge: func([]dockerfile.Pair) ([]diag.Related, string) { return nil, "judged" }}
		}
		v := &Variant{Stack: stacks[words[0]], Path: fmt.Sprintf("%s/%02d", words[0], i), Locate: func(o dockerfile.Origin, field string) source.Span {
			return source.Span{File: o.Stage + " " + field, Line: i + 1}
		}}
		if words[1] != "-" {
			v.Values = values(words[1])
			v.Name = strings.ReplaceAll(words[1], ",", " ")
		}
		for _, word := range words[2:] {
			stage, tags, _ := strings.Cut(word, ":")
			target := dockerfile.Target{Stage: stage}
			for _, tag := range strings.Split(tags, ",") {
				if from, to, ok := strings.Cut(tag, ">"); ok {
					target.Promotions = append(target.Promotions, dockerfile.Promotion{From: from, To: to})
				} else {
					target.Tags = append(target.Tags, tag)
				}
			}
			v.Plan.Targets = append(v.Plan.Targets, target)
		}
		arg := "default"
		v.Plan.Args = []dockerfile.Arg{{Name: "TAG", Default: &arg}}
		file := &dockerfile.File{}
		for _, word := range strings.Fields(right) {
			stage, from, _ := strings.Cut(word, "=")
			from, said, has := strings.Cut(from, "!")
			s := dockerfile.Stage{Name: stage, From: from}
			if has {
				s.Parent = parent(said)
			}
			file.Stages = append(file.Stages, s)
		}
		v.Bases = Bases(file, v.Plan)
		out = append(out, v)
	}
	return out
}

func values(text string) []dockerfile.Pair {
	var out []dockerfile.Pair
	for _, word := range strings.Split(text, ",") {
		axis, value, _ := strings.Cut(word, "=")
		out = append(out, dockerfile.Pair{Name: axis, Value: value})
	}
	return out
}

func parent(text string) *dockerfile.Parent {
	if text == "external" {
		return &dockerfile.Parent{External: true}
	}
	parts := strings.Split(text, "/")
	p := &dockerfile.Parent{Stack: parts[0], Target: parts[1]}
	if parts[2] != "" {
		p.Values = values(parts[2])
	}
	return p
}

// printed are images as lines: PATH < STAGE=PATH.TARGET, and findings.
func printed(images []Image, list diag.List) string {
	var b strings.Builder
	for _, i := range images {
		if len(i.Parents) > 0 {
			b.WriteString(i.Path + " <")
			for _, p := range i.Parents {
				fmt.Fprintf(&b, " %s=%s.%s", p.Stage, p.Path, p.Target)
			}
			b.WriteByte('\n')
		}
	}
	for _, d := range list.Sorted() {
		fmt.Fprintf(&b, "%d %s: %s: %s", d.Span.Line, strings.TrimSpace(d.Span.File), d.Code, d.Message)
		if len(d.Notes) > 0 {
			b.WriteString(" {" + strings.Join(d.Notes, "; ") + "}")
		}
		b.WriteString(" (" + d.Help + ")\n")
	}
	return b.String()
}

func check(t *testing.T, in Input, text, want string) {
	t.Helper()
	in.Variants = variants(text)
	images, list := Run(in)
	if got := printed(images, list); strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
