package dashboard

import (
	"strings"

	"gaung/dashboard/figures"
)

// requestsPage is the month's information requests.
var requestsPage = page{path: "/ppid", name: "requests", nav: "PPID", view: monthPage("PPID", "requests", wants{previous: true, due: true}, newRequests)}

// requestsView is what templates/requests.html shows.
type requestsView struct {
	Head     head
	Figures  []figures.Figure
	Summary  string
	Search   string
	Due      dueView
	Table    caseTable
	Charts   []chartView // none without a row to draw
	Fairness fairnessView
}

// newRequests turns a month into the page.
func newRequests(_ *Server, m *monthly) (any, error) {
	lang := m.sel.Lang
	r := m.ordered()
	p := r.PPID
	parts := []string{
		lang.T("{1} permohonan masuk", lang.Count(p.Received)),
		lang.T("{1} selesai tepat waktu", lang.Count(p.OnTime)),
		lang.T("{1} terlambat", lang.Count(p.Late)),
		lang.T("{1} menunggu dalam batas waktu", lang.Count(p.Pending)),
		lang.T("{1} diperpanjang", lang.Count(p.Extended)),
		lang.T("{1} ditolak", lang.Count(p.Refused)),
		lang.T("{1} keberatan", lang.Count(p.Objections)),
	}
	if p.Excluded > 0 {
		parts = append(parts, lang.T("{1} dikeluarkan (dicabut pemohon)", lang.Count(p.Excluded)))
	}
	chart, err := waitChart(lang, "tunggu-ppid", lang.T("Rata-rata tunggu permohonan PPID"), r, p.OPD, m.sorted(), requestRows, m.rows)
	if err != nil {
		return nil, err
	}
	funnel, err := funnelChart(lang, "corong-ppid", lang.T("permohonan PPID"), r, p.Funnel, p.OPD, requestRows, m.rows)
	if err != nil {
		return nil, err
	}
	var list []chartView
	for _, c := range []*chartView{chart, funnel} {
		if c != nil {
			list = append(list, *c)
		}
	}
	view := &requestsView{
		Head:    newHead(m, lang.T("Permohonan informasi PPID"), "ppid"),
		Figures: m.rows.figures(figures.Requests(lang, r, m.previous), r, ""),
		Summary: strings.Join(parts, ", ") + ".",
		Search:  m.search,
		Due:     newRequestDue(m),
		Table: newCaseTable(lang, "ppid", lang.T("Batas 10 hari kerja sejak berkas lengkap, 17 bila diperpanjang"),
			p.OPD, lang.T("Tidak ada permohonan PPID pada periode ini."), m.search, m.sel.query()),
		Charts:   list,
		Fairness: newFairness(m, "ppid"),
	}
	view.Table = view.Table.leadingTo(requestRows, m.rows)
	view.Table.Sort = m.sorting()
	return view, nil
}
