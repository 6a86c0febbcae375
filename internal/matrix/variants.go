package matrix

import (
	"fmt"
	"strings"

	"stagecue.dev/internal/diag"
)

// maxVariants is how many variants are compiled at most. The largest families
// of images in the field have a few hundred.
const maxVariants = 100_000

// maxSteps is how many partial combinations are tried at most: some seconds.
// Rules that need the last of many axes to decide cannot prune.
const maxSteps = 50_000_000

// A Rejection is a rule that rejects a combination.
type Rejection struct {
	Rule    string
	Because string
	See     string
	// Related is where the rule stands.
	Related diag.Related
}

// Variants lists the supported combinations, in order. Combinations are built
// axis by axis, and given up as soon as a rule has all the axes it needs to
// reject them.
func (m *Matrix) Variants() ([]Variant, diag.List) {
	var out []Variant
	at := make(Combination, len(m.Axes))
	full, steps := false, 0
	var walk func(depth int)
	walk = func(depth int) {
		if steps++; steps > maxSteps {
			full = true
			return
		}
		for _, r := range m.rules {
			if r.last == depth-1 && r.rejects(at) {
				return
			}
		}
		if depth == len(m.Axes) {
			if full = full || len(out) == maxVariants; !full {
				out = append(out, m.variant(at))
			}
			return
		}
		for i := range m.Axes[depth].Values {
			if at[depth] = i; full {
				return
			}
			walk(depth + 1)
		}
	}
	walk(0)
	switch {
	case full:
		return nil, diag.List{m.tooLarge()}
	case len(out) == 0:
		return nil, diag.List{m.noVariant()}
	}
	return out, nil
}

// Rejections are all the rules that reject a combination.
func (m *Matrix) Rejections(at Combination) []Rejection {
	var out []Rejection
	for _, r := range m.rules {
		if r.rejects(at) {
			out = append(out, Rejection{
				Rule: r.name, Because: r.because, See: r.see,
				Related: diag.Related{Span: m.span(r.value, r.name), Label: fmt.Sprintf("rule %q: %s", r.name, r.because)},
			})
		}
	}
	return out
}

func (m *Matrix) tooLarge() diag.Diagnostic {
	sizes := make([]string, len(m.Axes))
	for i, a := range m.Axes {
		sizes[i] = fmt.Sprintf("%s: %d", a.Name, len(a.Values))
	}
	return diag.Diagnostic{
		Code: diag.CodeMatrixTooLarge, Severity: diag.Error,
		Span:    m.positions.Label(m.Axes[0].value, "axes"),
		Message: fmt.Sprintf("the matrix has more than %d variants, or too many combinations to find them", maxVariants),
		Notes:   []string{"values by axis: " + strings.Join(sizes, ", ")},
		Help:    "give rules that reject the combinations nobody builds, or make two stacks of it",
	}
}

func (m *Matrix) noVariant() diag.Diagnostic {
	d := diag.Diagnostic{
		Code: diag.CodeNoVariant, Severity: diag.Error,
		Message: "the rules reject every combination, so there is nothing to compile",
	}
	for _, r := range m.rules {
		span := m.span(r.value, r.name)
		if !d.Span.IsValid() {
			d.Span = span
		}
		d.Related = append(d.Related, diag.Related{Span: span, Label: fmt.Sprintf("rule %q", r.name)})
	}
	if len(d.Related) > 0 {
		d.Related = d.Related[1:]
	}
	return d
}
