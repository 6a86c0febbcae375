package judge

import (
	"slices"
	"strings"
	"testing"
)

// known are the images of the tests.
var known = Images{
	"docker.io/library/ubuntu:24.04": {Platforms: Platforms()},
	"docker.io/docker/dockerfile:1":  {Platforms: Platforms()},
	"example.com/cuda:13.0":          {Platforms: Platforms(), Env: map[string]string{"LD_LIBRARY_PATH": "/usr/local/nvidia/lib"}},
	"example.com/xpu:1":              {Platforms: []string{"linux/amd64"}},
}

// good has one of everything that the faults below are made of.
const good = `# syntax=docker/dockerfile:1

# VERSION is the release to build
ARG VERSION=24.04

# base_amd64 is for amd64
FROM ubuntu:24.04 AS base_amd64

FROM ubuntu:24.04 AS base_arm64

FROM base_${TARGETARCH} AS builder
WORKDIR /src
RUN make

FROM example.com/cuda:13.0 AS runtime
ENV LD_LIBRARY_PATH=/opt/lib:$LD_LIBRARY_PATH
COPY --link --from=builder /src/out /opt/out
RUN --mount=type=bind,from=builder,target=/b true

FROM ubuntu:${VERSION} AS extra

FROM runtime
`

func TestGood(t *testing.T) {
	v := Dockerfile(t.Context(), []byte(good), known, Platforms())
	for _, c := range v.Complaints {
		t.Error(c)
	}
	for _, target := range []string{"", "base_amd64", "base_arm64", "builder", "runtime", "extra"} {
		for _, platform := range Platforms() {
			if !slices.Contains(v.Judgements, Judgement{target, platform}) {
				t.Errorf("target %q was not judged for %s", target, platform)
			}
		}
	}
	images := []string{"docker.io/docker/dockerfile:1", "docker.io/library/ubuntu:24.04", "example.com/cuda:13.0"}
	if !slices.Equal(v.Images, images) {
		t.Errorf("images are %q, want %q", v.Images, images)
	}
}

// TestFaults puts one fault at a time into a Dockerfile: the oracle is worth
// nothing unless it can fail.
func TestFaults(t *testing.T) {
	for _, test := range []struct {
		name, old, new string
		// want is how a complaint begins.
		want string
	}{
		{"stage misspelt in COPY", "--from=builder /src", "--from=bulder /src",
			`17: error: bulder: image "docker.io/library/bulder:latest" is not among the known images`},
		{"stage misspelt in a mount", "from=builder,", "from=bulder,",
			`0: error: bulder: image "docker.io/library/bulder:latest" is not among the known images`},
		{"stage misspelt in FROM", "FROM runtime\n", "FROM runtme\n",
			`22: error: runtme: image "docker.io/library/runtme:latest" is not among the known images`},
		{"stage of one platform missing", "AS base_arm64", "AS base_aarch64",
			`11: error: base_arm64: image "docker.io/library/base_arm64:latest" is not among the known images`},
		{"unknown image", "FROM example.com/cuda:13.0", "FROM example.com/kuda:13.0",
			`15: error: example.com/kuda:13.0: image "example.com/kuda:13.0" is not among`},
		{"known image, other tag", "FROM example.com/cuda:13.0", "FROM example.com/cuda:13.1",
			`15: error: example.com/cuda:13.1: image "example.com/cuda:13.1" is not among`},
		{"known image, other registry", "FROM example.com/cuda:13.0", "FROM cuda:13.0",
			`15: error: cuda:13.0: image "docker.io/library/cuda:13.0" is not among`},
		{"image without a platform", "FROM example.com/cuda:13.0", "FROM example.com/xpu:1",
			`15: error: example.com/xpu:1: image "example.com/xpu:1" does not exist for linux/arm64`},
		{"unknown frontend", "# syntax=docker/dockerfile:1", "# syntax=docker/dockerfle:1",
			`1: error: image "docker.io/docker/dockerfle:1" is not among`},
		{"undefined ARG in FROM", "ARG VERSION=24.04", "ARG RELEASE=24.04",
			`20: UndefinedArgInFrom: FROM argument 'VERSION' is not declared`},
		{"undefined variable", ":$LD_LIBRARY_PATH", ":$PYTHONPATH",
			`16: UndefinedVar: Usage of undefined variable '$PYTHONPATH'`},
		{"relative WORKDIR", "WORKDIR /src", "WORKDIR src",
			`12: WorkdirRelativePath: Relative workdir "src"`},
		{"secret in ENV", "ENV LD_LIBRARY_PATH", "ENV API_TOKEN=x LD_LIBRARY_PATH",
			`16: SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ENV "API_TOKEN")`},
		{"duplicate stage", "AS extra", "AS builder",
			`20: DuplicateStageName: Duplicate stage name "builder"`},
		{"cycle", "RUN make", "COPY --from=runtime /opt /opt",
			`13: error: circular dependency detected on stage: builder`},
		{"fault in a stage that no other needs", "AS extra\n", "AS extra\nWORKDIR src\n",
			`21: WorkdirRelativePath: Relative workdir "src"`},
		{"empty line in a continuation", "RUN make\n", "RUN make \\\n\n    all\n",
			`15: NoEmptyContinuation: Empty continuation line`},
		{"comment of another stage", "# base_amd64 is", "# base_arm64 is",
			`7: InvalidDefinitionDescription: Comment for FROM should follow the format`},
		{"unknown instruction", "RUN make", "RUNN make",
			"13: error: dockerfile parse error on line 13: unknown instruction: RUNN"},
		{"unterminated heredoc", "RUN make", "RUN <<EOF\nmake",
			"13: error: unterminated heredoc"},
		{"unknown check skipped", "# syntax=docker/dockerfile:1\n", "# check=nonsense\n",
			`0: error: invalid check option "nonsense"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if strings.Count(good, test.old) != 1 {
				t.Fatalf("%q stands %d times in the Dockerfile", test.old, strings.Count(good, test.old))
			}
			text := strings.Replace(good, test.old, test.new, 1)
			v := Dockerfile(t.Context(), []byte(text), known, Platforms())
			found := slices.ContainsFunc(v.Complaints, func(c Complaint) bool {
				return strings.HasPrefix(c.String(), test.want)
			})
			if !found {
				t.Errorf("no complaint begins with\n\t%s\nthere are %d:", test.want, len(v.Complaints))
				for _, c := range v.Complaints {
					t.Logf("\t%s", c)
				}
			}
		})
	}
}

func TestNoStage(t *testing.T) {
	for _, text := range []string{"", "# only a comment\n", "ARG A=1\n"} {
		v := Dockerfile(t.Context(), []byte(text), known, Platforms())
		if len(v.Complaints) == 0 {
			t.Errorf("no complaint about %q", text)
		}
		if len(v.Judgements) > 0 {
			t.Errorf("%q has targets: %v", text, v.Judgements)
		}
	}
}
