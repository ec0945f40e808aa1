package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// stampless is a state that a row tells without the day its clock needs. The
// row is taken as it is, and the clock goes on: a status is no proof of a day.
type stampless int

// The states, in the order their warnings are listed.
const (
	withdrawnUndated stampless = iota
	requestUndated
	resolvedUndated
	responseUndated
	stamplessStates // how many there are
)

// stamplessWords are the warnings; %d is the number of rows.
var stamplessWords = [stamplessStates]string{
	withdrawnUndated: "%d permohonan berstatus dicabut tanpa tanggal pencabutan dikeluarkan dari hitungan sejak hari diterima; isi kolom withdrawn_at",
	requestUndated:   "%d permohonan berstatus sudah dijawab atau ditolak tanpa tanggal pemberitahuan tertulis tetap dihitung terbuka, lalu terlambat; isi kolom notified_at",
	resolvedUndated:  "%d pengaduan berstatus selesai tanpa tanggal selesai tetap dihitung terbuka, lalu terlambat; isi kolom resolved_at",
	responseUndated:  "%d pengaduan berstatus sudah ditanggapi atau selesai tanpa tanggal tanggapan pertama tetap dihitung belum ditanggapi, lalu terlambat; isi kolom first_response_at",
}

// lacks notes that the row tells a state without its day.
func (r *record) lacks(s stampless) { r.stampless = append(r.stampless, s) }

// stamplessCount counts the rows of an import by what they lack.
type stamplessCount [stamplessStates]int

func (c *stamplessCount) add(states []stampless) {
	for _, s := range states {
		c[s]++
	}
}

// warn appends one line for each state that any row told without its day.
func (c *stamplessCount) warn(lines []string) []string {
	for s, n := range c {
		if n > 0 {
			lines = append(lines, fmt.Sprintf(stamplessWords[s], n))
		}
	}
	return lines
}

// warn appends what there is to say about the rows as a whole: names nobody
// knows yet, and states without their day.
func (r *importRun) warn(ctx context.Context, lines []string) ([]string, error) {
	return r.unknown.warn(ctx, r.in, r.stampless.warn(lines))
}

// complaintState reads how far a complaint got by the words of its status.
func complaintState(status string) (responded, resolved bool) {
	words := strings.Fields(label(status))
	has := func(list ...string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return slices.Contains(words, w) })
	}
	if has("belum", "tidak", "menunggu", "not") {
		return false, false
	}
	resolved = has("selesai", "diselesaikan", "tuntas", "resolved", "closed", "done")
	return resolved || has("ditindaklanjuti", "ditanggapi", "dijawab", "responded", "answered"), resolved
}
