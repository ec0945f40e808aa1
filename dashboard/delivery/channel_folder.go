package delivery

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// folderSender writes a message as a directory of files. The directory appears
// under its final name when everything in it is on the disk, and never before.
type folderSender struct{ path string }

// repeatable: a directory that is there already is the same delivery.
func (*folderSender) repeatable() bool { return true }

var fileUnsafe = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// fileName makes a name that is safe on every file system.
func fileName(s string) string {
	s = strings.Trim(fileUnsafe.ReplaceAllString(s, "-"), ".-")
	if s == "" {
		return "berkas"
	}
	return s[:min(len(s), 120)]
}

func (s *folderSender) send(ctx context.Context, p parcel) error {
	final := filepath.Join(s.path, fileName(p.Region+"_"+p.Schedule+"_"+p.Period+"_"+p.ID))
	if _, err := os.Stat(final); err == nil {
		return nil // an earlier attempt got this far and was cut off before it was recorded
	} else if !errors.Is(err, fs.ErrNotExist) {
		return s.words(err)
	}
	if err := os.MkdirAll(s.path, 0o750); err != nil {
		return s.words(err)
	}
	temporary, err := os.MkdirTemp(s.path, ".gaung-*")
	if err != nil {
		return s.words(err)
	}
	defer os.RemoveAll(temporary) // after the rename there is nothing under this name
	if err := s.fill(ctx, temporary, p); err != nil {
		return s.words(err)
	}
	if err := os.Chmod(temporary, 0o750); err != nil {
		return s.words(err)
	}
	if err := os.Rename(temporary, final); err != nil {
		return s.words(err)
	}
	return s.words(syncDirectory(s.path))
}

// fill writes the files and waits until they are on the disk.
func (s *folderSender) fill(ctx context.Context, dir string, p parcel) error {
	files := []Attachment{{Name: "pesan.txt", Write: writeText(p.Subject + "\n\n" + p.Text)}}
	if p.HTML != "" {
		files = append(files, Attachment{Name: "pesan.html", Write: writeText(p.HTML)})
	}
	for _, a := range append(files, p.Attachments...) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := writeSynced(filepath.Join(dir, fileName(a.Name)), a.Write); err != nil {
			return err
		}
	}
	return syncDirectory(dir)
}

func writeText(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

func writeSynced(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return err
	}
	err = write(file)
	if err == nil {
		err = file.Sync()
	}
	if cerr := file.Close(); err == nil {
		err = cerr
	}
	return err
}

func syncDirectory(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	err = dir.Sync()
	if cerr := dir.Close(); err == nil {
		err = cerr
	}
	return err
}

// words says what is wrong with the folder.
func (s *folderSender) words(err error) error {
	switch {
	case err == nil:
		return nil
	case fullDisk(err):
		return failuref(NotSent, err, "tidak ada ruang lagi untuk folder %s; kosongkan cakram, tidak ada berkas setengah jadi yang tertinggal", s.path)
	case errors.Is(err, fs.ErrPermission):
		return failuref(NotSent, err, "folder %s tidak boleh ditulis; periksa pemilik dan izinnya", s.path)
	case errors.Is(err, fs.ErrNotExist):
		return failuref(NotSent, err, "folder %s tidak ada dan tidak dapat dibuat", s.path)
	}
	return failuref(NotSent, err, "folder %s tidak dapat ditulis", s.path)
}
