package report

import (
	"io"
	"os"
	"strings"
	"testing"
)

func TestUseColor(t *testing.T) {
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, tt := range []struct {
		mode string
		w    io.Writer
		env  map[string]string
		want bool
	}{
		{"always", file, map[string]string{"NO_COLOR": "1", "TERM": "dumb"}, true},
		{"never", file, map[string]string{"FORCE_COLOR": "1"}, false},
		{"auto", file, nil, false},
		{"auto", &strings.Builder{}, nil, false},
		{"auto", file, map[string]string{"FORCE_COLOR": "1"}, true},
		{"auto", file, map[string]string{"FORCE_COLOR": "0"}, false},
		{"auto", file, map[string]string{"CLICOLOR_FORCE": "1", "TERM": "dumb"}, true},
		{"auto", file, map[string]string{"NO_COLOR": "1", "FORCE_COLOR": "1"}, false},
		{"auto", file, map[string]string{"NO_COLOR": "", "FORCE_COLOR": "1"}, true},
	} {
		got, err := UseColor(tt.mode, tt.w, func(name string) string { return tt.env[name] })
		if err != nil || got != tt.want {
			t.Errorf("%s %v: %v, %v", tt.mode, tt.env, got, err)
		}
	}
	if _, err := UseColor("sometimes", file, os.Getenv); err == nil || !strings.Contains(err.Error(), `"sometimes"`) {
		t.Errorf("%v", err)
	}
	if got := Width(file); got != 0 {
		t.Errorf("a file is %d columns wide", got)
	}
}
