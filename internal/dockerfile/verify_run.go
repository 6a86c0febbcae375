package dockerfile

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

func verifyRun(want Run, got *instructions.RunCommand) error {
	if want.Script != "" {
		if err := verifyScript(want.Script, got.ShellDependantCmdLine); err != nil {
			return err
		}
	} else {
		command := Command{Shell: want.Shell}
		if len(want.Exec) > 0 {
			command.Exec = want.Exec
		}
		if err := verifyCommand(command, got.ShellDependantCmdLine); err != nil {
			return err
		}
	}
	if network := or(want.Network, instructions.NetworkDefault); instructions.GetNetwork(got) != network {
		return fmt.Errorf("network is %q, want %q", instructions.GetNetwork(got), network)
	}
	if security := or(want.Security, instructions.SecuritySandbox); instructions.GetSecurity(got) != security {
		return fmt.Errorf("security is %q, want %q", instructions.GetSecurity(got), security)
	}
	devices := instructions.GetDevices(got)
	if len(devices) != len(want.Devices) {
		return fmt.Errorf("%d devices, want %d", len(devices), len(want.Devices))
	}
	for n, d := range want.Devices {
		w, err := instructions.ParseDevice(d)
		if err != nil {
			return err
		}
		if *devices[n] != *w {
			return fmt.Errorf("device is %v, want %v", *devices[n], *w)
		}
	}
	return verifyMounts(want.Mounts, got)
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

func verifyScript(want string, got instructions.ShellDependantCmdLine) error {
	if len(got.CmdLine) != 1 || !got.PrependShell || len(got.Files) != 1 {
		return fmt.Errorf("read as %q with %d heredocs", got.CmdLine, len(got.Files))
	}
	start, err := parser.ParseHeredoc(got.CmdLine[0])
	if err != nil {
		return err
	}
	if start == nil || start.Expand || start.Chomp || got.Files[0].Chomp {
		return fmt.Errorf("%s starts no quoted heredoc", got.CmdLine[0])
	}
	if body := scriptBody(want); got.Files[0].Data != body {
		return fmt.Errorf("script is %q, want %q", got.Files[0].Data, body)
	}
	return nil
}

func verifyMounts(want []Mount, got *instructions.RunCommand) error {
	if len(want) == 0 && len(instructions.GetMounts(got)) == 0 {
		return nil
	}
	// Twice, as in sameWord. BuildKit may refuse a fine mount where a variable
	// is unset (a secret without an id): then there is nothing to compare.
	all := &allSet{}
	for n, env := range []shell.EnvGetter{all, noneSet{}} {
		if n > 0 && len(all.asked) == 0 {
			break
		}
		if err := got.Expand(expander(env)); err != nil {
			if n > 0 {
				continue
			}
			return err
		}
		mounts := instructions.GetMounts(got)
		if len(mounts) != len(want) {
			return fmt.Errorf("%d mounts, want %d", len(mounts), len(want))
		}
		for n, w := range want {
			if err := verifyMount(w, mounts[n], env); err != nil {
				return fmt.Errorf("mount %d: %w", n+1, err)
			}
		}
	}
	return nil
}

func verifyMount(want Mount, got *instructions.Mount, env shell.EnvGetter) error {
	for _, f := range []struct{ name, got, want string }{
		{"type", string(got.Type), strings.ToLower(want.Type)},
		{"id", got.CacheID, want.ID},
		{"from", got.From, want.From},
		{"source", got.Source, want.Source},
		{"target", got.Target, want.Target},
		{"sharing", string(got.CacheSharing), strings.ToLower(want.Sharing)},
		{"env", deref(got.Env), want.Env},
		{"mode", number(got.Mode, 8), strings.TrimLeft(want.Mode, "0")},
		{"uid", number(got.UID, 10), intText(want.UID)},
		{"gid", number(got.GID, 10), intText(want.GID)},
	} {
		value, err := expected(f.want, env)
		if err != nil {
			return err
		}
		if f.name == "mode" && want.Mode != "" && value == "" {
			value = "0"
		}
		if f.got != value {
			return fmt.Errorf("%s is %q, want %q", f.name, f.got, value)
		}
	}
	readOnly := want.ReadOnly || !want.ReadWrite && got.Type != instructions.MountTypeCache && got.Type != instructions.MountTypeTmpfs
	if got.ReadOnly != readOnly {
		return fmt.Errorf("read-only is %v, want %v", got.ReadOnly, readOnly)
	}
	if got.Required != want.Required {
		return fmt.Errorf("required is %v, want %v", got.Required, want.Required)
	}
	if size := sizeBytes(want.Size); got.SizeLimit != size {
		return fmt.Errorf("size is %d, want %d", got.SizeLimit, size)
	}
	return nil
}

// sizeBytes is the number of bytes in a size that Validate let through.
func sizeBytes(size string) int64 {
	digits := strings.TrimRight(strings.ToLower(size), "bkmg")
	// Nine digits at most, hence no overflow; empty is zero.
	n, _ := strconv.ParseInt(digits, 10, 64)
	return n << map[string]int{"k": 10, "m": 20, "g": 30}[strings.ToLower(size[len(digits):])]
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func number(n *uint64, base int) string {
	if n == nil {
		return ""
	}
	return strconv.FormatUint(*n, base)
}

func intText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
