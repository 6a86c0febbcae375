package dockerfile

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// verifyInstruction compares one instruction with what BuildKit read.
func verifyInstruction(want Instruction, got instructions.Command) error {
	if got.Name() != want.Keyword() {
		return fmt.Errorf("read as %s", got.Name())
	}
	switch w := want.(type) {
	case Run:
		return verifyRun(w, got.(*instructions.RunCommand))
	case Copy:
		return verifyCopy(w, got.(*instructions.CopyCommand))
	case Add:
		return verifyAdd(w, got.(*instructions.AddCommand))
	case ArgUse:
		args := got.(*instructions.ArgCommand).Args
		if len(args) != 1 || args[0].Key != w.Name || args[0].Value != nil {
			return fmt.Errorf("read as %v", args)
		}
	case Env:
		return verifyPairs(w.Pairs, got.(*instructions.EnvCommand).Env)
	case Label:
		return verifyPairs(w.Pairs, got.(*instructions.LabelCommand).Labels)
	case Workdir:
		return sameWord(got.(*instructions.WorkdirCommand).Path, w.Path)
	case User:
		return sameWord(got.(*instructions.UserCommand).User, w.Name)
	case Expose:
		// BuildKit sorts them.
		return sameWords(got.(*instructions.ExposeCommand).Ports, slices.Sorted(slices.Values(w.Ports)))
	case Volume:
		return sameWords(got.(*instructions.VolumeCommand).Volumes, w.Paths)
	case StopSignal:
		return sameWord(got.(*instructions.StopSignalCommand).Signal, w.Signal)
	case Shell:
		return sameList("arguments", got.(*instructions.ShellCommand).Shell, w.Argv)
	case Cmd:
		return verifyCommand(w.Command, got.(*instructions.CmdCommand).ShellDependantCmdLine)
	case Entrypoint:
		return verifyCommand(w.Command, got.(*instructions.EntrypointCommand).ShellDependantCmdLine)
	case Healthcheck:
		return verifyHealthcheck(w, got.(*instructions.HealthCheckCommand))
	case OnBuild:
		return verifyOnBuild(w, got.(*instructions.OnbuildCommand))
	default:
		return fmt.Errorf("unknown instruction %T", want)
	}
	return nil
}

func verifyPairs(want []Pair, got instructions.KeyValuePairs) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d pairs, want %d", len(got), len(want))
	}
	for n, w := range want {
		if got[n].NoDelim {
			return fmt.Errorf("%s is in the old form without =", w.Name)
		}
		// Keys are literal for us, but expanded by BuildKit.
		if err := sameWord(got[n].Key, w.Name); err != nil {
			return err
		}
		if err := sameWord(got[n].Value, w.Value); err != nil {
			return fmt.Errorf("%s: %w", w.Name, err)
		}
	}
	return nil
}

func sameList(what string, got, want []string) error {
	if !slices.Equal(got, want) {
		return fmt.Errorf("%s are %q, want %q", what, got, want)
	}
	return nil
}

func verifyCommand(want Command, got instructions.ShellDependantCmdLine) error {
	if len(got.Files) > 0 {
		return fmt.Errorf("read with %d heredocs", len(got.Files))
	}
	if got.PrependShell != (want.Exec == nil) {
		return fmt.Errorf("shell form and exec form are mixed up: %q", got.CmdLine)
	}
	if want.Exec != nil {
		return sameList("arguments", got.CmdLine, want.Exec)
	}
	return sameList("commands", got.CmdLine, []string{joinLines(want.Shell)})
}

func verifyHealthcheck(want Healthcheck, got *instructions.HealthCheckCommand) error {
	if want.Command == nil {
		return sameList("tests", got.Health.Test, []string{"NONE"})
	}
	test := []string{"CMD-SHELL", joinLines(want.Command.Shell)}
	if want.Command.Exec != nil {
		test = append([]string{"CMD"}, want.Command.Exec...)
	}
	if err := sameList("tests", got.Health.Test, test); err != nil {
		return err
	}
	read := []time.Duration{got.Health.Interval, got.Health.Timeout, got.Health.StartPeriod, got.Health.StartInterval}
	for n, d := range healthDurations(want) {
		var t time.Duration
		if d.value != "" {
			var err error
			if t, err = time.ParseDuration(d.value); err != nil {
				return err
			}
		}
		if read[n] != t {
			return fmt.Errorf("%s is %v, want %v", d.name, read[n], t)
		}
	}
	retries := 0
	if want.Retries != nil {
		retries = *want.Retries
	}
	if got.Health.Retries != retries {
		return fmt.Errorf("retries is %d, want %d", got.Health.Retries, retries)
	}
	return nil
}

// verifyOnBuild reads the trigger as a build on top of the image does.
func verifyOnBuild(want OnBuild, got *instructions.OnbuildCommand) error {
	result, err := parser.Parse(strings.NewReader(got.Expression))
	if err != nil {
		return err
	}
	if len(result.AST.Children) != 1 {
		return fmt.Errorf("trigger has %d instructions", len(result.AST.Children))
	}
	command, err := instructions.ParseCommand(result.AST.Children[0])
	if err != nil {
		return err
	}
	return verifyInstruction(want.Instruction, command)
}
