package dockerfile

import "strings"

// plausible are values that a field may have, the usual one first. "#" stands
// for the place in a list, since names there must differ.
func plausible(field string) []string {
	values, ok := plausibleValues[field]
	if !ok {
		panic("plausible_test.go has no value for " + field)
	}
	return values
}

var plausibleValues = map[string][]string{
	"File.Header":        {"Code generated from stages/x; DO NOT EDIT.", "", "s0 is here", "one: two"},
	"File.Syntax":        {"", "docker/dockerfile:1", "docker/dockerfile:1.20-labs"},
	"File.Default":       {"", "s0"},
	"Check.Skip":         {"UndefinedVar", "all", "FromPlatformFlagConstDisallowed"},
	"Check.Experimental": {"InvalidDefinitionDescription", "all"},
	"Arg.Name":           {"ARG#", "version#"},
	"Arg.Description":    {"", "what it is", "two\nlines"},
	"Arg.Default":        {"1.0", "", "a b", "$ARG0", "${ARG0:-x y}"},
	"Stage.Name":         {"s#", "s#", "s#", "s#", "s#-x.y", "s#_arm64"},
	"Stage.Description":  {"", "builds it", "builds\n\nit all"},
	"Stage.From":         {"debian:12", "scratch", "s0", "${ARG0}", "r.io:5000/a/b:1@sha256:0f", "$BASE:${TAG:-1}"},
	"Stage.Platform":     {"", "", "", "$BUILDPLATFORM", "${BUILDPLATFORM:-linux/amd64}", "linux/arm64"},
	"Stage.Check":        {"InvalidBaseImagePlatform", "all"},
	"Step.Description":   {"", "What it does.", "What it does.\n\n  And why."},
	"Step.Check":         {"UndefinedVar", "all"},
	"Run.Shell":          {"make all", "a \\\n    && b $C", "--version", "[ -f x ]", "cat <<< x"},
	"Run.Script":         {"make\ninstall", "#!/bin/sh\nls", "set -eux\n\tls\n", "cat <<EOF\nEOF\n"},
	"Run.Exec":           {"make", "a b", "", "\n", "[]"},
	"Run.Network":        {"", "default", "none", "host"},
	"Run.Security":       {"", "sandbox", "insecure"},
	"Run.Devices":        {"vendor.com/class=name", "vendor.com/class=*,required", "vendor.com/class", "name=x"},
	"Mount.Type":         {"bind", "cache", "tmpfs", "secret", "ssh"},
	"Mount.ID":           {"", "an-id", "id$ARG0"},
	"Mount.Target":       {"/t", "/with a blank", "/a,b", "/$ARG0/x", "rel"},
	"Mount.Source":       {"", "/src", "a b", "${ARG0:-/x}"},
	"Mount.From":         {"", "s0", "debian:12"},
	"Mount.Sharing":      {"", "shared", "private", "locked"},
	"Mount.Mode":         {"", "0755", "700", "0000"},
	"Mount.Size":         {"", "64m", "1G", "100"},
	"Mount.Env":          {"", "TOKEN"},
	"Copy.From":          {"", "s0", "debian:12"},
	"Copy.Sources":       {"src#", ".", "/a b/*", "[x", "$ARG0/é"},
	"Copy.Dest":          {"/dest/", "/a b/", "./", "$ARG0/", "/file"},
	"Copy.Chown":         {"", "1000:1000", "$UID:app", "a b"},
	"Copy.Chmod":         {"", "0755", "u=rwX,go=rX", "$MODE"},
	"Copy.Exclude":       {"*.md", "**/a b", "$x"},
	"InlineFile.Name":    {"f#.txt", "EOF#", "g#"},
	"InlineFile.Text":    {"text\n", "", "no end", "x=$ARG0\n\\$y\n", "EOF\nEOF_END\n# c\nRUN x\n"},
	"Add.Sources":        {"https://example.com/a.tar.gz", "src#", "https://github.com/a/b.git?tag=v1", "git@github.com:a/b.git#v1"},
	"Add.Dest":           {"/dest/", "/a b/", "./", "$ARG0/", "/file"},
	"Add.Chown":          {"", "1000:1000", "$UID:app"},
	"Add.Chmod":          {"", "0755", "u=rwX,go=rX", "$MODE"},
	"Add.Checksum":       {"", "", "", "sha256:" + strings.Repeat("0f", 32), "0123abcdef", "$SUM"},
	"Add.Exclude":        {"*.md", "**/a b", "$x"},
	"ArgUse.Name":        {"ARG0", "OTHER", "TARGETSTAGE"},
	"Pair.Name":          {"K#", "lower_#"},
	"Pair.Value":         {"v", "", "a b", "$PATH:/x", `\$5 "q" '`, "${A:-${B}}"},
	"Workdir.Path":       {"/w", "/w x", "$HOME/w", "-w"},
	"User.Name":          {"nobody", "1000:1000", "$USER:${GROUP}"},
	"Expose.Ports":       {"808#", "53/udp", "8000-8010/tcp", "$PORT"},
	"Volume.Paths":       {"/v#", "/v x", "$V", "[v"},
	"StopSignal.Signal":  {"SIGTERM", "9", "$SIG", "RTMIN+3"},
	"Shell.Argv":         {"/bin/sh", "-c", "a b"},
	"Command.Exec":       {"prog", "a b", "", "\n", "é"},
	"Command.Shell":      {"exec prog $X", "a \\\n  b", "-x", "--x"},

	"Healthcheck.Interval":      {"", "30s", "1m30s", "1.5h", "0"},
	"Healthcheck.Timeout":       {"", "30s"},
	"Healthcheck.StartPeriod":   {"", "30s"},
	"Healthcheck.StartInterval": {"", "30s"},
}

