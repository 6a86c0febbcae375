package images

import (
	"fmt"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// report adds a finding about what a stage is built from, unless enough of its
// like have been. It stands at the image, or at a field of the stage's own. More
// completes it.
func (f *finder) report(c child, code diag.Code, field, message string, more func(d *diag.Diagnostic)) {
	v := f.Variants[c.variant]
	if f.enough(alike{code, v.Stack.Name, c.base.Stage}) {
		return
	}
	at := dockerfile.Origin{Stage: c.base.Stage}
	if field == "" {
		at, field = c.base.Origin, c.base.Field
	}
	d := diag.Diagnostic{
		Code: code, Severity: diag.Error,
		Span:    v.Locate(at, field),
		Message: message,
		Notes:   inVariant(v),
	}
	more(&d)
	f.list = append(f.list, d)
}

// external is how to say that an image is none of the module's.
func (b *Base) external() string {
	if b.Use == builtFrom {
		return "say `parent: external: true`"
	}
	return "name a stage that is built from it and says `parent: external: true`"
}

// noImage reports a parent of a stage that is not built from an image.
func (f *finder) noImage(variant int, b *Base) {
	f.report(child{variant, b}, diag.CodeMissingParent, "parent",
		fmt.Sprintf("stage %q says which image its parent is, and is built from %q, which is none", b.Stage, b.From),
		func(d *diag.Diagnostic) { d.Help = "remove `parent`" })
}

// unpublished reports a parent where nothing is published under the name.
func (f *finder) unpublished(variant int, b *Base) {
	if b.Parent == nil || !f.Complete {
		return
	}
	repository, _, _ := dockerfile.SplitReference(b.Ref)
	f.report(child{variant, b}, diag.CodeMissingParent, "parent",
		fmt.Sprintf("stage %q says which image its parent is, but no target has tags in %s", b.Stage, repository),
		func(d *diag.Diagnostic) { d.Help = "give the parent such a tag, or remove `parent`" })
}

// noTag reports a tag that no image has.
func (f *finder) noTag(c child, repository, tag string) {
	if !f.known(c, repository) {
		return
	}
	f.report(c, diag.CodeMissingParent, "",
		fmt.Sprintf("stage %q %s %s, and no image has that tag", c.base.Stage, c.base.Use, c.base.Ref),
		func(d *diag.Diagnostic) {
			var tags []string
			targets := f.published.targets[repository]
			for _, p := range targets {
				for _, ref := range f.target(p).Tags {
					if _, t, _ := dockerfile.SplitReference(ref); f.published.repository(ref) == repository {
						tags = append(tags, t)
					}
				}
			}
			d.Related = append(d.Related, f.publishing(targets[0], repository))
			d.Help = "if it is published elsewhere or was before, " + c.base.external()
			if c.base.Use == builtFrom {
				d.Help = "let a build argument stand for the tag; " + d.Help
			}
			if near := diag.DidYouMean(tag, tags); near != "" {
				d.Help = near + " Otherwise " + d.Help
			}
		})
}

// missing reports an image that is not published for the variant that needs it.
func (f *finder) missing(g *group, c child, repository string) {
	parent := c.base.Parent
	if !f.known(c, repository) || parent != nil && parent.Stack != "" && !f.Complete {
		return
	}
	f.report(c, diag.CodeMissingParent, "",
		fmt.Sprintf("stage %q is built from %s, and no image like its `parent` is published as that", c.base.Stage, c.base.From),
		func(d *diag.Diagnostic) {
			near, differ := f.nearest(g, c)
			d.Related = append(d.Related, f.publishing(near, repository))
			if len(differ) > 0 {
				d.Message = fmt.Sprintf("stage %q is built from %s, which is not published for %s", c.base.Stage, c.base.From, words(differ))
				rules, note := f.judge(near, differ)
				d.Related = append(d.Related, rules...)
				d.Notes = append(d.Notes, note...)
			}
			if parent != nil {
				var field string
				field, d.Help = f.misspelt(parent, repository)
				d.Span = f.Variants[c.variant].Locate(dockerfile.Origin{Stage: c.base.Stage}, field)
			} else {
				d.Help = "reject this variant by a rule too, publish the image for it, or say which one is meant: `parent: values: " + literal(f.Variants[near.variant].Values, differ) + "`"
			}
		})
}
