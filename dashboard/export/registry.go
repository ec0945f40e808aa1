package export

import (
	"strings"

	"gaung/metrics"
)

// registryRows explains every figure of the registry in a row under the terms:
// where it stands in the API, what it counts, which way is better, what a
// missing value means and where its formula is.
func registryRows() [][]cell {
	var rows [][]cell
	for _, m := range metrics.Registry() {
		rows = append(rows, []cell{plain(m.Name.ID), plain(describe(m))})
	}
	return rows
}

func describe(m metrics.Metric) string {
	parts := []string{"Satuan: " + m.Unit.ID}
	switch m.Better {
	case metrics.HigherIsBetter:
		parts = append(parts, "makin besar makin baik")
	case metrics.LowerIsBetter:
		parts = append(parts, "makin kecil makin baik")
	}
	if m.Null != "" {
		parts = append(parts, "kosong berarti "+m.Null)
	}
	number, _, _ := strings.Cut(m.Method, "-")
	if strings.Trim(number, "0123456789") == "" {
		parts = append(parts, "rumus: METHOD.md bagian "+number)
	}
	paths := m.Paths()
	if m.In[0] == metrics.Derived {
		return strings.Join(append(parts, "dihitung dari angka laporan"), "; ") + "."
	}
	return strings.Join(append(parts, "kunci "+strings.Join(paths, ", ")), "; ") + "."
}
