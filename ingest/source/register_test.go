package source

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func registerAt(t testing.TB, path string) Source {
	t.Helper()
	s := Source{Name: "ppid-folder", Kind: "register", Register: &Register{Path: path, Import: "ppid", Settle: time.Millisecond}}
	if problems := s.ValidateAndSetDefaults("19.71", testRegions); len(problems) != 0 {
		t.Fatal(problems)
	}
	return s
}

func put(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// scan looks once and gives what is to be done, and the state as if it were.
func scan(t testing.TB, s Source, state RegisterState) (string, RegisterState, []string) {
	t.Helper()
	files, notes, err := ScanRegister(t.Context(), s, state)
	if err != nil {
		t.Fatal(err)
	}
	next := RegisterState{Files: map[string]FileState{}}
	var list []string
	for _, f := range files {
		what := "same"
		switch {
		case f.Failure != nil:
			what = f.Failure.Reason
		case f.Waiting:
			what = "waiting"
		case f.Due:
			what = "due"
		}
		list = append(list, filepath.Base(f.Path)+":"+what)
		next.Files[f.Path] = f.State
	}
	return strings.Join(list, " "), next, notes
}

func TestScanRegister(t *testing.T) {
	folder := t.TempDir()
	s := registerAt(t, folder)
	put(t, filepath.Join(folder, "b.csv"), "satu")
	put(t, filepath.Join(folder, "A.XLSX"), "dua")
	put(t, filepath.Join(folder, ".tersembunyi.csv"), "x")
	for i := range 7 {
		put(t, filepath.Join(folder, fmt.Sprintf("surat%d.docx", i)), "x")
	}
	if err := os.Mkdir(filepath.Join(folder, "arsip.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	got, state, notes := scan(t, s, RegisterState{})
	if got != "A.XLSX:due b.csv:due" {
		t.Error(got)
	}
	if len(notes) != 1 || notes[0] != "diabaikan karena bukan CSV, TSV, XLSX atau ICS: surat0.docx, surat1.docx, surat2.docx, surat3.docx, surat4.docx dan 2 lainnya" {
		t.Errorf("notes %q", notes)
	}
	if got, state, _ = scan(t, s, state); got != "A.XLSX:same b.csv:same" {
		t.Error(got)
	}
	// Touched: the content decides.
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(folder, "b.csv"), later, later); err != nil {
		t.Fatal(err)
	}
	if got, state, _ = scan(t, s, state); got != "A.XLSX:same b.csv:same" || !state.Files[filepath.Join(folder, "b.csv")].Modified.Equal(later.UTC()) {
		t.Error(got, state)
	}
	// Same size, other content.
	put(t, filepath.Join(folder, "b.csv"), "tiga")
	if got, _, _ = scan(t, s, state); got != "A.XLSX:same b.csv:due" {
		t.Error(got)
	}
	// A pattern.
	if got, _, _ = scan(t, registerAt(t, filepath.Join(folder, "*.csv")), state); got != "b.csv:due" {
		t.Error(got)
	}
	if got, _, _ = scan(t, registerAt(t, filepath.Join(folder, "tidak-ada-*.csv")), state); got != "" {
		t.Error(got)
	}
	// One file.
	if got, _, _ = scan(t, registerAt(t, filepath.Join(folder, "surat0.docx")), RegisterState{}); got != "surat0.docx:due" {
		t.Error(got)
	}
}

// TestScanRegisterGrowing has a file that grows while it is looked at: every
// look at the clock of the file system appends to it.
func TestScanRegisterGrowing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "besar.csv")
	put(t, path, "a\n")
	s := registerAt(t, path)
	s.Register.Settle = 200 * time.Millisecond
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return
		}
		defer f.Close()
		for {
			select {
			case <-stop:
				return
			default:
				_, _ = f.WriteString("baris\n")
				time.Sleep(time.Millisecond)
			}
		}
	}()
	got, state, _ := scan(t, s, RegisterState{})
	close(stop)
	<-stopped
	if got != "besar.csv:waiting" {
		t.Errorf("while it grows: %s", got)
	}
	if got, state, _ = scan(t, s, state); got != "besar.csv:due" {
		t.Errorf("afterwards: %s", got)
	}
	if got, _, _ = scan(t, s, state); got != "besar.csv:same" {
		t.Errorf("in the end: %s", got)
	}
}

func TestScanRegisterFailures(t *testing.T) {
	folder := t.TempDir()
	for path, words := range map[string]string{
		filepath.Join(folder, "tidak-ada"):              "tidak ada; periksa path",
		filepath.Join(folder, "tidak-ada", "*.csv"):     "tidak ada; periksa path",
		filepath.Join(folder, "tidak-ada", "a.csv"):     "tidak ada; periksa path",
		filepath.Join(folder, "x\x00y", "berkas.csv"):   "tidak dapat dibaca",
		filepath.Join(folder, strings.Repeat("n", 300)): "tidak dapat dibaca",
	} {
		_, _, err := ScanRegister(t.Context(), registerAt(t, path), RegisterState{})
		if f := wantFailure(t, err, ReasonFile); !strings.Contains(f.Words, words) {
			t.Errorf("%s: %s", path, f.Words)
		}
	}
	// A link that leads nowhere is that file's fault alone.
	put(t, filepath.Join(folder, "b.csv"), "x")
	if err := os.Symlink(filepath.Join(folder, "hilang"), filepath.Join(folder, "a.csv")); err != nil {
		t.Fatal(err)
	}
	if got, _, _ := scan(t, registerAt(t, folder), RegisterState{}); got != "a.csv:file b.csv:due" {
		t.Error(got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := ScanRegister(ctx, registerAt(t, folder), RegisterState{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
