package evaluate

import (
	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
)

// instruction decodes a step of a verb that is an instruction of Docker's.
func (d *decoder) instruction(r reader, verb string, o dockerfile.Origin) dockerfile.Instruction {
	switch verb {
	case "run", "script", "exec":
		return run(r)
	case "copy":
		return d.copy(r.sub("copy"), o)
	case "add":
		return d.add(r.sub("add"), o)
	case "workdir":
		return dockerfile.Workdir{Path: r.str("workdir")}
	case "user":
		return dockerfile.User{Name: r.str("user")}
	case "env":
		return dockerfile.Env{Pairs: r.pairs("env")}
	case "label":
		return dockerfile.Label{Pairs: r.pairs("label")}
	case "expose":
		return dockerfile.Expose{Ports: r.strings("expose")}
	case "volume":
		return dockerfile.Volume{Paths: r.strings("volume")}
	case "cmd":
		return dockerfile.Cmd{Command: dockerfile.Command{Exec: r.strings("cmd")}}
	case "cmd_shell":
		return dockerfile.Cmd{Command: dockerfile.Command{Shell: r.str("cmd_shell")}}
	case "entrypoint":
		return dockerfile.Entrypoint{Command: dockerfile.Command{Exec: r.strings("entrypoint")}}
	case "entrypoint_shell":
		return dockerfile.Entrypoint{Command: dockerfile.Command{Shell: r.str("entrypoint_shell")}}
	case "shell":
		return dockerfile.Shell{Argv: r.strings("shell")}
	case "stopsignal":
		return dockerfile.StopSignal{Signal: r.str("stopsignal")}
	case "healthcheck":
		return d.healthcheck(r.sub("healthcheck"), o)
	case "onbuild":
		return d.onbuild(read(r.sub("onbuild").v), o)
	}
	d.list = append(d.list, diag.Diagnostic{
		Code: diag.CodeInternal, Severity: diag.Error, Span: d.filled.Locate(o, verb),
		Message: "the schema has a verb `" + verb + "` that the compiler does not know",
		Help:    "please report this",
	})
	return nil
}

func run(r reader) dockerfile.Run {
	out := dockerfile.Run{
		Shell:    r.str("run"),
		Script:   r.str("script"),
		Exec:     r.strings("exec"),
		Network:  r.str("network"),
		Security: r.str("security"),
		Devices:  r.strings("devices"),
		Uses:     r.strings("uses"),
	}
	mounts, _ := r.list("mounts")
	for _, v := range mounts {
		m := read(v)
		out.Mounts = append(out.Mounts, dockerfile.Mount{
			Type: m.str("type"), ID: m.str("id"), Target: m.str("target"),
			Source: m.str("source"), From: m.str("from"),
			Sharing: m.str("sharing"), Mode: m.str("mode"), Size: m.str("size"), Env: m.str("env"),
			UID: m.number("uid"), GID: m.number("gid"),
			ReadOnly: m.flag("readonly"), ReadWrite: m.flag("readwrite"), Required: m.flag("required"),
		})
	}
	return out
}

func (d *decoder) copy(r reader, o dockerfile.Origin) dockerfile.Copy {
	d.sources(r, "copy", o)
	return dockerfile.Copy{
		From: r.str("from"), Sources: r.strings("src"), Files: files(r),
		ExpandFiles: r.flag("expand_files"), Dest: r.str("dest"),
		Chown: r.str("chown"), Chmod: r.str("chmod"),
		Link: r.flag("link"), Parents: r.flag("parents"), Exclude: r.strings("exclude"),
	}
}

func (d *decoder) add(r reader, o dockerfile.Origin) dockerfile.Add {
	d.sources(r, "add", o)
	return dockerfile.Add{
		Sources: r.strings("src"), Files: files(r), ExpandFiles: r.flag("expand_files"), Dest: r.str("dest"),
		Chown: r.str("chown"), Chmod: r.str("chmod"), Checksum: r.str("checksum"),
		Link: r.flag("link"), KeepGitDir: r.flag("keep_git_dir"), Unpack: r.optionalFlag("unpack"),
		Exclude: r.strings("exclude"),
	}
}

// sources checks that a copy has something to copy, of one kind.
func (d *decoder) sources(r reader, verb string, o dockerfile.Origin) {
	files := len(r.fields("files")) > 0
	switch {
	case r.has("src") == files:
		d.problem(diag.CodeInstruction, o, verb, "`"+verb+"` needs either `src` or `files`",
			"src names paths, files holds their text")
	case files && r.has("from"):
		d.problem(diag.CodeInstruction, o, verb+".from", "`from` does not go with `files`, whose text stands here", "remove one of the two")
	}
}

func files(r reader) []dockerfile.InlineFile {
	var out []dockerfile.InlineFile
	for _, p := range r.pairs("files") {
		out = append(out, dockerfile.InlineFile{Name: p.Name, Text: p.Value})
	}
	return out
}

func (d *decoder) healthcheck(r reader, o dockerfile.Origin) dockerfile.Healthcheck {
	n := 0
	for _, name := range []string{"cmd", "cmd_shell", "none"} {
		if r.has(name) {
			n++
		}
	}
	if n != 1 {
		d.problem(diag.CodeInstruction, o, "healthcheck", "a healthcheck is one of `cmd`, `cmd_shell` and `none`", "keep one of them")
	}
	out := dockerfile.Healthcheck{
		Interval: r.str("interval"), Timeout: r.str("timeout"), StartPeriod: r.str("start_period"),
		StartInterval: r.str("start_interval"), Retries: r.number("retries"),
	}
	if !r.has("none") {
		out.Command = &dockerfile.Command{Exec: r.strings("cmd"), Shell: r.str("cmd_shell")}
	}
	return out
}

// onbuild decodes the instruction that a trigger holds. One trigger is one
// instruction: fragments and library steps go into onbuild step by step.
func (d *decoder) onbuild(r reader, o dockerfile.Origin) dockerfile.Instruction {
	inner := dockerfile.Origin{Stage: o.Stage, Path: o.Path + ".onbuild"}
	verb, ok := d.verb(r, inner)
	if !ok {
		return dockerfile.OnBuild{}
	}
	if verb == "steps" || verb == "onbuild" || r.sub(verb).has("expand") {
		d.problem(diag.CodeInstruction, inner, verb, "`"+verb+"` cannot be a trigger", "onbuild takes one instruction")
		return dockerfile.OnBuild{}
	}
	return dockerfile.OnBuild{Instruction: d.instruction(r, verb, inner)}
}
