package export

import (
	"bytes"
	"errors"
	"image"
	_ "image/gif"  // a logo may be a GIF,
	_ "image/jpeg" // a JPEG,
	_ "image/png"  // or a PNG
	"strings"

	"gaung/metrics"
)

// Rows gives every row behind the figures to emit and returns its error, as
// [metrics.Metrics.Details] does.
type Rows func(emit func(metrics.Detail) error) error

// Options is what a workbook holds besides the report itself. The zero value
// is a workbook of the report alone.
type Options struct {
	// Letterhead stands above the summary; nil for none.
	Letterhead *Letterhead
	// History is the months for the sheet Tren, oldest first. The last twelve
	// count; the report's own month is added where it is missing.
	History []metrics.SeriesMonth
	// Regions is the same month of several regions, for the sheet Wilayah.
	Regions []*metrics.Report
	// Rows gives the rows of the sheet Rincian; nil leaves them out and says so.
	Rows Rows
	// Revisions is what would be different today in a closed month; they are
	// notes on the sheet Mutu Data.
	Revisions []metrics.Revision
	// Private leaves the rows of the sheet Pranata Humas out and says so.
	Private bool
	// Filter words what the figures are limited to; empty for all OPD.
	Filter string
	// Example marks every sheet "data contoh": the figures are invented.
	Example bool
	// Warn is told, in one Indonesian line, of what was left out; nil for nobody.
	Warn func(line string)

	// sheetRows is the most rows of a sheet Rincian; 0 for all a sheet can have.
	sheetRows int
}

func (o Options) warn(line string) {
	if o.Warn != nil {
		o.Warn(line)
	}
}

// Letterhead is the head of an official letter and the place for a signature.
// Every part may be empty.
type Letterhead struct {
	Logo       []byte // PNG, JPEG or GIF
	Government string // "Pemerintah Kota …"
	Office     string // "Dinas Komunikasi dan Informatika"
	Address    string
	// Place is where the signature is given, before the date.
	Place string
	// Position, Signatory and NIP are those of the one who signs.
	Position, Signatory, NIP string
}

const (
	// maxLogoBytes and maxLogoPixels keep a photograph from being taken for a logo.
	maxLogoBytes  = 4 << 20
	maxLogoPixels = 6000
	logoHeight    = 64 // pixels on the sheet
)

// logo is a picture that can stand on a sheet.
type logo struct {
	file      []byte
	extension string
	scale     float64
}

// readLogo checks the picture of a letterhead. One that cannot be used is
// left out with a warning: a report is not held up by its decoration.
func (o Options) readLogo() *logo {
	if o.Letterhead == nil || len(o.Letterhead.Logo) == 0 {
		return nil
	}
	file := o.Letterhead.Logo
	if err := CheckLogo(file); err != nil {
		o.warn("Logo kop surat: " + err.Error() + "; buku kerja dibuat tanpa logo.")
		return nil
	}
	size, format, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil
	}
	return &logo{file: file, extension: "." + strings.ToLower(format), scale: logoHeight / float64(size.Height)}
}

// CheckLogo says in one Indonesian line why a file cannot be the logo of a
// letterhead; nil for a picture that can.
func CheckLogo(file []byte) error {
	if len(file) > maxLogoBytes {
		return errors.New("berkasnya lebih besar dari 4 MB; perkecil gambarnya")
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(file))
	switch {
	case err != nil:
		return errors.New("bukan gambar PNG, JPEG atau GIF; periksa berkasnya")
	case size.Width < 1 || size.Height < 1 || size.Width > maxLogoPixels || size.Height > maxLogoPixels:
		return errors.New("ukurannya tidak wajar (paling besar 6.000 piksel); perkecil gambarnya")
	}
	return nil
}
