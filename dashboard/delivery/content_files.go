package delivery

import (
	"context"
	"io"

	"gaung/dashboard/cards"
	"gaung/dashboard/export"
	"gaung/dashboard/pack"
	"gaung/metrics"
)

// File names what can be attached to a monthly report.
type File string

// The files of a monthly report.
const (
	FileWorkbook File = "workbook" // the Excel workbook
	FileSummary  File = "summary"  // all slides as one PDF
	FileCards    File = "cards"    // a picture of every card, for phones
)

// fileNames lists them in the order they are attached.
var fileNames = []File{FileWorkbook, FileSummary, FileCards}

// files makes the attachments of a monthly report. They are written later, and
// once for every recipient, so they do not end with ctx.
func (m *Measured) files(ctx context.Context, q metrics.Query, r *metrics.Report, wanted []File) ([]Attachment, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	source, err := pack.ReadFor(context.WithoutCancel(ctx), m.metrics, q, r)
	if err != nil {
		return nil, err
	}
	source.Letterhead, source.Example = m.letterhead, m.example
	var list []Attachment
	add := func(metric, extension, mime string, write func(io.Writer) error) {
		list = append(list, Attachment{Name: export.FileName(r, metric, extension), Type: mime, Write: write})
	}
	for _, f := range wanted {
		switch f {
		case FileWorkbook:
			add("laporan", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(w io.Writer) error { return pack.Workbook(w, source) })
		case FileSummary:
			add("ringkasan", "pdf", "application/pdf", func(w io.Writer) error { return pack.Summary(w, source) })
		case FileCards:
			for _, kind := range cards.Kinds() {
				add(string(kind), "png", "image/png", func(w io.Writer) error { return pack.Card(w, source, kind, cards.Portrait) })
			}
		}
	}
	return list, nil
}
