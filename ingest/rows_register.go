package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gaung/ingest/source"
	"gaung/ingest/table"
)

// The statuses of a [FileResult].
const (
	fileImported  = "imported"
	fileUnchanged = "unchanged"
	fileWaiting   = "waiting"
	fileFailed    = "failed"
)

// readRegister imports the files of a register that changed. A file that
// cannot be used is said once for every poll until it changes, and stops no
// other.
func (r *rowPull) readRegister(ctx context.Context) error {
	if err := r.followMap(); err != nil {
		return err
	}
	var state source.RegisterState
	if r.kept.Files != nil {
		state = *r.kept.Files
	}
	files, notes, err := source.ScanRegister(ctx, r.source, state)
	if err != nil {
		return err
	}
	r.result.Notes = append(r.result.Notes, notes...)
	r.result.Files = []FileResult{}
	next := source.RegisterState{Files: make(map[string]source.FileState, len(files))}
	var bad []string
	scan := registerScan{whole: true, names: map[string]bool{}}
	for _, f := range files {
		result, kept, err := r.file(ctx, f, &scan)
		if err != nil {
			return err
		}
		if kept.Hash != "" || kept.Size > 0 {
			next.Files[f.Path] = kept
		}
		if result.Status == fileFailed {
			bad = append(bad, result.Words)
		}
		r.tell(result)
	}
	r.result.NotModified = r.items == 0 && len(bad) == 0
	if r.source.MarksRemoved() {
		if err := r.filesVanish(ctx, &scan, next.Files); err != nil {
			return err
		}
	}
	r.kept.Files = &next
	if err := r.keep(ctx); err != nil {
		return err
	}
	if len(bad) > 0 {
		words := bad[0]
		if len(bad) > 1 {
			words = fmt.Sprintf("%s (dan %d berkas lain)", words, len(bad)-1)
		}
		return &source.Failure{Reason: source.ReasonFile, Words: words}
	}
	return nil
}

// followMap forgets the files when the map file changed: they mean something
// else now.
func (r *rowPull) followMap() error {
	path := r.source.Register.Map
	if path == "" {
		return nil
	}
	if _, err := readMapping(path, r.kind); err != nil {
		return err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return usagef("%s: berkas peta tidak dapat dibaca; periksa nama dan izinnya", path)
	}
	sum := sha256.Sum256(content)
	if digest := hex.EncodeToString(sum[:]); r.kept.Map != digest {
		r.kept.Map, r.kept.Files = digest, nil
	}
	return nil
}

// tell adds a file to the result; people see a line about it only when there
// is something to say.
func (r *rowPull) tell(f FileResult) {
	r.result.Files = append(r.result.Files, f)
	r.result.add(f.Tally)
	switch f.Status {
	case fileImported:
		r.result.Notes = append(r.result.Notes, f.File+": "+f.Summary())
		for _, warning := range f.Warnings {
			r.result.Notes = append(r.result.Notes, f.File+": "+warning)
		}
	case fileWaiting:
		r.result.Notes = append(r.result.Notes, f.File+": masih ditulis; dibaca pada giliran berikutnya")
	case fileFailed:
		r.result.Notes = append(r.result.Notes, f.Words)
	}
}

// file imports one file if it is due. The error is ours, not the file's.
func (r *rowPull) file(ctx context.Context, f source.RegisterFile, scan *registerScan) (FileResult, source.FileState, error) {
	result := FileResult{File: filepath.Base(f.Path), Status: fileUnchanged, Warnings: []string{}}
	scan.names[result.File] = true
	failed := func(words string) (FileResult, source.FileState, error) {
		scan.whole = false
		result.Status, result.Words = fileFailed, words
		return result, f.State, nil
	}
	switch {
	case f.Failure != nil:
		r.in.log.Warn("register file unreadable", "source", r.source.Name, "file", f.Path, "err", f.Failure)
		words := f.Failure.Words
		f.State = source.FileState{} // looked at again whatever its date
		return failed(words)
	case f.Waiting:
		scan.whole = false
		result.Status = fileWaiting
		return result, f.State, nil
	case !f.Due && f.State.Words != "":
		return failed(f.State.Words)
	case !f.Due:
		return result, f.State, nil
	}
	read, err := r.importFile(ctx, f.Path, &result)
	var own *Error
	var broken *table.Error
	switch {
	case err == nil:
		result.Status = fileImported
		scan.read = append(scan.read, readFile{path: f.Path, listing: read})
		return result, f.State, nil
	case errors.As(err, &own) && own.Kind == Usage:
		f.State.Words = own.Words
	case errors.As(err, &broken):
		f.State.Words = broken.Error()
	default:
		return result, f.State, err
	}
	r.in.log.Warn("register file unusable", "source", r.source.Name, "file", f.Path, "err", err)
	return failed(f.State.Words)
}

