package dockerfile

import (
	"slices"
	"strings"
)

// IsPlatformArg tells the arguments that BuildKit sets by itself. They are
// global, like declared ones: a stage sees them once it redeclares them.
// https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope
func IsPlatformArg(name string) bool {
	switch name {
	case "TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT", "TARGETOSVERSION", "TARGETSTAGE",
		"BUILDPLATFORM", "BUILDOS", "BUILDARCH", "BUILDVARIANT", "BUILDOSVERSION":
		return true
	}
	return false
}

// PlatformArgs are the values of those arguments that a platform decides; none
// for "", which is no platform.
func PlatformArgs(platform string) []Pair {
	if platform == "" {
		return nil
	}
	parts := append(strings.Split(platform, "/"), "", "")
	return []Pair{
		{"TARGETPLATFORM", platform}, {"TARGETOS", parts[0]}, {"TARGETARCH", parts[1]}, {"TARGETVARIANT", parts[2]},
	}
}

// PlatformArg is what a platform makes of an argument that BuildKit sets. It is
// false for other arguments, and for "", which is no platform.
func PlatformArg(name, platform string) (string, bool) {
	for _, p := range PlatformArgs(platform) {
		if p.Name == name {
			return p.Value, true
		}
	}
	return "", false
}

// DefaultArg is the default of a build argument, false if there is none.
func DefaultArg(args []Arg, name string) (string, bool) {
	for _, a := range args {
		if a.Name == name && a.Default != nil {
			return *a.Default, true
		}
	}
	return "", false
}

// ArgValue is what a build argument is if nobody sets it: its default, or what a
// platform makes of it.
func ArgValue(args []Arg, name, platform string) (string, bool) {
	if value, ok := DefaultArg(args, name); ok {
		return value, true
	}
	return PlatformArg(name, platform)
}

// IsProxyArg tells the arguments that BuildKit passes to every RUN without an
// ARG, and keeps out of the cache key and the image's history.
// https://docs.docker.com/reference/dockerfile/#predefined-args
func IsProxyArg(name string) bool {
	return slices.Contains([]string{"http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy"}, strings.ToLower(name))
}
