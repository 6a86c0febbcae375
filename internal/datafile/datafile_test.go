package datafile

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"cuelang.org/go/cue/cuecontext"
)

// TestDecode: data of each kind, and what is refused, with its line.
func TestDecode(t *testing.T) {
	for _, tt := range []struct {
		file, named, text string
		want              string // JSON, or the line of the fault and a part of its message
	}{
		{"a.json", "", `{"a": [1, "x", null, true], "b c": {"d": 1.5}}`, `{"a":[1,"x",null,true],"b c":{"d":1.5}}`},
		{"a.json", "", "\ufeff{\"a\": 1}", `{"a":1}`},
		{"a.json", "", "{\r\n\"a\": \"1\"\r\n}\r\n", `{"a":"1"}`},
		{"a.json", "", "{\n\"a\": 1,\n\"a\": 2}", "3 stands twice"},
		{"a.json", "", "{\n\"a\": 1,\n}", "3 "},
		{"a.json", "", "", "0 it is empty"},
		{"a.json", "", "{\n", "1 unexpected end"},
		{"a.json", "", "{} {}", "1 "},
		{"a.yaml", "", "a: 1\nb: [x, y]\n", `{"a":1,"b":["x","y"]}`},
		{"a.yml", "yaml", "a: 1\n", `{"a":1}`},
		{"a.yaml", "", "a: 1\na: 2\n", "2 "},
		{"a.yaml", "", "", "0 it is empty"},
		{"a.yaml", "", "# a: 1\n\n# b: 2\n", "1 it is empty"},
		{"a.yaml", "", "# a: 1\nb: -2\n", `{"b":-2}`},
		{"a.yaml", "", "-2\n", "-2"},
		{"a.yaml", "", "null\n", "null"},
		{"a.yaml", "", "a: 1\n---\nb: 2\n", "3 more than one"},
		{"a.yaml", "", "a: [\n", "1 "},
		{"a.toml", "", "a = 1\n[b]\nc = \"x\"\n", `{"a":1,"b":{"c":"x"}}`},
		{"a.toml", "", "a = \n", "1 "},
		{"a.txt", "text", "x\ny\n", `"x\ny\n"`},
		{"a.txt", "", "x", `"x"`},
		{"a.txt", "text", "\xff", "1 "},
	} {
		kind, ok := KindOf(tt.file, tt.named)
		if !ok {
			t.Errorf("%s %s: no kind", tt.file, tt.named)
			continue
		}
		x, fault := Decode(kind, "/"+tt.file, []byte(tt.text))
		if fault != nil {
			line, message, _ := strings.Cut(tt.want, " ")
			if strings.HasPrefix(tt.want, "{") || fault.Message == "" || !strings.Contains(fault.Message, message) ||
				fault.Pos.IsValid() && line != string(rune('0'+fault.Pos.Line())) {
				t.Errorf("%s %q: line %d: %s, want %s", tt.file, tt.text, fault.Pos.Line(), fault.Message, tt.want)
			}
			continue
		}
		got, err := cuecontext.New().BuildExpr(x).MarshalJSON()
		if err != nil || string(got) != tt.want {
			t.Errorf("%s %q: %s %v, want %s", tt.file, tt.text, got, err, tt.want)
		}
	}
	for _, file := range []string{"a", "a.cue", "a.proto", "a.bin"} {
		if kind, ok := KindOf(file, ""); ok && kind != Binary {
			t.Errorf("%s is taken for %s", file, kind.Title())
		}
	}
}

// FuzzJSON: what is taken for JSON is what Go's own decoder makes of it.
func FuzzJSON(f *testing.F) {
	for _, text := range []string{`{"a": [1, 2.5e3, "\u00e4\n", null]}`, `[]`, `"x"`, "{\"a\": {}, \"a\": 1}", "\ufeff1", `{"_a": 1, "#b": 2, "": 3}`, `1e400`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		x, fault := Decode(JSON, "/f.json", text)
		for _, kind := range []Kind{YAML, TOML, Text} {
			if len(text) < 200 {
				_, _ = Decode(kind, "/f", text)
			}
		}
		if fault != nil || len(text) > 1000 {
			return
		}
		data, err := cuecontext.New().BuildExpr(x).MarshalJSON()
		if err != nil {
			return // a number that CUE cannot write
		}
		var got, want any
		if err := json.Unmarshal([]byte(strings.TrimPrefix(string(text), "\ufeff")), &want); err != nil {
			return // a number that Go cannot hold
		}
		if err := json.Unmarshal(data, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is %s", text, data)
		}
	})
}
