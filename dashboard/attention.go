package dashboard

import (
	"strings"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// attention is one thing that wants somebody to act: a sentence and the page
// where the rows behind it stand.
type attention struct {
	// Due marks what is late or broken already.
	Due bool
	// ID names the kind of thing in markup and tests.
	ID   string
	N    int
	Text string
	Link string // label of the link
	URL  string
}

// newAttention lists what wants attention in a month, the most binding first:
// what the law sets a limit to, then silence, then what clouds the figures.
func newAttention(m *monthly) []attention {
	lang := m.sel.Lang
	r, query := m.report, m.sel.query()
	var list []attention
	add := func(id string, due bool, n int, text, link, url string) {
		if n > 0 {
			list = append(list, attention{ID: id, Due: due, N: n, Text: text, Link: link, URL: url})
		}
	}
	for _, area := range []struct {
		id, words string
		page      page
		rules     []string
		late      int // of the month's own cases, for want of a due list
		open      int
	}{
		{"ppid", "PPID", requestsPage, requestRules, r.PPID.Late, r.PPID.Pending},
		{"complaints", lang.T("Pengaduan"), complaintsPage, complaintRules, lateCases(r.Complaints.Resolve.OPD), openCases(r.Complaints.Resolve.OPD)},
	} {
		if m.due == nil {
			add(area.id, area.late > 0, area.late+area.open, lang.T("{1} periode ini: {2} melewati batas, {3} masih menunggu.", area.words, lang.Count(area.late), lang.Count(area.open)), lang.T("Lihat OPD-nya"), area.page.path+query)
			continue
		}
		overdue, soon := countDue(m.due.Overdue, area.rules), countDue(m.due.Soon, area.rules)
		add(area.id, overdue > 0, overdue+soon, lang.T("{1}: {2} kasus terbuka lewat batas, {3} jatuh tempo dalam 7 hari.", area.words, lang.Count(overdue), lang.Count(soon)), lang.T("Lihat kasusnya"), area.page.path+query+"#tenggat")
	}
	quiet := withStatus(r, metrics.StatusQuiet)
	add("quiet", false, len(quiet), lang.T("{1} OPD tanpa berita sepanjang periode: {2}.", lang.Count(len(quiet)), someNames(lang, quiet)), lang.T("Lihat OPD-nya"), rowsURL(opdRows, quietPart, "")+query)
	failed := r.DataQuality.FailedSources
	add("failed-sources", true, len(failed), lang.T("{1} sumber gagal; diamnya OPD ini tidak dapat dinilai: {2}.", lang.Count(len(failed)), someNames(lang, owners(r))), lang.T("Lihat sebabnya"), sourcesPage.path+query)
	return list
}

func lateCases(rows []metrics.CaseOPD) int {
	n := 0
	for _, c := range rows {
		n += c.Late
	}
	return n
}

func openCases(rows []metrics.CaseOPD) int {
	n := 0
	for _, c := range rows {
		n += c.Pending
	}
	return n
}

// withStatus names the OPD in a publication state.
func withStatus(r *metrics.Report, status metrics.OPDStatus) []string {
	var names []string
	for _, o := range r.Publication.OPD {
		if o.Status == status {
			names = append(names, o.Name)
		}
	}
	return names
}

// owners names the OPD of the failed sources, or the source where there is none.
func owners(r *metrics.Report) []string {
	known := make(map[string]string, len(r.Publication.OPD))
	for _, o := range r.Publication.OPD {
		known[o.OPD] = o.Name
	}
	var names []string
	seen := map[string]bool{}
	for _, f := range r.DataQuality.FailedSources {
		name := known[f.OPD]
		if name == "" {
			name = f.Source
		}
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// someNames writes at most two names and counts the others.
func someNames(lang wording.Language, names []string) string {
	const shown = 2
	switch {
	case len(names) < shown:
		return strings.Join(names, "")
	case len(names) == shown:
		return lang.T("{1} dan {2}", names[0], names[1])
	}
	return lang.T("{1} dan {2} lainnya", strings.Join(names[:shown], ", "), lang.Count(len(names)-shown))
}
