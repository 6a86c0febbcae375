package bake

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// root is the module's root, where bake runs.
const root = "../.."

// built is the program, built once.
type built struct {
	once       sync.Once
	path, why  string
	cannotHave bool
}

var program built

func TestMain(m *testing.M) {
	code := m.Run()
	if program.path != "" {
		os.RemoveAll(filepath.Dir(program.path))
	}
	os.Exit(code)
}

// unreachable is what the go command says of modules that it cannot have.
var unreachable = regexp.MustCompile(`403 Forbidden|404 Not Found|dial tcp|no such host|module lookup disabled|connection refused`)

// buildx is the path of the program.
func buildx(t testing.TB) string {
	t.Helper()
	program.once.Do(func() {
		dir, err := os.MkdirTemp("", "buildx")
		if err != nil {
			t.Fatal(err)
		}
		program.path = filepath.Join(dir, "buildx")
		out, err := exec.Command("go", "build", "-o", program.path, "github.com/docker/buildx/cmd/buildx").CombinedOutput()
		if err != nil {
			program.why, program.cannotHave = string(out), unreachable.Match(out)
		}
	})
	switch {
	case program.cannotHave:
		t.Skipf("the modules of docker buildx cannot be had: %s", program.why)
	case program.why != "":
		t.Fatalf("docker buildx does not build: %s", program.why)
	}
	return program.path
}

// A printed file is what `bake --print` makes of one.
type printed struct {
	Group  map[string]struct{ Targets []string }
	Target map[string]target
}

type target struct {
	Context, Dockerfile, Target string
	Contexts, Args, Labels      map[string]string
	Platforms, Tags             []string
	Secret                      []struct{ ID, Env, Src string }
	SSH                         []struct{ ID string }
	Entitlements                []string
	CacheFrom                   []map[string]string `json:"cache-from"`
	CacheTo                     []map[string]string `json:"cache-to"`
}

// bakePrint runs `bake --print` in a directory, with variables and nothing else
// in the environment.
func bakePrint(t testing.TB, dir, file string, variables map[string]string, names ...string) (printed, error) {
	t.Helper()
	cmd := exec.Command(buildx(t), append([]string{"bake", "--file", file, "--print"}, names...)...)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	for name, value := range variables {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return printed{}, &failure{strings.TrimSpace(stderr.String())}
	}
	var out printed
	if err := json.Unmarshal(stdout.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	return out, nil
}

// failure is what bake has to say of a file.
type failure struct{ text string }

func (f *failure) Error() string { return f.text }
