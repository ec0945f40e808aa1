package dashboard

import (
	"strings"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
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
	r := m.report
	p := r.PPID
	parts := []string{
		wording.Count(p.Received) + " permohonan masuk",
		wording.Count(p.OnTime) + " selesai tepat waktu",
		wording.Count(p.Late) + " terlambat",
		wording.Count(p.Pending) + " menunggu dalam batas waktu",
		wording.Count(p.Extended) + " diperpanjang",
		wording.Count(p.Refused) + " ditolak",
		wording.Count(p.Objections) + " keberatan",
	}
	if p.Excluded > 0 {
		parts = append(parts, wording.Count(p.Excluded)+" dikeluarkan (dicabut pemohon)")
	}
	chart, err := waitChart("tunggu-ppid", "Rata-rata tunggu permohonan PPID", r, p.OPD)
	if err != nil {
		return nil, err
	}
	funnel, err := funnelChart("corong-ppid", "permohonan PPID", r, p.Funnel, p.OPD)
	if err != nil {
		return nil, err
	}
	var list []chartView
	for _, c := range []*chartView{chart, funnel} {
		if c != nil {
			list = append(list, *c)
		}
	}
	return &requestsView{
		Head:    newHead(m, "Permohonan informasi PPID", "ppid"),
		Figures: figures.Requests(r, m.previous),
		Summary: strings.Join(parts, ", ") + ".",
		Search:  m.search,
		Due:     newDue(m, requestRules),
		Table: newCaseTable("ppid", "Batas 10 hari kerja sejak berkas lengkap, 17 bila diperpanjang",
			p.OPD, "Tidak ada permohonan PPID pada bulan ini.", m.search, m.sel.query()),
		Charts:   list,
		Fairness: newFairness(r, m.sel.query(), "ppid"),
	}, nil
}
