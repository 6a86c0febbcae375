package compile

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The stack "model" is the smallest of the repository's, and the tutorial's.
func TestModel(t *testing.T) {
	module := repository(t)
	result := Run(t.Context(), module, Request{Stacks: []string{"model"}})
	if len(result.Findings) > 0 {
		t.Fatal(brief(result.Findings))
	}

	var paths []string
	for _, file := range result.Dockerfiles() {
		paths = append(paths, file.Path)
		t.Run(filepath.Base(filepath.Dir(file.Path)), func(t *testing.T) { modelImage(t, file.Path, fmt.Sprintf("%s", file.Text)) })
	}
	want := []string{
		"model/alpine3.22-cpu/Dockerfile",
		"model/ubuntu24.04-cpu/Dockerfile",
		"model/ubuntu24.04-cuda/Dockerfile",
	}
	if !slices.Equal(paths, want) {
		t.Errorf("got the files %q, want %q: CUDA is for Ubuntu only", paths, want)
	}
}

// modelImage holds one Dockerfile to what an image for a model should be like.
func modelImage(t *testing.T, path, text string) {
	must := []string{
		// Readable by any user, in the layer of the copy.
		"\nCOPY --chmod=u=rwX,go=rX model.py xor.json /srv/model/\n",
		"pip install --disable-pip-version-check --no-cache-dir ",
		"\nCOPY --from=environment /opt/venv/ /opt/venv/\n",
		// No shell between Docker and the program, and no root.
		"\nENTRYPOINT [\"/opt/venv/bin/python\", \"/srv/model/model.py\"]\nCMD [\"serve\"]\n",
		"\nUSER model\n",
		"org.opencontainers.image.title=",
		"org.opencontainers.image.description=",
		"org.opencontainers.image.version=",
		"org.opencontainers.image.revision=$REVISION",
		"com.example.model.device=",
	}
	mustNot := []string{"sudo", "pip cache purge", "RUN chmod", ":latest"}
	if strings.Contains(path, "alpine") {
		must = append(must, "\nRUN apk add --no-cache \\\n", "\n    && adduser -D ", "\nFROM alpine:")
		mustNot = append(mustNot, "apt-get", "useradd", "nvidia", "cupy")
	} else {
		must = append(must, "apt-get install -y --no-install-recommends \\\n", "\n    && useradd ")
		mustNot = append(mustNot, "apk ")
		if got, want := strings.Count(text, "rm -rf /var/lib/apt/lists/*"), strings.Count(text, "RUN apt-get update"); got != want {
			t.Errorf("%d layers fetch package lists, and %d remove them", want, got)
		}
	}
	if strings.Contains(path, "cuda") {
		must = append(must, "\nFROM nvidia/cuda:", "cupy-cuda13x", "com.example.model.device=cuda ")
	} else {
		must = append(must, "numpy==", "com.example.model.device=cpu ")
	}
	for _, part := range must {
		if !strings.Contains(text, part) {
			t.Errorf("it lacks %q", part)
		}
	}
	for _, part := range mustNot {
		if strings.Contains(text, part) {
			t.Errorf("it has %q, which does not belong there", part)
		}
	}
}

// A reader of the tutorial should see all of it at once.
func TestModelIsSmall(t *testing.T) {
	files, err := filepath.Glob("../../stages/model/*.cue")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	lines := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines += strings.Count(string(data), "\n")
		for i, line := range strings.Split(string(data), "\n") {
			if len(line) > 130 {
				t.Errorf("%s:%d: a line of %d characters is crammed", file, i+1, len(line))
			}
		}
	}
	if lines >= 80 {
		t.Errorf("stages/model has %d lines of CUE, and is to have less than 80", lines)
	}
}
