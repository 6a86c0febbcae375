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

// View is the step as #StepView has it.
func (s Step) View() Node {
	at := func(field string) Place { return Place{s.Origin, field} }
	o := object{Node{At: at("")}}
	o.text("stage", s.Stage, at(""))
	o.text("instruction", s.Instruction.Keyword(), at(""))
	o.text("text", dockerfile.Text(s.Instruction), at(""))
	o.text("description", s.Description, at("description"))
	o.fact("user", s.User)
	o.fact("workdir", s.Workdir)
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
	mounts := Node{List: true, At: at("")}
	for n, m := range r.Mounts {
		mounts.Items = append(mounts.Items, mount(m, func(field string) Place { return at(fmt.Sprintf("mounts[%d].%s", n, field)) }))
	}
	o.add("mounts", mounts)
}

func mount(m dockerfile.Mount, at func(string) Place) Node {
	o := object{Node{At: at("type")}}
	o.text("type", m.Type, at("type"))
	o.text("id", m.ID, at("id"))
	o.text("target", m.Target, at("target"))
	o.text("from", m.From, at("from"))
	o.text("source", m.Source, at("source"))
	o.text("sharing", m.Sharing, at("sharing"))
	o.text("size", m.Size, at("size"))
	o.text("env", m.Env, at("env"))
	o.text("mode", m.Mode, at("mode"))
	o.number("uid", m.UID, at("uid"))
	o.number("gid", m.GID, at("gid"))
	o.flag("readonly", m.ReadOnly, at("readonly"))
	o.flag("readwrite", m.ReadWrite, at("readwrite"))
	o.flag("required", m.Required, at("required"))
	return o.Node
}

// transfer adds what COPY and ADD have in common.
func (o *object) transfer(verb string, src []string, files []dockerfile.InlineFile, dest, chown, chmod string, exclude []string, at func(string) Place) {
	o.strings("src", src, at(verb+".src"), true)
	if len(files) > 0 {
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
