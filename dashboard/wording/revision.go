package wording

import (
	"fmt"

	"gaung/metrics"
)

// Revision says what would be different today in a closed month: "Dinas
// Kesehatan: berita 12 → 14 (+2 setelah tutup buku)".
func (l Language) Revision(r metrics.Revision) string {
	name := r.Name
	if name == "" {
		name = l.T("Seluruh wilayah")
	}
	return l.T("{1}: {2} {3} → {4} ({5} setelah tutup buku)", name, l.FigureName(r.Figure), r.Frozen, r.Today, fmt.Sprintf("%+d", r.Today-r.Frozen))
}

// FigureName words the key of a figure that editions are compared by.
func (l Language) FigureName(key string) string {
	return l.T(metrics.ReplayLine{Figure: key}.Label())
}
