package evaluate

import "stagecue.dev/internal/dockerfile"

// target decodes a target.
func target(t entry) dockerfile.Target {
	r := reader{v: t.value}
	out := dockerfile.Target{
		Stage:       t.name,
		Description: r.str("description"),
		Tags:        r.strings("tags"),
		Platforms:   r.strings("platforms"),
	}
	promotions, _ := r.list("promote")
	for _, v := range promotions {
		p := reader{v: v}
		out.Promotions = append(out.Promotions, dockerfile.Promotion{From: p.str("from"), To: p.str("to")})
	}
	for _, f := range r.fields("info") {
		info := reader{v: f.value}
		out.Info = append(out.Info, dockerfile.Info{
			Name: f.name, Description: info.str("description"), Command: info.str("command"),
		})
	}
	for _, f := range r.fields("tests") {
		test := reader{v: f.value}
		out.Tests = append(out.Tests, dockerfile.Test{
			Name: f.name, Description: test.str("description"), Kind: test.str("kind"), Path: test.str("path"),
		})
	}
	return out
}

// parent decodes what a stage says of the image that it is built from.
func parent(stage reader) *dockerfile.Parent {
	if !stage.has("parent") {
		return nil
	}
	r := stage.sub("parent")
	return &dockerfile.Parent{
		External: r.flag("external"),
		Stack:    r.str("stack"),
		Target:   r.str("target"),
		Values:   r.pairs("values"),
	}
}
