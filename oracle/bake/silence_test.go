package bake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSilence holds what bake takes without a word, and what it refuses. For the
// one, Stagecue has a check of its own; if bake has come to refuse it, good.
func TestSilence(t *testing.T) {
	const fields = `"context": ".", "dockerfile": "Dockerfile"`
	for _, tt := range []struct{ name, text, refuses string }{
		{"a field that it does not know", `{"target": {"default": {` + fields + `, "tag": ["x:1"]}}}`, ""},
		{"a tag that is none", `{"target": {"default": {` + fields + `, "tags": ["X:/1"]}}}`, ""},
		{"a target that inherits from itself", `{"target": {"default": {` + fields + `, "inherits": ["default"]}}}`, ""},
		{"two that inherit from each other", `{"target": {"default": {"inherits": ["b"]}, "b": {"inherits": ["default"]}}}`, ""},
		{"a name of a target and a group", `{"group": {"default": {"targets": ["default"]}}, "target": {"default": {` + fields + `}}}`, ""},
		{"a parent for one other platform", `{"target": {"default": {` + fields + `, "platforms": ["linux/arm64"], "contexts": {"x": "target:b"}}, "b": {` + fields + `, "platforms": ["linux/amd64"]}}}`, ""},
		{"a target that is not there", `{"group": {"default": {"targets": ["b"]}}}`, "failed to find target b"},
		{"a parent that is not there", `{"target": {"default": {` + fields + `, "contexts": {"x": "target:b"}}}}`, "failed to find target b"},
		{"two that are built from each other", `{"target": {"default": {` + fields + `, "contexts": {"x": "target:b"}}, "b": {` + fields + `, "contexts": {"x": "target:default"}}}}`, "infinite loop"},
		{"a variable that is not there", `{"target": {"default": {` + fields + `, "tags": ["x:${B}"]}}}`, "variable named \"B\""},
		{"a name that is none", `{"target": {"a.b": {` + fields + `}}}`, "Invalid name"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "docker-bake.json"), []byte(tt.text), 0o666); err != nil {
				t.Fatal(err)
			}
			_, err := bakePrint(t, dir, "docker-bake.json", nil)
			switch {
			case tt.refuses == "" && err != nil:
				t.Errorf("bake has come to refuse it: %v", err)
			case tt.refuses != "" && (err == nil || !strings.Contains(err.Error(), tt.refuses)):
				t.Errorf("got %v, want %s", err, tt.refuses)
			}
		})
	}
}
