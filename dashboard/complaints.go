package dashboard

import (
	"gaung/dashboard/figures"
	"gaung/metrics"
)

// complaintsPage is the month's complaints.
var complaintsPage = page{path: "/pengaduan", name: "complaints", nav: "Pengaduan", view: monthPage("Pengaduan", "complaints", wants{previous: true, due: true}, newComplaints)}

// complaintsView is what templates/complaints.html shows.
type complaintsView struct {
	Head          head
	Figures       []figures.Figure
	Search        string
	Due           dueView
	Kinds         []kindRow
	FirstResponse caseTable
	Resolve       caseTable
	Charts        []chartView
	Fairness      fairnessView
}

// kindRow is one kind of complaint with its own limit.
type kindRow struct {
	Words string
	N     drill
	Limit string // working days until it has to be resolved; empty when unknown
}

// kindLimits are the days to resolve of contract section 3, for reading only:
// the figures are measured by the rules in the warehouse.
var kindLimits = map[string]string{"information": "5", "aspiration": "5", "complaint": "14", "supervision": "60"}

const noComplaints = "Tidak ada pengaduan pada periode ini."

// newComplaints turns a month into the page.
func newComplaints(_ *Server, m *monthly) (any, error) {
	lang := m.sel.Lang
	r := m.ordered()
	c := r.Complaints
	v := &complaintsView{
		Head:    newHead(m, lang.T("Pengaduan SP4N-LAPOR!"), "pengaduan"),
		Figures: m.rows.figures(figures.Complaints(lang, r, m.previous), r, ""),
		Search:  m.search,
		Due:     newComplaintDue(m),
		FirstResponse: newCaseTable(lang, "tanggapan", lang.T("Tanggapan pertama: batas 5 hari kerja sejak disposisi"),
			c.FirstResponse.OPD, lang.T(noComplaints), m.search, m.sel.query()),
		Resolve: newCaseTable(lang, "penyelesaian",
			lang.T("Penyelesaian: batas 5 hari kerja untuk informasi dan aspirasi, 14 untuk pengaduan, 60 untuk pengaduan berkadar pengawasan"),
			c.Resolve.OPD, lang.T(noComplaints), m.search, m.sel.query()),
	}
	for _, k := range lang.Kinds(c.ByKind) {
		v.Kinds = append(v.Kinds, kindRow{Words: k.Words, N: m.rows.to(complaintRows, kindPrefix+k.Code, "", k.N), Limit: kindLimits[k.Code]})
	}
	for _, clock := range []struct {
		id, measure string
		rows        []metrics.CaseOPD
		kind        string
	}{
		{"tunggu-tanggapan", lang.T("Rata-rata tunggu tanggapan pertama"), c.FirstResponse.OPD, responseRows},
		{"tunggu-selesai", lang.T("Rata-rata tunggu penyelesaian"), c.Resolve.OPD, resolveRows},
	} {
		chart, err := waitChart(lang, clock.id, clock.measure, r, clock.rows, m.sorted(), clock.kind, m.rows)
		if err != nil {
			return nil, err
		}
		if chart != nil {
			v.Charts = append(v.Charts, *chart)
		}
	}
	for _, table := range []struct {
		id, measure string
		cases       metrics.CaseTable
		kind        string
	}{
		{"corong-tanggapan", lang.T("tanggapan pertama"), c.FirstResponse, responseRows},
		{"corong-selesai", lang.T("penyelesaian"), c.Resolve, resolveRows},
	} {
		chart, err := funnelChart(lang, table.id, table.measure, r, table.cases.Funnel, table.cases.OPD, table.kind, m.rows)
		if err != nil {
			return nil, err
		}
		if chart != nil {
			v.Charts = append(v.Charts, *chart)
		}
	}
	v.FirstResponse, v.Resolve = v.FirstResponse.leadingTo(responseRows, m.rows), v.Resolve.leadingTo(resolveRows, m.rows)
	v.FirstResponse.Sort, v.Resolve.Sort = m.sorting(), m.sorting()
	v.Fairness = newFairness(m, "first_response", "resolve")
	return v, nil
}
