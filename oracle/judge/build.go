package judge

import (
	"context"

	"github.com/containerd/platforms"
	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
)

// build does what BuildKit does before it runs anything: it converts the target
// to LLB, of which it returns the digest. On the way it makes its build checks
// of the stages that the target needs, as `docker build --check --target` does.
func build(ctx context.Context, text []byte, j Judgement, r *resolver) (digest string, findings []Finding) {
	opt, err := options(text, j, r)
	if err != nil {
		return "", []Finding{failure(err)}
	}
	opt.Warn = func(check, _, _, message string, at []parser.Range) {
		findings = append(findings, Finding{Line: firstLine(at), Check: check, Message: message})
	}
	result, err := dockerfile2llb.Dockerfile2LLB(ctx, text, opt)
	if err != nil {
		return "", append(findings, failure(err))
	}
	definition, err := result.State.Marshal(ctx, llb.Platform(*opt.TargetPlatform))
	if err == nil {
		digest, err = meaning(definition, result.Image)
	}
	if err != nil {
		findings = append(findings, failure(err))
	}
	return digest, findings
}

// check makes the build checks of all stages, those included that no target
// needs, as `docker build --check` does.
func check(ctx context.Context, text []byte, platform string, r *resolver) (findings []Finding) {
	opt, err := options(text, Judgement{Platform: platform}, r)
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
	// Left to BuildKit, the context has another name each time.
	local := llb.Local("context", llb.LocalUniqueID("context"))
	config := dockerui.Config{Target: j.Target}
	// Left to BuildKit, it is that of the machine.
	config.BuildPlatforms = append(config.BuildPlatforms, platforms.MustParse("linux/amd64"))
	return dockerfile2llb.ConvertOpt{
		Config:         config,
		MainContext:    &local,
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
