package ingest

import "fmt"

// maxListed is how many rejects a result carries; all of them are kept in the
// warehouse.
const maxListed = 100

// Tally counts what became of the rows of a run: every row is exactly one of
// accepted (a new key), unchanged, updated (a new version of a known key) or
// rejected.
type Tally struct {
	Rows      int `json:"rows"`
	Accepted  int `json:"accepted"`
	Unchanged int `json:"unchanged"`
	Updated   int `json:"updated"`
	Rejected  int `json:"rejected"`
}

// changed reports whether the run wrote a fact.
func (t Tally) changed() bool { return t.Accepted+t.Updated > 0 }

func (t *Tally) add(o Tally) {
	t.Rows += o.Rows
	t.Accepted += o.Accepted
	t.Unchanged += o.Unchanged
	t.Updated += o.Updated
	t.Rejected += o.Rejected
}

// Summary is the Indonesian line that ends a run.
func (t Tally) Summary() string {
	return fmt.Sprintf("%d baris: %d baru, %d diperbarui, %d tetap, %d ditolak", t.Rows, t.Accepted, t.Updated, t.Unchanged, t.Rejected)
}

// ImportResult is what an import did; it marshals to the JSON of the contract.
type ImportResult struct {
	Kind string `json:"kind"`
	File string `json:"file"`
	Tally
	// Rejects are the first 100 unusable cells.
	Rejects []Reject `json:"rejects"`
	// Warnings are Indonesian lines about what was read in a particular way
	// or not at all.
	Warnings []string `json:"warnings"`
	// DryRun says that nothing was written.
	DryRun bool `json:"dry_run,omitempty"`
}

// Reject is one unusable cell: Row is the line of the text file or the row of
// the sheet, counted from 1 with the header; Sheet names the sheet of a
// workbook with several. A row with two bad cells gives two rejects.
type Reject struct {
	// File names the file of a register that watches several.
	File   string `json:"file,omitempty"`
	Sheet  string `json:"sheet,omitempty"`
	Row    int    `json:"row"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Reason string `json:"reason"`
}

// Message is the reject as an Indonesian line about file.
func (r Reject) Message(file string) string {
	where := file
	if r.File != "" {
		where += "/" + r.File
	}
	if r.Sheet != "" {
		where += fmt.Sprintf(" lembar %q", r.Sheet)
	}
	where += fmt.Sprintf(" baris %d", r.Row)
	if r.Column != "" {
		where += ", kolom " + r.Column
	}
	if r.Value != "" {
		return fmt.Sprintf("%s: %q %s", where, r.Value, r.Reason)
	}
	return where + ": " + r.Reason
}
