package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"gaung/metrics"
)

// version is set by the linker for a release; a build from a checkout tells
// its commit.
var version = "0.1.0"

type versionCommand struct{}

// Run prints the program's version.
func (*versionCommand) Run(p *program, _ *int) error {
	if p.JSON {
		return json.NewEncoder(p.stdout).Encode(map[string]any{
			"version": version, "commit": commit(), "go": runtime.Version(), "definitions_version": metrics.DefinitionsVersion,
		})
	}
	_, err := fmt.Fprintf(p.stdout, "gaung %s%s, definisi versi %d, %s %s/%s\n", version, withSpace(commit()), metrics.DefinitionsVersion,
		runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return setting.Value[:12]
		}
	}
	return ""
}

func withSpace(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}
