package summary

import (
	"fmt"

	"stagecue.dev/internal/dockerfile"
)

// Visible tells the steps that the user has written from the ARGs that the
// compiler puts between them.
func (s Step) Visible() bool {
	_, ok := s.Instruction.(dockerfile.ArgUse)
	return !ok
}

// View is the step as #StepView has it, as far as its fields are wanted; nil
// wants all of them.
func (s Step) View(wanted func(name string) bool) Node {
	at := func(field string) Place { return Place{s.Origin, field} }
	o := object{Node{At: at("")}, wanted}
	o.text("stage", s.Stage, at(""))
	o.text("instruction", s.Instruction.Keyword(), at(""))
	if o.wants("text") {
		o.text("text", dockerfile.Text(s.Instruction), at(""))
	}
	o.text("description", s.Description, at("description"))
	o.fact("user", *s.User)
	o.fact("workdir", *s.Workdir)
	o.instruction(s.Instruction, at)
	return o.Node
}

// instruction adds the fields of an instruction, by the schema's names.
func (o *object) instruction(i dockerfile.Instruction, at func(string) Place) {
	switch i := i.(type) {
	case dockerfile.Run:
		o.run(i, at)
	case dockerfile.Copy:
		o.transfer("copy", i.Sources, i.Files, i.Dest, i.Chown, i.Chmod, i.Exclude, at)
		o.text("from", i.From, at("copy.from"))
		o.flag("link", i.Link, at("copy.link"))
		o.flag("parents", i.Parents, at("copy.parents"))
		o.flag("expand_files", i.ExpandFiles, at("copy.expand_files"))
	case dockerfile.Add:
		o.transfer("add", i.Sources, i.Files, i.Dest, i.Chown, i.Chmod, i.Exclude, at)
		o.text("checksum", i.Checksum, at("add.checksum"))
		o.flag("link", i.Link, at("add.link"))
		o.flag("keep_git_dir", i.KeepGitDir, at("add.keep_git_dir"))
		o.flag("expand_files", i.ExpandFiles, at("add.expand_files"))
		if i.Unpack != nil {
			o.add("unpack", Node{Data: *i.Unpack, At: at("add.unpack")})
		}
	case dockerfile.Env:
		o.pairs("env", i.Pairs, at("env"))
	case dockerfile.Label:
		o.pairs("label", i.Pairs, at("label"))
	case dockerfile.Expose:
		o.strings("expose", i.Ports, at("expose"), true)
	case dockerfile.Volume:
		o.strings("volume", i.Paths, at("volume"), true)
	case dockerfile.StopSignal:
		o.text("stopsignal", i.Signal, at("stopsignal"))
	case dockerfile.Shell:
		o.strings("shell", i.Argv, at("shell"), false)
	case dockerfile.Cmd:
		o.command("cmd", i.Command, at(commandField("cmd", i.Command)))
	case dockerfile.Entrypoint:
		o.command("entrypoint", i.Command, at(commandField("entrypoint", i.Command)))
	case dockerfile.Healthcheck:
		o.healthcheck(i, at("healthcheck"))
	}
}

func (o *object) run(r dockerfile.Run, at func(string) Place) {
	o.text("run", r.Shell, at("run"))
	o.text("script", r.Script, at("script"))
	o.strings("exec", r.Exec, at("exec"), false)
	o.text("network", r.Network, at("network"))
	o.text("security", r.Security, at("security"))
	o.strings("devices", r.Devices, at("devices"), true)
	o.strings("uses", r.Uses, at("uses"), true)
	if !o.wants("mounts") {
		return
	}
	mounts := Node{List: true, At: at("")}
	for n, m := range r.Mounts {
		mounts.Items = append(mounts.Items, o.mount(m, at, fmt.Sprintf("mounts[%d].", n)))
	}
	o.add("mounts", mounts)
}

// mount is a mount, whose fields are at their names with a prefix.
func (o *object) mount(m dockerfile.Mount, at func(string) Place, prefix string) Node {
	inner := o.inner(Node{At: at(prefix + "type")})
	add := func(name string, value any) {
		inner.add(name, Node{Data: value, At: at(prefix + name)})
	}
	text := func(name, value string) {
		if value != "" && inner.wants(name) {
			add(name, value)
		}
	}
	text("type", m.Type)
	text("id", m.ID)
	text("target", m.Target)
	text("from", m.From)
	text("source", m.Source)
	text("sharing", m.Sharing)
	text("size", m.Size)
	text("env", m.Env)
	text("mode", m.Mode)
	if m.UID != nil {
		add("uid", *m.UID)
	}
	if m.GID != nil {
		add("gid", *m.GID)
	}
	truth := func(name string, value bool) {
		if inner.wants(name) {
			add(name, value)
		}
	}
	truth("readonly", m.ReadOnly)
	truth("readwrite", m.ReadWrite)
	truth("required", m.Required)
	return inner.Node
}

// transfer adds what COPY and ADD have in common.
func (o *object) transfer(verb string, src []string, files []dockerfile.InlineFile, dest, chown, chmod string, exclude []string, at func(string) Place) {
	o.strings("src", src, at(verb+".src"), true)
	if len(files) > 0 && o.wants("files") {
		var pairs []dockerfile.Pair
		for _, f := range files {
			pairs = append(pairs, dockerfile.Pair{Name: f.Name, Value: f.Text})
		}
		o.pairs("files", pairs, at(verb+".files"))
	}
	o.text("dest", dest, at(verb+".dest"))
	o.text("chown", chown, at(verb+".chown"))
	o.text("chmod", chmod, at(verb+".chmod"))
	o.strings("exclude", exclude, at(verb+".exclude"), true)
}
