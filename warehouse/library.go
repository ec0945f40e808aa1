package warehouse

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// libraryName is the engine's file name on this platform.
func libraryName() string {
	if runtime.GOOS == "darwin" {
		return "libchdb.dylib"
	}
	return "libchdb.so"
}

// npmPackage is the npm package that carries the engine for this platform.
func npmPackage() string {
	arch := map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH]
	if runtime.GOOS == "linux" {
		return "lib-linux-" + arch + "-gnu"
	}
	return "lib-" + runtime.GOOS + "-" + arch
}

// findLibrary returns the first engine library that exists: the explicit path,
// next to the program, in the npm folder of the program's or the working
// directory's tree, then the system's library folders. The error names every
// place that was tried and the command that installs the engine.
func findLibrary(explicit string) (string, error) {
	if explicit != "" {
		if isFile(explicit) {
			return explicit, nil
		}
		return "", failure(nil, "mesin data tidak ada di %s; periksa --engine atau GAUNG_ENGINE", explicit)
	}
	var places []string
	var roots []string
	if program, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(program); err == nil {
			program = real
		}
		dir := filepath.Dir(program)
		places = append(places, filepath.Join(dir, libraryName()))
		roots = append(roots, dir)
	}
	if dir, err := os.Getwd(); err == nil {
		roots = append(roots, dir)
	}
	for _, root := range roots {
		for dir := root; ; dir = filepath.Dir(dir) {
			candidate := filepath.Join(dir, "node_modules", "@chdb", npmPackage(), libraryName())
			places = append(places, candidate)
			if isFile(filepath.Join(dir, "go.mod")) || dir == filepath.Dir(dir) {
				break
			}
		}
	}
	places = append(places, filepath.Join("/usr/local/lib", libraryName()), filepath.Join("/usr/lib", libraryName()))
	for _, place := range places {
		if isFile(place) {
			return place, nil
		}
	}
	return "", failure(nil, "mesin data (%s) belum terpasang; jalankan `make engine`, atau sebutkan letaknya dengan --engine. Sudah dicari di: %s",
		libraryName(), strings.Join(unique(places), ", "))
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func unique(list []string) []string {
	seen := make(map[string]bool, len(list))
	kept := list[:0:0]
	for _, item := range list {
		if !seen[item] {
			seen[item] = true
			kept = append(kept, item)
		}
	}
	return kept
}
