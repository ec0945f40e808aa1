// Package cards draws the pictures of a month for meetings and for phones,
// without a browser. Every figure is taken from package figures, straight from
// the report, or ([Content]) from the page itself, so a card cannot differ from
// page and workbook. A drawing
// is made once, as a [Scene], and written as SVG, PNG or a page of a PDF.
package cards

import (
	"errors"
	"fmt"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Kind names what a card is about; it is part of file names.
type Kind string

// The cards there are.
const (
	Summary    Kind = "ringkasan" // the four key figures
	Ranking    Kind = "peringkat" // publication: the top and the bottom, with tiers and ranges
	Requests   Kind = "ppid"
	Complaints Kind = "pengaduan"
)

// Kinds lists the cards in the order they are shown.
func Kinds() []Kind { return []Kind{Summary, Ranking, Requests, Complaints} }

// ErrUnknownKind is the error for a card that does not exist.
var ErrUnknownKind = errors.New("cards: no such card")

// Options is what a card says besides the figures.
type Options struct {
	// Previous is the report of the month before, for the comparison; nil
	// where there is none.
	Previous *metrics.Report
	// Example marks the card "DATA CONTOH": its figures are invented.
	Example bool
	// Filter words what the figures are limited to; empty for all OPD.
	Filter string
	// Note says what came in after the month was closed; empty for nothing.
	Note string
}

// Provisional is the code of a month that is not closed.
const Provisional = "sementara"

// Code is the code that a card prints: the id of the closed edition, by which
// anybody can look the frozen figures up, or [Provisional].
func Code(r *metrics.Report) string {
	if r.Closed == nil {
		return Provisional
	}
	return r.Closed.ID
}

// Draw draws a card of a report in a size, one of [Slide] and [Portrait]. The
// error is [ErrUnknownKind] for a kind that is not in [Kinds].
func Draw(kind Kind, r *metrics.Report, size Size, o Options) (*Scene, error) {
	c := newCard(r, size, o)
	switch kind {
	case Summary:
		c.summary()
	case Ranking:
		c.ranking()
	case Requests:
		c.requests()
	case Complaints:
		c.complaints()
	default:
		return nil, fmt.Errorf("%w: %q", ErrUnknownKind, kind)
	}
	return c.scene, nil
}

// summary is the month in four figures.
func (c *card) summary() {
	key := figures.Key(wording.Indonesian, c.report, c.previous)
	title := key[0].Value.Text + " berita terbit; "
	if key[1].Number != nil {
		title += key[1].Value.Text + " " + key[1].Of + " memenuhi target"
	} else {
		title += "target belum dapat dinilai"
	}
	area := c.frame("Ringkasan kinerja komunikasi publik", title,
		wording.Indonesian.Count(len(c.report.Publication.OPD))+" OPD", "situs dan kanal OPD, register PPID, SP4N-LAPOR!")
	c.tiles(area, key, 2, true)
}

// requests is the month of information requests.
func (c *card) requests() {
	p := c.report.PPID
	key := figures.Requests(wording.Indonesian, c.report, c.previous)
	n := p.OnTime + p.Late + p.Pending + p.Excluded
	area := c.frame("Permohonan informasi (PPID)", requestsFinding(key[1], p.CaseCounts),
		wording.Indonesian.Count(n)+" permohonan", "register PPID; batas UU 14/2008 Pasal 22")
	c.cases(area, key, p.OPD, "Permohonan per OPD")
}

func requestsFinding(f figures.Figure, c metrics.CaseCounts) string {
	switch {
	case f.Number != nil:
		return f.Value.Text + " permohonan informasi dijawab tepat waktu"
	case c.Pending > 0:
		return wording.Indonesian.Count(c.Pending) + " permohonan informasi, semua masih dalam batas waktu"
	}
	return "Tidak ada permohonan informasi yang dapat dinilai"
}

// complaints is the month of SP4N-LAPOR!.
func (c *card) complaints() {
	key := figures.Complaints(wording.Indonesian, c.report, c.previous)
	n := figures.Submitted(c.report.Complaints)
	title := "Tidak ada pengaduan pada periode ini"
	if followed, resolved := key[2], key[3]; followed.Number != nil && resolved.Number != nil {
		title = followed.Value.Text + " pengaduan ditindaklanjuti, " + resolved.Value.Text + " selesai"
	}
	area := c.frame("Pengaduan SP4N-LAPOR!", title, wording.Indonesian.Count(n)+" pengaduan", "register SP4N-LAPOR!; batas PermenPANRB 62/2018")
	c.cases(area, key, c.report.Complaints.FirstResponse.OPD, "Tanggapan pertama per OPD")
}
