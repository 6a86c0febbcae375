package bake

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// thousand is a file of a thousand targets: those of the repository, again and
// again under other names.
func thousand(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "generated", "docker-bake.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Variable json.RawMessage                       `json:"variable"`
		Group    map[string]map[string]any             `json:"group"`
		Target   map[string]map[string]json.RawMessage `json:"target"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	names := slices.Sorted(maps.Keys(file.Target))
	var all []string
	for i := range 1000 {
		name := names[i%len(names)]
		if i >= len(names) {
			copied := fmt.Sprintf("%s-copy%d", name, i)
			file.Target[copied], name = file.Target[name], copied
		}
		all = append(all, name)
	}
	file.Group = map[string]map[string]any{"default": {"targets": all}}
	if text, err = json.Marshal(file); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "docker-bake.json")
	if err := os.WriteFile(path, text, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestThousand holds bake to two seconds for a thousand targets. The machine may
// have other things to do, so one good run of ten is enough.
func TestThousand(t *testing.T) {
	path := thousand(t)
	buildx(t)
	best := time.Hour
	for range 10 {
		start := time.Now()
		got, err := bakePrint(t, root, path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Target) != 1000 {
			t.Fatalf("%d targets", len(got.Target))
		}
		if best = min(best, time.Since(start)); best < 2*time.Second {
			t.Logf("%v for 1000 targets", best)
			return
		}
	}
	t.Errorf("%v for 1000 targets", best)
}

func BenchmarkThousand(b *testing.B) {
	path := thousand(b)
	buildx(b)
	for b.Loop() {
		if _, err := bakePrint(b, root, path, nil); err != nil {
			b.Fatal(err)
		}
	}
}
