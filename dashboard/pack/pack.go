// Package pack puts the files of a month into one zip: "bahan rapat" for a
// meeting, and the evidence pack ("bukti dukung") for those who check the
// figures. Every file in a pack is made from the same report.
package pack

import (
	"context"
	"encoding/json"
	"io"
	"strings"

	"gaung/dashboard/cards"
	"gaung/dashboard/export"
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Source is what a pack is made of.
type Source struct {
	Report *metrics.Report
	// Previous is the month before at the same point of its life, for
	// comparison; nil where there is none.
	Previous *metrics.Report
	// History is the months for the trend, oldest first.
	History []metrics.SeriesMonth
	// Rows gives the rows behind the figures of the report's month of some
	// kinds, of all when none is named; nil leaves them out of the workbook. The
	// evidence pack is not made without them.
	Rows func(kinds ...metrics.DetailKind) export.Rows
	// Year gives the information requests of the months of the report's year
	// up to its own, one month after the other.
	Year func() ([]MonthRows, error)
	// Revisions is what would be different today in a closed month.
	Revisions []metrics.Revision
	// Private leaves the names of persons out of the workbook.
	Private bool
	// Letterhead stands on the workbooks; nil for none.
	Letterhead *export.Letterhead
	// Example marks everything as invented.
	Example bool
	// Warn is told, in one Indonesian line, of what was left out; nil for nobody.
	Warn func(line string)
}

// MonthRows is a month, YYYY-MM, and its information requests.
type MonthRows struct {
	Month string
	Rows  export.Rows
}

// Workbook writes the monthly workbook, all of it.
func Workbook(w io.Writer, s Source) error { return export.Workbook(w, s.Report, s.workbook()) }

// Summary writes all slides as one PDF.
func Summary(w io.Writer, s Source) error {
	var slides []*cards.Scene
	for _, kind := range cards.Kinds() {
		scene, err := cards.Draw(kind, s.Report, cards.Slide, s.card())
		if err != nil {
			return err
		}
		slides = append(slides, scene)
	}
	return cards.PDF(w, "Ringkasan "+s.Report.RegionName+" "+wording.Indonesian.MonthOf(s.Report.Month), s.Report.GeneratedAt, slides...)
}

// Card writes one card as PNG.
func Card(w io.Writer, s Source, kind cards.Kind, size cards.Size) error {
	scene, err := cards.Draw(kind, s.Report, size, s.card())
	if err != nil {
		return err
	}
	return scene.PNG(w)
}

// card is what a picture shows beside the report; of a closed month also what
// came in since.
func (s Source) card() cards.Options {
	return cards.Options{Previous: s.Previous, Example: s.Example, Note: strings.Join(wording.Indonesian.RevisionNotes(s.Revisions), " ")}
}

func (s Source) workbook() export.Options {
	o := export.Options{
		Letterhead: s.Letterhead, History: s.History, Revisions: s.Revisions, Private: s.Private, Example: s.Example, Warn: s.Warn,
	}
	if s.Rows != nil {
		o.Rows = s.Rows()
	}
	return o
}

// name is the name of a file in a pack.
func (s Source) name(folder, metric, extension string) string {
	if folder != "" {
		folder += "/"
	}
	return folder + export.FileName(s.Report, metric, extension)
}

// Meeting writes the pack for a meeting: a slide and a card of every subject,
// the slides as one PDF, and the workbook.
func Meeting(ctx context.Context, w io.Writer, s Source) error {
	a := newArchive(ctx, w, s.Report.GeneratedAt)
	if err := a.text("BACA-SAYA.txt", s.meetingNote()...); err != nil {
		return err
	}
	for _, part := range []struct {
		folder string
		size   cards.Size
	}{{"slide", cards.Slide}, {"kartu", cards.Portrait}} {
		for _, kind := range cards.Kinds() {
			if err := a.add(s.name(part.folder, string(kind), "png"), func(w io.Writer) error { return Card(w, s, kind, part.size) }); err != nil {
				return err
			}
		}
	}
	if err := a.add(s.name("", "ringkasan", "pdf"), func(w io.Writer) error { return Summary(w, s) }); err != nil {
		return err
	}
	if err := a.add(s.name("", "laporan", "xlsx"), func(w io.Writer) error {
		return export.Workbook(w, s.Report, s.workbook())
	}); err != nil {
		return err
	}
	return a.close()
}

// registers names the list of every kind of rows.
var registers = map[metrics.DetailKind]string{
	metrics.DetailStory:         "daftar-berita",
	metrics.DetailArticle:       "daftar-artikel",
	metrics.DetailRequest:       "register-permohonan",
	metrics.DetailObjection:     "register-keberatan",
	metrics.DetailComplaint:     "register-pengaduan",
	metrics.DetailFirstResponse: "tanggapan-pertama",
	metrics.DetailResolve:       "penyelesaian",
	metrics.DetailEvent:         "daftar-agenda",
}

// Evidence writes the evidence pack: the yearly table of UU 14/2008 article
// 12, the registers without identities, the lists of rows with their links,
// the report and its workbook, the definitions, and the hash of every file.
func Evidence(ctx context.Context, w io.Writer, s Source) error {
	a := newArchive(ctx, w, s.Report.GeneratedAt)
	if err := a.text("BACA-SAYA.txt", s.evidenceNote()...); err != nil {
		return err
	}
	months, reasons, err := s.year()
	if err != nil {
		return err
	}
	r := s.Report
	files := []struct {
		name  string
		write func(io.Writer) error
	}{
		{s.name("pasal-12", "pasal12", "csv"), func(w io.Writer) error { return export.Year(w, r, months) }},
		{s.name("pasal-12", "pasal12", "xlsx"), func(w io.Writer) error {
			return export.YearWorkbook(w, r, months, reasons, export.Options{Letterhead: s.Letterhead, Example: s.Example})
		}},
		{s.name("", "laporan", "json"), func(w io.Writer) error {
			encoder := json.NewEncoder(w)
			encoder.SetIndent("", "  ")
			return encoder.Encode(s.open())
		}},
		{s.name("", "laporan", "xlsx"), func(w io.Writer) error { return export.Workbook(w, r, s.workbook()) }},
		{s.name("", "definisi", "csv"), export.Definitions},
	}
	for _, metric := range export.Metrics() {
		files = append(files, struct {
			name  string
			write func(io.Writer) error
		}{s.name("tabel", metric, "csv"), func(w io.Writer) error { return export.CSV(w, r, metric) }})
	}
	for _, f := range files {
		if err := a.add(f.name, f.write); err != nil {
			return err
		}
	}
	for _, kind := range metrics.DetailKinds() {
		if err := a.add(s.name("register", registers[kind], "csv"), func(w io.Writer) error {
			return export.Register(w, r, s.Rows(kind))
		}); err != nil {
			return err
		}
	}
	return a.close()
}

// open is the report as it may leave the house.
func (s Source) open() *metrics.Report {
	if !s.Private {
		return s.Report
	}
	r := *s.Report
	r.People = nil
	return &r
}

// heading are the lines that every note begins with.
func (s Source) heading(what string) []string {
	r := s.Report
	lines := []string{
		what + " " + r.RegionName + " (" + r.Region + "), " + figures.Period(wording.Indonesian, r),
		"Keadaan " + figures.AsOf(wording.Indonesian, r) + ", definisi versi " + wording.Indonesian.Count(r.DefinitionsVersion),
		"Kode laporan: " + cards.Code(r),
	}
	if s.Example {
		lines = append(lines, "DATA CONTOH: semua nama dan angka karangan.")
	}
	return append(lines, "")
}

func (s Source) meetingNote() []string {
	return append(s.heading("Bahan rapat"),
		"slide/        gambar 1920x1080 untuk layar rapat",
		"kartu/        gambar 1080x1350 untuk telepon",
		"*.pdf         semua slide dalam satu berkas, siap cetak",
		"*.xlsx        laporan lengkap beserta barisnya",
		hashList+"    sidik SHA-256 setiap berkas; periksa dengan: sha256sum -c "+hashList,
	)
}

func (s Source) evidenceNote() []string {
	lines := append(s.heading("Bukti dukung"),
		"pasal-12/     layanan informasi setahun (UU 14/2008 Pasal 12)",
		"register/     setiap baris di balik angka; tanpa identitas pemohon dan pelapor",
		"tabel/        tabel per OPD",
		"laporan       angka lengkap: JSON untuk mesin, XLSX untuk orang",
		"definisi      arti setiap istilah",
		hashList+"    sidik SHA-256 setiap berkas; periksa dengan: sha256sum -c "+hashList,
	)
	if s.Report.Closed != nil {
		lines = append(lines, "", "Angka, baris dan pembandingnya dibekukan saat tutup buku. Yang masuk sesudahnya hanya",
			"tertulis sebagai catatan pada lembar Mutu Data.")
	}
	return lines
}
