package dockerfile

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// An absence is a form of the language that Emit does not write.
type absence struct {
	// term is what BuildKit calls it (see spoken), or a form in words.
	term string
	// example is an instruction of that form, which BuildKit reads.
	example string
	// same is the instruction that means the same; nil if none does.
	same Instruction
	// because says why it is not there, and what is instead.
	because string
}

// absences are all forms of the language that are not supported. docs/proof.md
// has the same list.
func absences() []absence {
	mount := func(m Mount) Run { return Run{Shell: "x", Mounts: []Mount{m}} }
	bind := Mount{Type: "bind", Source: "/a", Target: "/b", ReadWrite: true}
	return []absence{
		{"MAINTAINER", "MAINTAINER me", nil, "deprecated; the label org.opencontainers.image.authors says it"},
		{"# escape", "", nil, "another escape character would only change how the same values are written"},
		{"mount src", "RUN --mount=type=bind,src=/a,target=/b,readwrite x", mount(bind), "short for source"},
		{"mount dst", "RUN --mount=type=bind,source=/a,dst=/b,readwrite x", mount(bind), "short for target"},
		{"mount destination", "RUN --mount=type=bind,source=/a,destination=/b,readwrite x", mount(bind), "another word for target"},
		{"mount rw", "RUN --mount=type=bind,source=/a,target=/b,rw x", mount(bind), "short for readwrite"},
		{"mount ro", "RUN --mount=type=bind,source=/a,target=/b,ro x", mount(Mount{Type: "bind", Source: "/a", Target: "/b", ReadOnly: true}), "short for readonly"},
		{"`readwrite=true` and its like", "RUN --mount=type=bind,source=/a,target=/b,readonly=false x", mount(bind), "readwrite without a value says it; what is false is left out"},
		{"a variable as type of a mount", "RUN --mount=type=$T,target=/b x", nil, "what else a mount may hold depends on its type"},
		{"source of a secret", "RUN --mount=type=secret,source=a x", nil, "another word for id"},
		{"`--link=false` and its like", "COPY --link=false a /b", Copy{Sources: []string{"a"}, Dest: "/b"}, "flags that are false are left out"},
		{"several arguments in an ARG", "ARG A B=1", nil, "each has an ARG of its own, with its description"},
		{"a default in the ARG of a stage", "ARG A=1", nil, "an argument has one default, in dockerfile.args"},
		{"ONBUILD ARG in CUE", "ONBUILD ARG A", OnBuild{Instruction: ArgUse{Name: "A"}}, "it would be an argument of other files, which dockerfile.args does not declare"},
		{"a variable in a name of ENV, LABEL or ARG", "ENV $A=b", nil, "names are known when Stagecue compiles: CUE interpolates them"},
		{"ENV and LABEL without `=`", "ENV a b", nil, "deprecated; it is a=b that is printed"},
		{"RUN of nothing", "RUN", nil, "it does nothing"},
		{"a heredoc in shell text", "RUN cat <<E > /x\na\nE", nil, "`copy.files` writes files; a script names its interpreter, and may hold heredocs"},
		{"several heredocs in a RUN", "RUN <<A <<B\na\nA\nb\nB", nil, "one script says it"},
		{"a script that BuildKit may expand", "RUN <<E\necho $a\nE", nil, "variables in a script are the shell's; declared arguments are in its environment"},
		{"a heredoc whose tabs are cut off (`<<-`)", "COPY <<-f /f\n\ta\nf", nil, "text in CUE does not have to begin with tabs"},
		{"a file descriptor before `<<`", "COPY 3<<f /f\na\nf", nil, "BuildKit has no use for it"},
		{"a stage by its number", "COPY --from=0 a /b", Copy{From: "0", Sources: []string{"a"}, Dest: "/b"}, "all stages have names; vet refuses a name that is none"},
		{"a port with a host or an address", "EXPOSE 127.0.0.1:80:80", nil, "deprecated; Docker ignores it"},
		{"instructions in small letters", "user a", nil, "the build check ConsistentInstructionCasing asks for one case"},
	}
}

// TestAbsences makes sure that the list of what is not supported is true:
// BuildKit reads each example, it is another instruction that says the same,
// and docs/proof.md has the same list.
func TestAbsences(t *testing.T) {
	page, err := os.ReadFile(filepath.FromSlash("../../docs/proof.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range absences() {
		if row := "| " + a.term + " | " + a.because + " |\n"; !bytes.Contains(page, []byte(row)) {
			t.Errorf("docs/proof.md lacks the row %s", row)
		}
		if a.example == "" {
			continue
		}
		text := "FROM debian:12 AS x\n" + a.example + "\n"
		result, err := parser.Parse(strings.NewReader(text))
		if err == nil {
			_, _, err = instructions.Parse(result.AST, nil)
		}
		if err != nil {
			t.Errorf("%s: BuildKit refuses the example: %v", a.term, err)
		}
		if a.same == nil {
			continue
		}
		f := of(a.same)
		if err := Verify(&f, []byte(text)); err != nil {
			t.Errorf("%s: there is more to it than %+v: %v", a.term, a.same, err)
		}
	}
}
