package summary

import "slices"

// Names are the fields that a view may have: of a "target", a "stage" or a
// "step".
func Names(kind string) []string {
	image := append(inherited(), "stages", "base", "images", "layers")
	switch kind {
	case "target":
		return append(image, "name", "default", "description", "tags", "platforms")
	case "stage":
		return append(image, "name", "description", "from", "platform", "steps")
	case "step":
		return []string{
			"stage", "instruction", "text", "description", "user", "workdir",
			"run", "script", "exec", "mounts", "network", "security", "devices", "uses",
			"from", "src", "files", "dest", "chown", "chmod", "exclude", "link", "expand_files", "parents",
			"checksum", "keep_git_dir", "unpack", "env", "label", "expose", "volume", "shell", "stopsignal",
			"entrypoint", "entrypoint_shell", "cmd", "cmd_shell", "healthcheck",
		}
	}
	return nil
}

// IsInherited tells the facts of targets and stages that a base image may have
// decided, which is not known.
func IsInherited(name string) bool { return slices.Contains(inherited(), name) }

func inherited() []string {
	return []string{
		"user", "group", "workdir", "env", "labels", "ports", "volumes", "shell",
		"entrypoint", "entrypoint_shell", "cmd", "cmd_shell", "stopsignal", "healthcheck",
	}
}
