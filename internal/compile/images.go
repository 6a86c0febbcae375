package compile

import (
	"crypto/sha256"
	"encoding/hex"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/rope"
	"stagecue.dev/internal/source"
)

// imagesOf finds out what the images of a run have to do with each other. What
// is built from what is only known of whole stacks that are without errors.
func imagesOf(module *load.Module, request Request, outputs []output, errors int) ([]images.Image, diag.List) {
	in := images.Input{Whole: len(request.Selectors) == 0 && errors == 0, Complete: len(request.Stacks) == 0}
	if !in.Complete {
		all, _ := module.StackNames()
		stacks := map[string]bool{}
		for _, name := range request.Stacks {
			stacks[name] = true
		}
		in.Complete = len(stacks) == len(all)
	}
	for _, o := range outputs {
		if o.image != nil {
			in.Variants = append(in.Variants, o.image)
		}
	}
	return images.Run(in)
}

// imageStack is what package images is to know of a stack.
func imageStack(stack *load.Stack, m *matrix.Matrix) *images.Stack {
	name := stack.Name
	return &images.Stack{Name: name, Dir: stack.Dir, Facts: facts(m), Judge: func(values []dockerfile.Pair) ([]diag.Related, string) {
		selectors := make([]matrix.Selector, len(values))
		for i, v := range values {
			selectors[i] = matrix.Selector{Axis: v.Name, Value: v.Value}
		}
		at, list := m.Find(selectors)
		if len(list) > 0 {
			return nil, "stack " + name + ": " + list[0].Message
		}
		var rules []diag.Related
		for _, r := range m.Rejections(at) {
			rules = append(rules, r.Related)
		}
		return rules, ""
	}}
}

// facts finds the facts of a value. It is for one goroutine.
func facts(m *matrix.Matrix) func(axis, value string) []byte {
	return func(axis, value string) []byte {
		for _, a := range m.Axes {
			for _, v := range a.Values {
				if a.Name == axis && v.Name == value {
					text, _ := v.CUE.MarshalJSON() // what is no JSON was an error of the matrix's
					return text
				}
			}
		}
		return nil
	}
}

// digest is that of a text.
func digest(text rope.Rope) string {
	hash := sha256.New()
	var bytes []byte // of a piece at a time
	for _, piece := range text {
		bytes = append(bytes[:0], piece...)
		_, _ = hash.Write(bytes) // a hash takes all
	}
	var sum [sha256.Size]byte
	return string(hex.AppendEncode([]byte("sha256:"), hash.Sum(sum[:0])))
}

// locate is for those who look for places side by side, once all variants are
// compiled: an evaluator is for one goroutine.
func (c *compiler) locate(filled *evaluate.Filled) func(dockerfile.Origin, string) source.Span {
	return func(o dockerfile.Origin, field string) source.Span {
		c.locating.Lock()
		defer c.locating.Unlock()
		return filled.Locate(o, field)
	}
}

// image is what package images is to know of a variant.
func (c *compiler) image(v matrix.Variant, name string, plan dockerfile.Plan, file *dockerfile.File, filled *evaluate.Filled) *images.Variant {
	out := &images.Variant{
		Stack: c.images, Name: name, Path: c.output(plan), Plan: plan,
		Bases: images.Bases(file, plan), Inputs: c.inputs.Of(file, plan), Locate: c.locate(filled),
	}
	out.Values = make([]dockerfile.Pair, len(v.Values))
	for i, chosen := range v.Values {
		out.Values[i] = dockerfile.Pair{Name: chosen.Axis, Value: chosen.Value}
	}
	return out
}
