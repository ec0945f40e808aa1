package wording

import (
	"fmt"

	"gaung/metrics"
)

// Revision says what would be different today in a closed month: "Dinas
// Kesehatan: Berita terbit 12 → 14 (+2 setelah tutup buku)".
func (l Language) Revision(r metrics.Revision) string {
	return l.T("{1}: {2} {3} → {4} ({5} setelah tutup buku)", l.RevisedOPD(r), l.FigureName(r.Figure, r.Item), r.Frozen, r.Today, difference(r))
}

// RevisedPart is a revision without whose figure it is and since when:
// "Berita terbit 12 → 14 (+2)".
func (l Language) RevisedPart(r metrics.Revision) string {
	return fmt.Sprintf("%s %d → %d (%s)", l.FigureName(r.Figure, r.Item), r.Frozen, r.Today, difference(r))
}

// RevisedOPD is whose figure a revision is.
func (l Language) RevisedOPD(r metrics.Revision) string {
	if r.OPD == "" && r.Name == "" {
		return l.T("Seluruh wilayah")
	}
	return r.Name
}

func difference(r metrics.Revision) string { return fmt.Sprintf("%+d", r.Today-r.Frozen) }

// FigureName is the name of a figure that editions are compared by, with the
// kind, channel or place that is meant (see metrics.Revision).
func (l Language) FigureName(path, item string) string {
	name := l.MetricName(path)
	switch {
	case item == "":
		return name
	case path == "complaints.by_kind":
		item = l.KindWords(item)
	case path == "publication.opd.channels":
		item = l.Channel(item)
	}
	return name + " (" + item + ")"
}
