package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/dashboard/export"
)

func TestLetterhead(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "gaung.yaml")
	config := func(text string) *program {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p := &program{}
		p.Config = path
		return p
	}
	p := config("region: \"19.71\"\nletterhead:\n  government: Pemerintah Kota\n  office: Dinas Kominfo\n  nip: \"198001012005011001\"\n")
	got, err := p.letterhead(letterheadFlags{Office: " Diskominfo \n Kota ", Signatory: strings.Repeat("x", 200)})
	if err != nil {
		t.Fatal(err)
	}
	want := &export.Letterhead{Government: "Pemerintah Kota", Office: "Diskominfo Kota", NIP: "198001012005011001", Signatory: strings.Repeat("x", 200)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if none, err := config("region: \"19.71\"\n").letterhead(letterheadFlags{}); none != nil || err != nil {
		t.Errorf("without a letterhead: %+v, %v", none, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "logo.png"), []byte("bukan gambar"), 0o600); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		text  string
		flags letterheadFlags
		words string
	}{
		"a logo that is no picture":   {"letterhead:\n  logo: logo.png\n", letterheadFlags{}, "bukan gambar PNG"},
		"a logo that is not there":    {"", letterheadFlags{Logo: filepath.Join(dir, "tidak-ada.png")}, "tidak dapat dibaca"},
		"a name of 201 letters":       {"", letterheadFlags{Office: strings.Repeat("x", 201)}, "paling banyak 200"},
		"an unknown key":              {"letterhead:\n  stempel: x\n", letterheadFlags{}, "kunci yang boleh"},
		"a letterhead that is a list": {"letterhead:\n  - x\n", letterheadFlags{}, "letterhead tidak dapat dibaca"},
	} {
		_, err := config(c.text).letterhead(c.flags)
		if err == nil || !strings.Contains(err.Error(), c.words) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A disk that is full leaves nothing under the final name, and nothing beside it.
func TestWriteFileLeavesNoHalfFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "laporan.xlsx")
	if err := os.WriteFile(path, []byte("yang lama"), 0o600); err != nil {
		t.Fatal(err)
	}
	err := writeFile(path, func(w io.Writer) error {
		if _, err := io.WriteString(w, "setengah"); err != nil {
			return err
		}
		return errors.New("no space left on device")
	})
	if err == nil || !strings.Contains(err.Error(), "tidak selesai ditulis") {
		t.Errorf("error %v", err)
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != "yang lama" {
		t.Errorf("the file holds %q, %v", kept, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%d files beside it, %v", len(entries)-1, err)
	}
}
