package compile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stagecue.dev/internal/load"
	"stagecue.dev/internal/matrix"
)

// TestInferenceConstraints breaks the stack in the ways in which its production
// family has been broken, or could be, without an error. docs/inference.md has
// the list.
func TestInferenceConstraints(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles the repository's stacks, which -short leaves out")
	}
	all := []matrix.Selector{{Axis: "framework", Value: "vllm"}}
	vllm := []matrix.Selector{{Axis: "framework", Value: "vllm"}, {Axis: "device", Value: "cpu"}}
	for _, c := range []struct {
		name      string
		selectors []matrix.Selector
		// old is replaced by new.
		old, new, want string
	}{
		{"a fact is misspelt", vllm, `device: id: "cuda", cuda: id: "none"`, `device: name: "cuda", cuda: id: "none"`,
			`unknown-fact: device has no fact "name"`},
		{"a combination that nobody builds", nil, `forbid: {framework: id: "sglang", device: id: "cpu"}`, `forbid: {framework: id: "sglang", device: id: "cpu", os: id: "rockylinux10"}`,
			"unknown-reference"},
		{"a platform of another system", vllm, "\t\"linux/amd64\",\n", "\t\"windows/amd64\",\n",
			"windows/amd64"},
		{"a framework that has no version of NIXL", vllm, `cpu: "v1.3.2"}`, `cup: "v1.3.2"}`,
			"unknown-reference: dockerfile.args.NIXL_REF.default"},
		{"AWS's network without a GPU", vllm, `cpu: {title: "CPUs",`, `cpu: {title: "CPUs", efa: true,`,
			"conflicting-values: axes.device.cpu.efa"},
		{"a target that is no stage", vllm, `dynamo_base: {}, wheel`, `base: {}, wheel`,
			`unknown-target: the target "base" is no stage`},
		{"two variants in one place", all, `/\(_devicePath)-`, `/cuda-`,
			`duplicate-path: two variants have the output path "vllm/cuda-ubuntu22.04"`},
		{"a truth in quotes", vllm, `kvbm: true, modelexpress: true`, `kvbm: "true", modelexpress: true`,
			"invalid-value: axes.framework.vllm.kvbm: it must be of type bool"},
		{"a version that is a number", vllm, `"version": "13.0.2"`, `"version": 13.0`,
			`invalid-value: axes.cuda."13.0".version: it must be of type string`},
		{"a version that is another release's", vllm, `"version": "13.0.2"`, `"version": "13.1.1"`,
			`invalid-value: axes.cuda."13.0".version: invalid value "13.1.1"`},
		{"a tag that is another release's", vllm, `"13.0": {`, `"13.0": {"tag": "cu129", `,
			`conflicting-values: axes.cuda."13.0".tag: it cannot be "cu130" and "cu129" at once`},
		{"vLLM without vLLM-Omni", nil, `"vllm": "0.27.1"`, `"vllm": "0.28.0"`,
			`invalid-value: _vllmOmniVersion: invalid value "0.27.0rc1"`},
		{"a cache with two ways of sharing", vllm, "mounts: [_cache.uv.root]\n", "mounts: [{type: \"cache\", id: _cache.uv.root.id, target: \"/root/.cache/uv\", sharing: \"locked\"}]\n",
			`cache-conflict: the cache "uv-root-0.12.0" is mounted with sharing shared here and with sharing locked before`},
		{"a space in a tag", vllm, `vllm-openai-cpu:v\(`, `vllm-openai-cpu:v \(`,
			`invalid-value: stages.runtime_dev.from: invalid value "vllm/vllm-openai-cpu:v 0.27.1"`},
		{"a build argument that nothing uses", vllm, `USE_SCCACHE: {`, "CUDA_MAJOR: {default: \"13\"}\n\t\tUSE_SCCACHE: {",
			`unused-arg: nothing uses the build argument "CUDA_MAJOR"`},
		{"an argument that hides the platform", vllm, `USE_SCCACHE: {`, "TARGETARCH: {default: \"\"}\n\t\tUSE_SCCACHE: {",
			"predefined-arg: BuildKit sets TARGETARCH itself"},
		{"a path that the builder does not have", vllm, `exports.libraries, target: "/tmp/lib"`, `exports.libs, target: "/tmp/lib"`,
			`stages.wheel_builder_dev.exports has no field "libs"`},
		{"a stage that nothing needs", nil, `	pre_runtime: {desc`, "\tspare: {from: \"scratch\"}\n\tpre_runtime: {desc",
			`unused-stage: no target of any variant reaches the stage "spare"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Run(t.Context(), inferenceModule(t, c.old, c.new), Request{Selectors: c.selectors})
			if got := brief(r.Findings); !strings.Contains(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// inferenceModule is a module with the repository's stack alone, and with one
// replacement in its text.
func inferenceModule(t *testing.T, old, new string) *load.Module {
	t.Helper()
	names, err := filepath.Glob("../../stages/inference/*.*")
	if err != nil {
		t.Fatal(err)
	}
	files, replaced := map[string]string{}, 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		replaced += strings.Count(string(data), old)
		files["stages/inference/"+filepath.Base(name)] = strings.ReplaceAll(string(data), old, new)
	}
	if replaced == 0 {
		t.Fatalf("the stack does not hold %q", old)
	}
	return module(t, "m", files)
}
