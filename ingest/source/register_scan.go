package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// RegisterState is what the next poll of a register needs to know. The zero
// value means: never polled.
type RegisterState struct {
	// Files are the files by path as they were when they were read last.
	Files map[string]FileState `json:"files,omitempty"`
}

// FileState is one file as it was last seen.
type FileState struct {
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
	// Hash is the SHA-256 of the content that was read, "" for a file that
	// was only seen.
	Hash string `json:"hash,omitempty"`
	// Words say why the content could not be used, "" when it could: a bad
	// file stays bad until it changes.
	Words string `json:"words,omitempty"`
}

// same says that size and time are as they were.
func (f FileState) same(o FileState) bool { return f.Size == o.Size && f.Modified.Equal(o.Modified) }

// RegisterFile is one file of a register and what to do with it.
type RegisterFile struct {
	Path string
	// Due says that the content is new and complete, to be read now; Waiting
	// that it is still being written.
	Due, Waiting bool
	// State is the one to keep when the file was read.
	State FileState
	// Failure is set when the file cannot be opened or read.
	Failure *Failure
}

const (
	// maxRegisterFiles bounds one register.
	maxRegisterFiles = 2000
	maxListedNames   = 5
)

// registerSuffixes are the files a register reads.
var registerSuffixes = []string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".ics"}

// ScanRegister looks which files of a register changed since state. A file
// counts as changed when its content did, not when it was only touched; one
// that grows between two looks waits for the next poll. notes say which files
// are of another kind. The error is a *Failure when nothing can be looked at.
func ScanRegister(ctx context.Context, s Source, state RegisterState) (files []RegisterFile, notes []string, err error) {
	if s.Kind != kindRegister || s.Register == nil {
		return nil, nil, fmt.Errorf("source: %s is no register", s.Name)
	}
	paths, notes, failure := s.Register.list()
	if failure != nil {
		return nil, nil, failure
	}
	files = make([]RegisterFile, len(paths))
	fresh := false
	for i, path := range paths {
		files[i] = look(path)
		known, seen := state.Files[path]
		if files[i].Failure != nil || seen && known.Hash != "" && known.same(files[i].State) {
			continue
		}
		files[i].Due = true
		fresh = fresh || !seen || !known.same(files[i].State)
	}
	if fresh {
		// One pause for all of them.
		timer := time.NewTimer(s.Register.Settle)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return nil, nil, fmt.Errorf("source: watch %s: %w", s.Name, context.Cause(ctx))
		case <-timer.C:
		}
	}
	for i := range files {
		f := &files[i]
		switch {
		case f.Failure != nil:
			continue
		case !f.Due:
			f.State = state.Files[f.Path]
			continue
		}
		f.settle(state.Files[f.Path])
	}
	return files, notes, nil
}

// settle reads the content of a due file and looks once more whether it
// stands still.
func (f *RegisterFile) settle(known FileState) {
	first := f.State
	hash, err := hashFile(f.Path)
	after := look(f.Path)
	switch {
	case err != nil:
		*f = RegisterFile{Path: f.Path, State: first, Failure: fileFailure(f.Path, err)}
		return
	case after.Failure != nil || !after.State.same(first):
		f.Due, f.Waiting, f.State = false, true, after.State
		return
	}
	f.State.Hash = hash
	if hash == known.Hash {
		// Touched or copied again, but the same.
		f.Due = false
		f.State.Words = known.Words
	}
}

func look(path string) RegisterFile {
	f := RegisterFile{Path: path}
	info, err := os.Stat(path)
	if err != nil {
		f.Failure = fileFailure(path, err)
		return f
	}
	f.State = FileState{Size: info.Size(), Modified: info.ModTime().UTC()}
	return f
}

func hashFile(path string) (string, error) {
	in, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	h := sha256.New()
	if _, err := io.Copy(h, in); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func fileFailure(path string, err error) *Failure {
	f := &Failure{Reason: ReasonFile, Err: err, Words: fmt.Sprintf("%s tidak dapat dibaca; periksa berkas dan cakramnya", path)}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.Words = fmt.Sprintf("%s tidak ada; periksa path di gaung.yaml, atau apakah foldernya sudah terpasang", path)
	case errors.Is(err, fs.ErrPermission):
		f.Words = fmt.Sprintf("%s tidak boleh dibaca; beri izin baca kepada pengguna yang menjalankan Gaung", path)
	}
	return f
}

// list finds the files, sorted.
func (r *Register) list() (paths, notes []string, failure *Failure) {
	info, err := os.Stat(r.Path)
	switch {
	case err == nil && !info.IsDir():
		return []string{r.Path}, nil, nil
	case err == nil:
		return r.filter(r.inFolder())
	case !strings.ContainsAny(r.Path, "*?["):
		return nil, nil, fileFailure(r.Path, err)
	}
	folder := filepath.Dir(r.Path)
	if !strings.ContainsAny(folder, "*?[") {
		// A folder that is gone must not look like one without files.
		if _, err := os.Stat(folder); err != nil {
			return nil, nil, fileFailure(folder, err)
		}
	}
	found, err := filepath.Glob(r.Path)
	return r.filter(found, err)
}

func (r *Register) inFolder() ([]string, error) {
	entries, err := os.ReadDir(r.Path)
	if err != nil {
		return nil, err
	}
	found := make([]string, len(entries))
	for i, entry := range entries {
		found[i] = filepath.Join(r.Path, entry.Name())
	}
	return found, nil
}

// filter leaves out folders, what programs write beside a file they have
// open, and files of other kinds, which it names.
func (r *Register) filter(found []string, err error) (paths, notes []string, failure *Failure) {
	if err != nil {
		return nil, nil, fileFailure(r.Path, err)
	}
	var other []string
	for _, path := range found {
		name := filepath.Base(path)
		if info, err := os.Stat(path); err == nil && info.IsDir() || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
			continue
		}
		if slices.Contains(registerSuffixes, strings.ToLower(filepath.Ext(name))) {
			paths = append(paths, path)
		} else {
			other = append(other, cleanLine(name, 80))
		}
	}
	if len(paths) > maxRegisterFiles {
		return nil, nil, &Failure{Reason: ReasonTooLarge, Words: fmt.Sprintf("%s berisi lebih dari %d berkas; pindahkan yang lama ke folder lain", r.Path, maxRegisterFiles)}
	}
	if n := len(other); n > 0 {
		listed := strings.Join(other[:min(n, maxListedNames)], ", ")
		if n > maxListedNames {
			listed += fmt.Sprintf(" dan %d lainnya", n-maxListedNames)
		}
		notes = append(notes, fmt.Sprintf("diabaikan karena bukan CSV, TSV, XLSX atau ICS: %s", listed))
	}
	slices.Sort(paths)
	return paths, notes, nil
}
