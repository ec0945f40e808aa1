package delivery

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const childVariable = "GAUNG_DELIVERY_TEST_FOLDER"

func folderParcel() parcel {
	return parcel{Message: testMessage, ID: "ABC123", Region: "19.71", Schedule: "bulanan", Kind: Monthly, Period: "2026-10"}
}

func tree(t testing.TB, dir string) []string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && path != dir {
			rel, _ := filepath.Rel(dir, path)
			list = append(list, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keluar")
	s := &folderSender{dir}
	for range 2 { // the second time it is there already
		if err := s.send(t.Context(), folderParcel()); err != nil {
			t.Fatal(err)
		}
	}
	const name = "19.71_bulanan_2026-10_ABC123"
	want := []string{name, name + "/laporan.xlsx", name + "/pesan.html", name + "/pesan.txt"}
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Error(diff)
	}
	text, err := os.ReadFile(filepath.Join(dir, name, "pesan.txt"))
	if err != nil || string(text) != testMessage.Subject+"\n\n"+testMessage.Text {
		t.Errorf("text %q, %v", text, err)
	}
}

func TestFolderWithHostileNames(t *testing.T) {
	dir := t.TempDir()
	p := folderParcel()
	p.Period = "../../etc/passwd"
	p.Attachments = []Attachment{{Name: "../../../x\x00y.xlsx", Write: func(io.Writer) error { return nil }}}
	if err := (&folderSender{filepath.Join(dir, "keluar")}).send(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	for _, path := range tree(t, dir) {
		if !strings.HasPrefix(path, "keluar") {
			t.Errorf("written outside: %s", path)
		}
	}
	if got := tree(t, dir); len(got) != 5 {
		t.Errorf("tree %q", got)
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	mustOutcome(t, (&folderSender{filepath.Join(file, "keluar")}).send(t.Context(), folderParcel()), NotSent)

	// An attachment that finds the disk full half-way leaves nothing behind.
	p := folderParcel()
	p.Attachments = append(p.Attachments, Attachment{Name: "b.xlsx", Write: func(w io.Writer) error {
		if _, err := io.WriteString(w, "half"); err != nil {
			return err
		}
		return fmt.Errorf("export: write workbook: %w", &os.PathError{Op: "write", Err: syscall.ENOSPC})
	}})
	f := mustOutcome(t, (&folderSender{filepath.Join(dir, "keluar")}).send(t.Context(), p), NotSent)
	if !strings.Contains(f.Words, "tidak ada ruang") {
		t.Errorf("words %q", f.Words)
	}
	if got := tree(t, filepath.Join(dir, "keluar")); len(got) != 0 {
		t.Errorf("left behind: %q", got)
	}
}

// TestFolderOnAFullDisk runs the sending in a process of its own that the
// kernel lets write only small files.
func TestFolderOnAFullDisk(t *testing.T) {
	dir := t.TempDir()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+dir)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if !strings.Contains(string(out), "tidak ada ruang lagi untuk folder") {
		t.Errorf("the process says %q", out)
	}
	if got := tree(t, dir); len(got) != 0 {
		t.Errorf("left behind: %q", got)
	}
}

// childWithFullDisk is the other process of TestFolderOnAFullDisk.
func childWithFullDisk() int {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4096, Max: 4096}); err != nil {
		fmt.Println(err)
		return 1
	}
	p := folderParcel()
	p.Attachments = []Attachment{{Name: "besar.xlsx", Write: func(w io.Writer) error {
		_, err := w.Write(make([]byte, 64<<10))
		return err
	}}}
	err := (&folderSender{os.Getenv(childVariable)}).send(context.Background(), p)
	var f *Failure
	if !errors.As(err, &f) || f.Outcome != NotSent {
		fmt.Println("outcome:", err)
		return 1
	}
	fmt.Println(f.Words)
	return 0
}
