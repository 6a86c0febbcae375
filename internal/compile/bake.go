package compile

import (
	"slices"
	"strings"

	"stagecue.dev/internal/bake"
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/images"
	"stagecue.dev/internal/inputs"
	"stagecue.dev/internal/load"
	"stagecue.dev/internal/summary"
)

// bakeFile is what `docker buildx bake` builds the images of a stack from.
func bakeFile(w *written, s writtenStack) ([]File, diag.List) {
	return bakeText(s.stack.Name+"/"+bake.FileName, bake.Input{Stack: s.stack.Name, Images: s.built, Cache: registryCache(w.project)})
}

// bakeAll is the same for the images of all stacks.
func bakeAll(w *written) ([]File, diag.List) {
	return bakeText(bake.FileName, bake.Input{Images: w.images, Cache: registryCache(w.project)})
}

func bakeText(path string, in bake.Input) ([]File, diag.List) {
	text, list := bake.File(in)
	if text == nil {
		return nil, list
	}
	return []File{{Kind: KindBake, Path: path, Stack: in.Stack, Text: text}}, list
}

// registryCache is what the module says of where builds keep their layers.
func registryCache(p load.Project) *bake.Cache {
	if p.Cache == nil {
		return nil
	}
	return &bake.Cache{Repository: p.Cache.Repository, Mode: p.Cache.Mode}
}

// promotions are the tags that images of a stack are given later.
func promotions(_ *written, s writtenStack) ([]File, diag.List) {
	text := bake.Promotions(s.stack.Name, s.built)
	if text == nil {
		return nil, nil
	}
	return []File{{Kind: KindPromotions, Path: s.stack.Name + "/" + bake.PromotionsName, Stack: s.stack.Name, Text: text}}, nil
}

// built is what the instructions say of the images of a Dockerfile.
func (c *compiler) built(file *dockerfile.File, plan dockerfile.Plan, view *summary.Summary, in inputs.Inputs) []images.Built {
	out := make([]images.Built, len(plan.Targets))
	for i, t := range plan.Targets {
		for _, d := range view.Targets {
			if d.Name != t.Stage {
				continue
			}
			if ref := d.Stage.Base.Ref; images.IsImage(ref) && literally(file, d.Stage.Chain[0]) {
				out[i].Base = ref
			}
			out[i].Labels = append(out[i].Labels, d.Stage.Config.Labels.Names()...)
		}
		slices.Sort(out[i].Labels)
		out[i].Labels = c.names(slices.Compact(out[i].Labels))
		out[i].Entitlements = entitlements(file, in.Targets[i].Stages)
	}
	return out
}

// names are the first of those that are the same: most Dockerfiles set the same
// labels.
func (c *compiler) names(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	known, _ := c.labels.LoadOrStore(strings.Join(list, "\x00"), slices.Clip(list))
	return known.([]string)
}

// literally tells whether a stage is built from what is written there, whatever
// the platform and the build arguments.
func literally(file *dockerfile.File, stage string) bool {
	return slices.ContainsFunc(file.Stages, func(s dockerfile.Stage) bool { return s.Name == stage && !strings.Contains(s.From, "$") })
}

// entitlements are what the steps of some stages must be allowed to do.
func entitlements(file *dockerfile.File, stages []string) []string {
	var device, host, insecure bool
	for i := range file.Stages {
		if !slices.Contains(stages, file.Stages[i].Name) {
			continue
		}
		for _, step := range file.Stages[i].Steps {
			if run, ok := step.Instruction.(dockerfile.Run); ok {
				device = device || len(run.Devices) > 0
				host = host || run.Network == "host"
				insecure = insecure || run.Security == "insecure"
			}
		}
	}
	var out []string
	add := func(name string, ok bool) {
		if ok {
			out = append(out, name)
		}
	}
	add("device", device)
	add("network.host", host)
	add("security.insecure", insecure)
	return out
}
