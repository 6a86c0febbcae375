package dockerfile

import "testing"

func TestRequiredSyntax(t *testing.T) {
	yes := true
	for _, tt := range []struct {
		name             string
		file             File
		version, feature string
	}{
		{"nothing", File{}, "", ""},
		{"heredoc and link", of(Copy{Files: []InlineFile{{"a", ""}}, Dest: "/", Link: true}), "", ""},
		{"octal chmod", of(Copy{Sources: []string{"a"}, Dest: "/", Chmod: "0755"}), "", ""},
		{"variable chmod", of(Copy{Sources: []string{"a"}, Dest: "/", Chmod: "$M"}), "", ""},
		{"url checksum", of(Add{Checksum: "sha256:00"}), "", ""},
		{"check", File{Check: &Check{Skip: []string{"all"}}}, "1.8", "the check directive"},
		{"secret env", of(Run{Mounts: []Mount{{Type: "secret", Env: "X"}}}), "1.10", "RUN --mount=type=secret with env"},
		{"stage in text", of(Run{Script: "echo ${TARGETSTAGE}"}), "1.11", "TARGETSTAGE in RUN"},
		{"stage in FROM", File{Stages: []Stage{{From: "x_$TARGETSTAGE"}}}, "1.11", "TARGETSTAGE in FROM"},
		{"stage in ARG", of(ArgUse{Name: "TARGETSTAGE"}), "1.11", "TARGETSTAGE in ARG"},
		{"trigger", of(OnBuild{Instruction: Copy{From: "x"}}), "1.11", "ONBUILD COPY --from"},
		{"symbolic chmod", of(Add{Chmod: "u=rwX"}), "1.14", "ADD --chmod with a symbolic mode"},
		{"git checksum", of(Add{Checksum: "0123abc"}), "1.16", "ADD --checksum with a Git commit"},
		{"unpack", of(Add{Unpack: &yes}), "1.17", "ADD --unpack"},
		{"git query", of(Add{Sources: []string{"https://x/y.git?tag=v1"}}), "1.18", "ADD of a Git address with a query"},
		{"exclude", of(Copy{Exclude: []string{"x"}}), "1.19", "COPY --exclude"},
		{"parents", of(Copy{Parents: true, Exclude: []string{"x"}}), "1.20", "COPY --parents"},
		{"security", of(Run{Security: "sandbox"}), "1.20", "RUN --security"},
		{"in a trigger", of(OnBuild{Instruction: Copy{Parents: true}}), "1.20", "COPY --parents"},
		{"comment", File{Stages: []Stage{{Check: []string{"all"}}}}, "1.21", "a check comment above FROM"},
		{"device", of(Run{Devices: []string{"x"}}), "1.14-labs", "RUN --device"},
		{"device and parents", of(Run{Devices: []string{"x"}}, Copy{Parents: true}), "1.20-labs", "RUN --device"},
	} {
		if version, feature := RequiredSyntax(&tt.file); version != tt.version || feature != tt.feature {
			t.Errorf("%s: %q, %q; want %q, %q", tt.name, version, feature, tt.version, tt.feature)
		}
	}
}

// of is a file with one stage.
func of(instructions ...Instruction) File {
	s := Stage{Name: "x", From: "debian:12"}
	for _, i := range instructions {
		s.Steps = append(s.Steps, Step{Instruction: i})
	}
	return File{Stages: []Stage{s}}
}