// least is the smallest useful length of a list.
func least(field string) int {
	switch field {
	case "File.Header", "File.Args", "Check.Experimental", "Stage.Check", "Step.Check", "Run.Mounts", "Run.Devices",
		"Copy.Exclude", "Add.Exclude", "Command.Exec":
		return 0
	}
	return 1
}

// tokens are what is special to one of the layers that a value passes, and
// what other values of a file look like.
var tokens = []string{
	"a", "B1", " ", "\t", `"`, "'", `\`, "$", "$A", `\$`, "${B}", "${A:-b}", "${A#x*}", "${A/b/c}", "${A:-$B c}", "${",
	"}", "<<", "<", "EOF", "f0.txt", "\n", " \\\n", "#", "[", "]", ",", "=", "é", "\u00a0", "--", "-", "/", ":", "*", "0755",
	"{", "[\"a\"]", "|", "&", "`", "check=", "@", "\u2028", "世", "\r", "\x00", "\xff", "\u0085", "\v", "\f", "\ufeff", "\x01",
	"\nUSER root\n", "\nFROM x AS y\n", "\nEOF\n", "\nf0.txt\n", "--mount=type=ssh ", ",required", "type=", " AS ", "syntax=x",
	"escape=`", "skip=all", "s0", "debian:12", "sha256:", "NONE", "CMD ", "ONBUILD ", "ARG0", "%", "+", "?", "~", "<<-", "<<\"EOF\"", "${A?}", "(", ";",
}

// bend changes a string by the first bytes of edits: how, and by how much.
func bend(s string, edits []byte) (bent string, rest []byte) {
	how, n := edits[0]&7, min(int(edits[0]>>3&15)+1, len(edits)-1)
	data, rest := edits[1:1+n], edits[1+n:]
	text := string(data)
	if how < 6 {
		text = spell(data)
	}
	switch how {
	case 3, 7:
		return s + text, rest
	case 4:
		return text + s, rest
	case 5:
		middle := len(s) / 2
		return s[:middle] + text + s[middle:], rest
	}
	return text, rest
}

func spell(data []byte) string {
	var b strings.Builder
	for _, d := range data {
		b.WriteString(tokens[int(d)%len(tokens)])
	}
	return b.String()
}
