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

// IsProxyArg tells the arguments that BuildKit passes to every RUN without an
// ARG, and keeps out of the cache key and the image's history.
// https://docs.docker.com/reference/dockerfile/#predefined-args
func IsProxyArg(name string) bool {
	return slices.Contains([]string{"http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy"}, strings.ToLower(name))
}
