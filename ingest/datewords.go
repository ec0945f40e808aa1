package ingest

import (
	"errors"

	"gaung/ingest/date"
)

// dateWords says in Indonesian why a cell is no date and how to write one.
// The cell itself is printed beside it.
func dateWords(err error) string {
	const example = "; tulis seperti 2026-01-31"
	switch dateReason(err) {
	case date.ReasonEmpty:
		return "kosong" + example
	case date.ReasonImpossible:
		return "bukan tanggal yang ada" + example
	case date.ReasonEpoch:
		return "tanda kosong dari aplikasi (1970), bukan tanggal sebenarnya" + example
	case date.ReasonOutOfRange:
		return "tahunnya sebelum 1990 atau sesudah tahun depan; periksa tahunnya"
	default:
		return "tidak terbaca sebagai tanggal" + example
	}
}

func dateReason(err error) string {
	var e *date.Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return date.ReasonUnreadable
}
