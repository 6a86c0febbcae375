package evaluate

import (
	"crypto/sha256"
	"maps"
	"slices"

	"stagecue.dev/internal/depend"
	"stagecue.dev/internal/dockerfile"
)

// variantKept is all that was evaluated for a variant, as it is kept.
type variantKept struct {
	Plan dockerfile.Plan
	// Axes are those that the plan depends on.
	Axes   []string
	Stages []stageKept
}

// stageKept is a stage of a variant. Stages that variants have in common are
// kept once.
type stageKept struct {
	Name string
	Axes []string
	Key  [sha256.Size]byte
}

// recalled is what another process has kept of the variant, nil if nothing is.
// Its key is the whole stack, and which of its variants this is.
func (f *Filled) recalled() *variantKept {
	if k := f.memo.Variants; k != nil && !f.asked {
		f.asked, f.key = true, keyOf(f.builder.WholeContent(), "variant "+f.variant.String())
		if v, ok := find[variantKept](k, f.key); ok {
			f.known = &v
		}
	}
	return f.known
}

// recall is a stage that another process has kept.
func (f *Filled) recall(name string) (dockerfile.Stage, bool) {
	kept := f.recalled().stage(name)
	if kept == nil {
		return dockerfile.Stage{}, false
	}
	if known, ok := f.memo.recalled.Load(kept.Key); ok {
		return known.(dockerfile.Stage), true
	}
	stage, ok := find[dockerfile.Stage](f.memo.Variants, kept.Key)
	if !ok {
		return stage, false
	}
	stage.Key = "kept " + string(kept.Key[:])
	known, _ := f.memo.recalled.LoadOrStore(kept.Key, stage)
	return known.(dockerfile.Stage), true
}

func (v *variantKept) stage(name string) *stageKept {
	if v == nil {
		return nil
	}
	i := slices.IndexFunc(v.Stages, func(s stageKept) bool { return s.Name == name })
	if i < 0 {
		return nil
	}
	return &v.Stages[i]
}

// axes are those that a stage that was recalled depends on, or the plan for one
// without a name.
func (v *variantKept) axes(stage string) ([]string, bool) {
	if v == nil {
		return nil, false
	}
	if stage == "" {
		return v.Axes, true
	}
	if kept := v.stage(stage); kept != nil {
		return kept.Axes, true
	}
	return nil, false
}

// Keep keeps all that was evaluated for the variant. Nothing may be wrong with
// it.
func (f *Filled) Keep() {
	k := f.memo.Variants
	if k == nil || f.known != nil || f.plan == nil {
		return
	}
	v := variantKept{Plan: *f.plan, Axes: f.Axes("")}
	for _, name := range slices.Sorted(maps.Keys(f.stagesAsked)) {
		v.Stages = append(v.Stages, stageKept{Name: name, Axes: f.Axes(name), Key: f.keepStage(f.stagesAsked[name])})
	}
	keep(k, f.key, v)
}

// keepStage keeps a stage, once for all variants that have it in common.
func (f *Filled) keepStage(stage dockerfile.Stage) [sha256.Size]byte {
	shared := stage.Key
	if key, ok := f.memo.keptStages.Load(shared); ok && shared != "" {
		return key.([sha256.Size]byte)
	}
	stage.Key = ""
	key := keepContent(f.memo.Variants, "stage", stage)
	f.memo.keptStages.Store(shared, key)
	return key
}

// reading are facts that stand for the axes that something depends on.
func reading(axes []string) []depend.Read {
	out := make([]depend.Read, len(axes))
	for i, axis := range axes {
		out[i] = depend.Read{Axis: axis}
	}
	return out
}
