package compile

import (
	"fmt"
	"maps"
	"slices"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/evaluate"
	"stagecue.dev/internal/matrix"
	"stagecue.dev/internal/policy"
	"stagecue.dev/internal/summary"
)

// policies judges a Dockerfile by the stack's policies.
func (c *compiler) policies(filled *evaluate.Filled, view *summary.Summary, v matrix.Variant) ([]policy.Use, diag.List) {
	in := policy.Input{
		Policies: policiesOf(filled.Policies()), Memo: &c.verdicts, Positions: c.module.Positions, Summary: view,
		Locate: filled.Locate, Explain: filled.Explain, Variant: v.String(),
	}
	uses, list, ok := policy.Check(in)
	if !ok {
		in.Policies, in.Memo = policiesOf(filled.WholePolicies()), &policy.Memo{}
		uses, list, _ = policy.Check(in)
	}
	return uses, list
}

func policiesOf(all []evaluate.Policy) []policy.Policy {
	out := make([]policy.Policy, len(all))
	for i, p := range all {
		out[i] = policy.Policy{Name: p.Name, Facts: p.Facts, Mentions: p.Mentions, Value: p.Value}
	}
	return out
}

// unusedPolicies reports policies that are about nothing in any variant.
func unusedPolicies(outputs []output) diag.List {
	idle := map[string]policy.Use{}
	for _, o := range outputs {
		for _, u := range o.policies {
			idle[u.Name] = u
		}
	}
	for _, o := range outputs {
		for _, u := range o.policies {
			if u.Applied {
				delete(idle, u.Name)
			}
		}
	}
	var list diag.List
	for _, name := range slices.Sorted(maps.Keys(idle)) {
		list = append(list, diag.Diagnostic{
			Code: diag.CodeUnusedPolicy, Severity: diag.Warning, Span: idle[name].Span,
			Message: fmt.Sprintf("the policy %q is about nothing in any variant", name),
			Help:    "remove it, or mend its `when`",
		})
	}
	return list
}