// importFile reads one file the way an import does, within the run of the
// poll.
func (r *rowPull) importFile(ctx context.Context, path string, result *FileResult) (listing, error) {
	job, err := r.in.prepare(ctx, ImportRequest{
		Kind: r.kind.name, Path: path, Region: r.region.Code, OPD: r.source.OPD, MapFile: r.source.Register.Map,
	})
	if err != nil {
		return listing{}, err
	}
	defer job.file.Close()
	if err := job.count(ctx); err != nil {
		return listing{}, err
	}
	job.name = r.source.Name + "/" + result.File
	out := job.rowTake(r.run, r.source.Name, result.File, r.source.MarksRemoved())
	err = out.file(ctx)
	r.items += out.tally.Rows
	result.Tally = out.tally
	for _, reject := range out.rejects.listed {
		if len(r.result.Rejects) < maxListed {
			reject.File = result.File
			r.result.Rejects = append(r.result.Rejects, reject)
		}
	}
	if err != nil {
		return listing{}, err
	}
	done := out.result()
	result.Warnings, err = out.warn(ctx, done.Warnings)
	return out.listing(), err
}

// registerScan is what one poll of a register met.
type registerScan struct {
	names map[string]bool
	read  []readFile
	// whole: every file there is could be read, now or earlier.
	whole bool
}

type readFile struct {
	path    string
	listing listing
}

// filesVanish marks the rows that changed files list no longer, and those of
// files that are no longer there. While any file cannot be read, nothing is
// marked: a row may have moved there. What was not marked is looked at again
// at the next poll.
func (r *rowPull) filesVanish(ctx context.Context, scan *registerScan, states map[string]source.FileState) error {
	for _, f := range scan.read {
		done := false
		if scan.whole {
			var err error
			if done, err = r.vanish(ctx, f.listing); err != nil {
				return err
			}
		}
		if !done {
			delete(states, f.path)
		}
	}
	if !scan.whole {
		return nil
	}
	inputs, err := r.in.rawInputs(ctx, r.region.Code, r.source.Name)
	if err != nil {
		return err
	}
	total, away := 0, 0
	var left []rawInput
	for _, of := range inputs {
		if of.kind != r.kind.name {
			continue
		}
		total += of.present
		if of.present > 0 && !scan.names[of.input] {
			away += of.present
			left = append(left, of)
		}
	}
	if len(left) == 0 {
		return nil
	}
	if r.source.Removed != source.RemovedMarkAll && len(scan.names) == 0 {
		r.note("%s: tidak ada berkas lagi, padahal %d baris berasal dari sana; tidak ditandai terhapus. Periksa foldernya; bila memang benar, tulis removed: %s pada sumber ini", r.source.Name, away, source.RemovedMarkAll)
		return nil
	}
	return r.inputsVanish(ctx, left, total)
}

// inputsVanish marks the rows of files that are no longer there. total is how
// many rows all files listed.
func (r *rowPull) inputsVanish(ctx context.Context, left []rawInput, total int) error {
	lostRows := 0
	type removal struct {
		store    *rowStore
		vanished map[uint64]string
	}
	var removals []removal
	for _, of := range left {
		store := &rowStore{in: r.in, region: r.region.Code, source: r.source.Name, input: of.input, kind: r.kind, runID: r.run.id}
		vanished, err := store.present(ctx)
		if err != nil {
			return err
		}
		lost, err := store.lost(ctx, vanished)
		if err != nil {
			return err
		}
		lostRows += len(lost)
		removals = append(removals, removal{store, vanished})
	}
	if tooMany(lostRows, total) && r.source.Removed != source.RemovedMarkAll {
		r.note("%d dari %d baris berasal dari berkas yang tidak ada lagi, lebih dari separuh; tidak ditandai terhapus. Periksa foldernya; bila memang benar, tulis removed: %s pada sumber ini", lostRows, total, source.RemovedMarkAll)
		return nil
	}
	for _, of := range removals {
		// Anew: two of these files may have listed the same row.
		lost, err := of.store.lost(ctx, of.vanished)
		if err != nil {
			return err
		}
		marked, err := of.store.remove(ctx, of.vanished, lost)
		if err != nil {
			return err
		}
		r.note("%s: berkas tidak ada lagi; %d barisnya ditandai terhapus", of.store.input, marked)
		r.result.Rows += marked
		r.result.Updated += marked
		r.result.Gone += marked
	}
	return nil
}

func emptyBook(name string) *table.Book { return table.New(name, nil, nil) }
