package wording

import (
	"fmt"
	"strings"

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

// RevisionNotes words what came in after a month was closed: what differs of
// each OPD together, the region's figures last, as they only add up. It is one
// sentence, or none where nothing differs.
func (l Language) RevisionNotes(list []metrics.Revision) []string {
	const mostOPD, mostParts = 6, 3
	if len(list) == 0 {
		return nil
	}
	var order []string
	by := map[string][]metrics.Revision{}
	for _, own := range []bool{true, false} {
		for _, r := range list {
			if (r.OPD != "") != own {
				continue
			}
			if by[r.OPD] == nil {
				order = append(order, r.OPD)
			}
			by[r.OPD] = append(by[r.OPD], r)
		}
	}
	var lines []string
	shown := 0
	for _, opd := range order[:min(len(order), mostOPD)] {
		var parts []string
		for _, r := range by[opd][:min(len(by[opd]), mostParts)] {
			parts = append(parts, l.RevisedPart(r))
		}
		shown += len(parts)
		lines = append(lines, l.RevisedOPD(by[opd][0])+": "+strings.Join(parts, ", "))
	}
	text := l.T("Masuk sesudah tutup buku, tidak mengubah angka di sini:") + " " + strings.Join(lines, "; ")
	if rest := len(list) - shown; rest > 0 {
		text += l.T("; dan {1} selisih lain", rest)
	}
	return []string{text + "."}
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
