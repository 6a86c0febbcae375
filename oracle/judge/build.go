package judge

import (
	"context"

	"github.com/containerd/platforms"
	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
)

// checks makes BuildKit's build checks (`docker build --check`). For the default
// target it checks all stages, for a named one those that it needs.
func checks(ctx context.Context, text []byte, j Judgement, r *resolver) (findings []Finding) {
	opt, err := options(text, j, r)
	if err != nil {
		return []Finding{failure(err)}
	}
	results, err := dockerfile2llb.DockerfileLint(ctx, text, opt)
	if err != nil {
		return []Finding{failure(err)}
	}
	for _, w := range results.Warnings {
		findings = append(findings, Finding{Line: locationLine(w.Location), Check: w.RuleName, Message: w.Detail})
	}
	if e := results.Error; e != nil {
		findings = append(findings, Finding{Line: locationLine(&e.Location), Check: "error", Message: e.Message})
	}
	return findings
}

// conversion converts to LLB, as the build would.
func conversion(ctx context.Context, text []byte, j Judgement, r *resolver) []Finding {
	opt, err := options(text, j, r)
	if err != nil {
		return []Finding{failure(err)}
	}
	result, err := dockerfile2llb.Dockerfile2LLB(ctx, text, opt)
	if err != nil {
		return []Finding{failure(err)}
	}
	if _, err := result.State.Marshal(ctx, llb.Platform(*opt.TargetPlatform)); err != nil {
		return []Finding{failure(err)}
	}
	return nil
}

// options are what BuildKit's own frontend would pass.
func options(text []byte, j Judgement, r *resolver) (dockerfile2llb.ConvertOpt, error) {
	platform, err := platforms.Parse(j.Platform)
	if err != nil {
		return dockerfile2llb.ConvertOpt{}, err
	}
	source := llb.NewSourceMap(nil, "Dockerfile", "Dockerfile", text)
	// The checks read it without asking whether it is there.
	source.Definition = &llb.Definition{}
	// Without capabilities COPY --link becomes a plain COPY, without a word.
	capabilities := pb.Caps.CapSet(pb.Caps.All())
	return dockerfile2llb.ConvertOpt{
		Config:         dockerui.Config{Target: j.Target},
		MetaResolver:   r,
		TargetPlatform: &platform,
		SourceMap:      source,
		LLBCaps:        &capabilities,
	}, nil
}

func locationLine(at *pb.Location) int {
	if at == nil || len(at.Ranges) == 0 || at.Ranges[0].Start == nil {
		return 0
	}
	return int(at.Ranges[0].Start.Line)
}
