package dockerfile

import (
	"reflect"
	"testing"
)

func TestUses(t *testing.T) {
	for _, tt := range []struct {
		in       Instruction
		expanded []Expansion
		shell    []string
	}{
		{Env{Pairs: []Pair{{"FOO", "$A ${B:-$C}"}, {"_X", "$A"}}},
			[]Expansion{{"A", "env.FOO"}, {"B", "env.FOO"}, {"C", "env.FOO"}, {"A", `env."_X"`}}, nil},
		{Label{Pairs: []Pair{{"a.b", "$A"}}}, []Expansion{{"A", `label."a.b"`}}, nil},
		{Run{Shell: "echo $A", Uses: []string{"Z", "A"}, Mounts: []Mount{{Type: "bind"}, {Type: "cache", ID: "$I", Target: "/$T", Source: "$S", From: "$NO", Mode: "$NO"}}},
			[]Expansion{{"I", "mounts[1].id"}, {"S", "mounts[1].source"}, {"T", "mounts[1].target"}}, []string{"A", "Z"}},
		{Run{Script: "a=$B"}, nil, []string{"B"}},
		{Run{Exec: []string{"sh", "-c", "$C"}}, nil, []string{"C"}},
		{Copy{From: "$NO", Sources: []string{"a", "$S"}, Dest: "$D", Chown: "$O", Chmod: "$M", Exclude: []string{"$NO"}},
			[]Expansion{{"S", "copy.src[1]"}, {"D", "copy.dest"}, {"O", "copy.chown"}, {"M", "copy.chmod"}}, nil},
		{Copy{Files: []InlineFile{{"x.y", "$A \\$B '$C'"}}, ExpandFiles: true, Dest: "/"},
			[]Expansion{{"A", `copy.files."x.y"`}, {"C", `copy.files."x.y"`}}, nil},
		{Copy{Files: []InlineFile{{"x", "$A"}}, Dest: "/"}, nil, nil},
		{Add{Sources: []string{"$S"}, Dest: "/", Checksum: "$K"}, []Expansion{{"S", "add.src[0]"}, {"K", "add.checksum"}}, nil},
		{Workdir{Path: "$W"}, []Expansion{{"W", "workdir"}}, nil},
		{User{Name: "$U"}, []Expansion{{"U", "user"}}, nil},
		{Expose{Ports: []string{"1", "$P"}}, []Expansion{{"P", "expose[1]"}}, nil},
		{Volume{Paths: []string{"$V"}}, []Expansion{{"V", "volume[0]"}}, nil},
		{StopSignal{Signal: "$S"}, []Expansion{{"S", "stopsignal"}}, nil},
		{Cmd{Command{Shell: "$X"}}, nil, nil},
		{Entrypoint{Command{Exec: []string{"$X"}}}, nil, nil},
		{Healthcheck{Command: &Command{Shell: "$X"}}, nil, nil},
		{Shell{Argv: []string{"$X"}}, nil, nil},
		{ArgUse{Name: "X"}, nil, nil},
		{OnBuild{Instruction: Env{Pairs: []Pair{{"A", "$B"}}}}, nil, nil},
		{Workdir{Path: "${bad"}, nil, nil},
	} {
		expanded, shell := Uses(tt.in)
		if !reflect.DeepEqual(expanded, tt.expanded) || !reflect.DeepEqual(shell, tt.shell) {
			t.Errorf("Uses(%+v) = %v, %v; want %v, %v", tt.in, expanded, shell, tt.expanded, tt.shell)
		}
	}
}
