package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPack writes both packs of a month and names what is wrong in one line.
func TestPack(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile))
	logo := o.file("logo.png", "bukan gambar")
	for verb, want := range map[string]string{"meeting": "slide/gaung_ringkasan_", "evidence": "pasal-12/gaung_pasal12_"} {
		path := filepath.Join(t.TempDir(), verb+".zip")
		args := []string{"pack", verb, "--month", "2026-01", "-o", path, "--office", "Diskominfo"}
		out := o.gaung(append(args, "--logo", logo)...)
		if lines := strings.Split(strings.TrimSpace(out.stderr), "\n"); out.code != exitUsage || len(lines) != 1 || !strings.Contains(lines[0], "bukan gambar") {
			t.Errorf("%s with a logo that is no image: exit code %d: %s", verb, out.code, out.stderr)
		}
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: a file was written in spite of the refused logo", verb)
		}
		if out = o.gaung(args...); out.code != exitDone {
			t.Fatalf("%s: exit code %d: %s", verb, out.code, out.stderr)
		}
		z, err := zip.OpenReader(path)
		if err != nil {
			t.Fatal(err)
		}
		names := ""
		for _, f := range z.File {
			names += f.Name + "\n"
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(names, want) || !strings.HasSuffix(names, "SHA256SUMS\n") {
			t.Errorf("%s holds\n%s", verb, names)
		}
	}
	for _, args := range [][]string{
		{"--month", "2026-13", "-o", "x.zip"},
		{"--month", "2026-01", "-o", "x.zip", "--logo", "tidak-ada.png"},
		{"--month", "2026-01", "-o", "tidak/ada/x.zip"},
		{"--month", "2026-01"},
	} {
		out := o.gaung(append([]string{"pack", "meeting"}, args...)...)
		if out.code != exitUsage || strings.Count(strings.TrimSpace(out.stderr), "\n") != 0 {
			t.Errorf("%v: exit code %d: %s", args, out.code, out.stderr)
		}
	}
	if _, err := os.Stat("x.zip"); err == nil {
		t.Error("a half file was left")
	}
}
