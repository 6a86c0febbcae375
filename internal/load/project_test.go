package load

import (
	"reflect"
	"strings"
	"testing"
)

func TestProject(t *testing.T) {
	const head = "package project\n\nimport \"stagecue.dev/schema\"\n\n"
	for _, tt := range []struct{ name, text, unmanaged, want string }{
		{"none", "", "", ""},
		{"empty", head + "project: schema.#Project\n", "", ""},
		{"globs", head + "project: schema.#Project & {unmanaged: [\"**/*.md\", \"x/*\"]}\n", "**/*.md x/*", ""},
		{"all", head + "project: schema.#Project & {\n\tunmanaged: [\"x\"]\n\tcache: {repository: \"example.com/cache\", mode: \"max\"}\n\talways: [\"ci/**\"]\n\tignore: [\"**/*.md\"]\n}\n", "x", ""},
		{"no pattern", head + "project: schema.#Project & {always: [\"a\", \"[b\"]}\n", "",
			`project.cue:5:43 invalid-value: project.always: "[b" is no glob pattern (a [ and a { need their closing bracket; a backslash before one takes its meaning away)`},
		{"no mode", head + "project: schema.#Project & {cache: {repository: \"a/b\", mode: \"all\"}}\n", "",
			"project.cue:5:62 invalid-value: project.cache.mode: the mode of a cache is min or max"},
		{"a misspelt field", head + "project: schema.#Project & {unmanged: []}\n", "",
			`project.cue:5:29 unknown-field: project: unknown field "unmanged" (did you mean "unmanaged"?)`},
		{"a string for a list", head + "project: schema.#Project & {unmanaged: \"x\"}\n", "",
			`project.cue:5:40 invalid-value: project.unmanaged: it must be of type list, not "x" (string) ` +
				"(unmanaged are glob patterns (with **) of files below generated/ that Stagecue does not own and is not to mention.)"},
		{"another field", "package project\n\nprojct: 1\n", "", "project.cue missing-field: there is no field `project` (write `project: schema.#Project & {...}`)"},
		{"without the schema", "package project\n\nproject: unmanged: [\"x\"]\n", "",
			"project.cue:3:1 untyped-field: the field \"project\" is not unified with the schema, so nothing in it would be checked (write `project: schema.#Project & {...}`)"},
		{"no CUE", "package project\n\nproject: ]\n", "", "project.cue:3:10 cue-load: expected operand, found ']'"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"project.cue": tt.text}
			if tt.text == "" {
				clear(files)
			}
			project, list := open(t, files).Project()
			if got := strings.Join(project.Unmanaged, " "); got != tt.unmanaged || describe(list...) != tt.want {
				t.Errorf("got %q and\n%s\nwant %q and\n%s", got, describe(list...), tt.unmanaged, tt.want)
			}
		})
	}
}

func TestProjectFields(t *testing.T) {
	const text = "package project\n\nimport \"stagecue.dev/schema\"\n\nproject: schema.#Project & {\n" +
		"cache: {repository: \"example.com:5000/a/cache\", mode: \"max\"}\nalways: [\"ci/**\"]\nignore: [\"**/*.md\", \"x\"]\n}\n"
	project, list := open(t, map[string]string{"project.cue": text}).Project()
	want := Project{Cache: &Cache{"example.com:5000/a/cache", "max"}, Always: []string{"ci/**"}, Ignore: []string{"**/*.md", "x"}}
	if len(list) > 0 || !reflect.DeepEqual(project, want) {
		t.Errorf("%+v, want %+v; %s", project, want, describe(list...))
	}
}
