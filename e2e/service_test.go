//go:build linux

package e2e

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stagecue.dev/e2e/base"
	"stagecue.dev/e2e/builder"
)

// testService builds one stack for each of its systems: a build stage, packages, a
// user, owners and modes, the whole configuration, and another target than the
// default one.
func testService(t *testing.T, b *bench) {
	for _, image := range []base.Image{
		base.Busybox(), base.Debian("12", "bookworm"), base.Ubuntu("24.04", "noble"),
	} {
		t.Run(image.Name, func(t *testing.T) {
			images := map[string]builder.Layout{image.Name: b.base(t, image)}
			dockerfile := "service/" + strings.Replace(image.Name, ":", "", 1)
			runtime := b.build(t, dockerfile, builder.Request{Images: images})
			checkRuntime(t, runtime)
			if image.Name != base.Busybox().Name {
				checkPackages(t, runtime)
			}
			debug := b.build(t, dockerfile, builder.Request{
				Images: images, Target: "debug", Args: map[string]string{"VERSION": "2 beta"},
			})
			equal(t, "the target debug", debug.run(t),
				"args: --flag debugging\nids: 0:0 0\ndir: /home/app\nmode: debug\ngreeting: version 2 beta\n")
			equal(t, "its label", debug.Config.Labels["org.opencontainers.image.version"], "2 beta")
		})
	}
}

func checkRuntime(t *testing.T, runtime built) {
	t.Helper()
	equal(t, "what is run", runtime.run(t), "args: --flag default words $HOME\n"+
		"ids: 1500:1500 1500 44\ndir: /home/app\nmode: production\ngreeting: version 0.1\n")
	equal(t, "what is run with arguments", strings.SplitAfter(runtime.run(t, "given", "words"), "\n")[0],
		"args: --flag given words\n")

	equal(t, "/opt/app", runtime.list(t, "opt/app"), "bin/ bin/serve share/ share/greeting")
	equal(t, "the program", runtime.stat(t, "opt/app/bin/serve"), "0700 1500:1500")
	equal(t, "the greeting", runtime.stat(t, "opt/app/share/greeting"), "0640 0:1500")
	equal(t, "the home", strings.Fields(runtime.stat(t, "home/app"))[1], "1500:1500")

	c := runtime.Config
	health := c.Healthcheck
	c.Env, c.Healthcheck = nil, nil
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "the configuration", string(text), `{"User":"app",`+
		`"ExposedPorts":{"8080/tcp":{},"9000/udp":{},"9001/udp":{}},`+
		`"Entrypoint":["serve","--flag"],"Cmd":["default words","$HOME"],"Volumes":{"/data":{}},`+
		`"WorkingDir":"/home/app","Labels":{"org.opencontainers.image.version":"0.1"},`+
		`"StopSignal":"SIGINT","ArgsEscaped":true}`)
	equal(t, "the environment", strings.Join(runtime.Config.Env, "\n"),
		"PATH=/opt/app/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nAPP_MODE=production")
	equal(t, "the health check", strings.Join(health.Test, " "), "CMD serve health")
	if health.Interval != 10*time.Second || health.StartPeriod != 90*time.Second || health.Retries != 2 {
		t.Errorf("the health check is %+v", *health)
	}
}

// checkPackages runs what was installed, and looks for what the package manager has
// left.
func checkPackages(t *testing.T, runtime built) {
	t.Helper()
	// The entrypoint is a program of the image; this one stands for any other.
	runtime.Config.Entrypoint = nil
	for _, program := range []string{"make", "patch"} {
		if out := runtime.run(t, program, "--version"); !strings.Contains(strings.ToLower(out), "gnu "+program) {
			t.Errorf("%s --version prints %q", program, out)
		}
	}
	equal(t, "the package lists", runtime.list(t, "var/lib/apt/lists"), "")
	archives, err := filepath.Glob(filepath.Join(runtime.root, "var/cache/apt/archives/*.deb"))
	if err != nil || len(archives) > 0 {
		t.Errorf("the packages themselves are left: %q, %v", archives, err)
	}
}
