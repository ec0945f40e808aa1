package dashboard

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/metrics/stats"
	"gaung/warehouse/region"
)

// at is an address of a page: pages about one thing each get one that the
// fixture has.
func at(p page) string {
	key := ""
	switch p.path {
	case agencyPath:
		key = "1.03"
	case personPath:
		key = "198001012005011001"
	case requestCasePath:
		key = "041/PPID/2026"
	case objectionCasePath:
		key = "K-003"
	case complaintCasePath:
		key = "10234"
	case rowsPath:
		return "/rincian/permohonan/semua"
	case searchPage.path:
		return p.path + "?q=dinas"
	}
	return strings.TrimSuffix(p.path, "*") + url.PathEscape(key)
}

// with adds values to an address that may have some.
func with(address, values string) string {
	if strings.Contains(address, "?") {
		return address + "&" + values
	}
	return address + "?" + values
}

// golden names a page's golden file: pages that share a template have several.
func goldenName(p page) string {
	switch p.path {
	case objectionCasePath:
		return p.name + "-objection.html"
	case complaintCasePath:
		return p.name + "-complaint.html"
	}
	return p.name + ".html"
}

// details is what the fake reports say of one thing each. bad stands wherever
// a register or a site could write it; empty leaves the invented texts.
type details struct {
	bad    string
	broken bool // rows and charts cannot be read
}

func (d details) text(invented string) string {
	if d.bad != "" {
		return d.bad
	}
	return invented
}

func (f *fakeReports) OPDDetail(_ context.Context, q metrics.Query, code string) (*metrics.OPDDetail, error) {
	d := f.details
	if d.broken {
		return nil, errors.New("no rows")
	}
	day := func(n int) calendar.Day { return calendar.Date(2026, 10, n) }
	return &metrics.OPDDetail{
		Region: q.Region.Code, Month: q.Month.String(), AsOf: "2026-11-05", OPD: code, Name: d.text(opdNames[2]), ShortName: d.text("Diskominfo"),
		Aliases: []string{d.text("Dinas Kominfo")}, PeerGroup: d.text("dinas"), From: ptr("2017-01-02"),
		Sources: fixtureHealth()[4:],
		Stories: []metrics.OPDStory{
			{
				Date: "2026-10-30", Title: d.text("Pelatihan literasi digital di tiga kecamatan"), URL: d.text("https://kominfo.contoh.go.id/berita/1"), Place: d.text("Air Merapin"),
				Articles: []metrics.OPDArticle{
					{Date: "2026-10-30", Title: d.text("Pelatihan literasi digital"), URL: d.text("https://kominfo.contoh.go.id/berita/1"), Channel: d.text("website")},
					{Date: "2026-10-31", Title: "Ulang tayang", URL: "javascript:alert(1)", Channel: "portal"},
				},
			},
			{Date: "2026-10-02", URL: "https://kominfo.contoh.go.id/berita/2", Articles: []metrics.OPDArticle{}},
		},
		Others: []metrics.OPDArticle{{Date: "2026-10-01", Title: "Susulan", URL: "https://portal.contoh.go.id/9", Channel: ""}},
		Agenda: []metrics.AgendaEvent{
			{ID: "a1", Date: "2026-10-29", OPD: code, Title: d.text("Pembukaan pelatihan"), Venue: d.text("Aula"), Stories: ptr(1), First: &metrics.EventStory{Date: "2026-10-30", Title: d.text("Pelatihan"), URL: "https://kominfo.contoh.go.id/berita/1"}},
			{ID: "a2", Date: "2026-10-30", OPD: code, Title: "Rapat koordinasi", Stories: ptr(0)},
		},
		Cases: []metrics.Detail{
			{Kind: metrics.DetailRequest, OPD: code, ID: d.text("041/PPID/2026"), Day: day(14), WaitWD: ptr(16), LimitWD: ptr(10), State: metrics.DetailLate},
			{Kind: metrics.DetailRequest, OPD: code, ID: "038/PPID/2026", Day: day(2), Ended: ptr(day(9)), WaitWD: ptr(5), LimitWD: ptr(10), State: metrics.DetailOnTime},
			{Kind: metrics.DetailFirstResponse, OPD: code, ID: "10234", Day: day(28), WaitWD: ptr(4), LimitWD: ptr(5), State: metrics.DetailPending},
			{Kind: metrics.DetailObjection, OPD: code, ID: "K-003", Day: day(1)},
		},
	}, f.err
}

func (f *fakeReports) Changes(_ context.Context, q metrics.Query) (*metrics.Changes, error) {
	if f.details.broken {
		return nil, errors.New("no months")
	}
	c := &metrics.Changes{Region: q.Region.Code, Month: q.Month.String(), AsOf: "2026-11-05"}
	for i := range 14 {
		c.Months = append(c.Months, q.Month.Add(i-13).String())
	}
	if r := f.reports[q.Month.String()]; r != nil {
		for i, o := range r.Publication.OPD {
			row := metrics.ChangeOPD{OPD: o.OPD, Name: o.Name}
			for month := range c.Months {
				row.Points = append(row.Points, ptr(8+(i*5+month*3)%7))
			}
			switch {
			case i%13 == 12:
				row.N = 5
			case i%9 == 8:
				row.Points[13], row.N = nil, 13
				row.Mean, row.Low, row.High = ptr(11.0), ptr(2.0), ptr(20.0)
			default:
				row.N, row.Mean, row.Low, row.High = 14, ptr(11.0), ptr(2.0), ptr(20.0)
				row.Signal = ptr([]string{metrics.Steady, metrics.Rose, metrics.Fell}[i%3])
			}
			c.OPD = append(c.OPD, row)
		}
	}
	return c, f.err
}

// CaseChanges charts fourteen months of every OPD with requests; the clocks of
// complaints know fewer.
func (f *fakeReports) CaseChanges(_ context.Context, q metrics.Query) (*metrics.CaseChanges, error) {
	if f.details.broken {
		return nil, errors.New("no months")
	}
	c := &metrics.CaseChanges{Region: q.Region.Code, Month: q.Month.String(), AsOf: "2026-11-05"}
	for i := range 14 {
		c.Months = append(c.Months, q.Month.Add(i-13).String())
		c.MonthsAsOf = append(c.MonthsAsOf, q.Month.Add(i-13).Last().Add(5).String())
	}
	if r := f.reports[q.Month.String()]; r != nil {
		for i, o := range r.PPID.OPD {
			row := metrics.CaseChange{OPD: o.OPD, Name: o.Name, N: 14}
			for month := range c.Months {
				row.Cases = append(row.Cases, 5+month)
				row.Points = append(row.Points, ptr(4+float64((i*5+month*3)%7)))
			}
			switch i % 5 {
			case 4:
				row.N = 5
			case 3:
				row.Points[13], row.N = nil, 13
				row.Mean, row.Low, row.High = ptr(7.0), ptr(0.0), ptr(14.5)
			default:
				row.Mean, row.Low, row.High = ptr(7.0), ptr(0.0), ptr(14.5)
				row.Signal = ptr([]string{metrics.Steady, metrics.Faster, metrics.Slower}[i%5])
			}
			c.PPID = append(c.PPID, row)
		}
		for _, o := range r.Complaints.FirstResponse.OPD {
			c.FirstResponse = append(c.FirstResponse, metrics.CaseChange{OPD: o.OPD, Name: o.Name, Points: make([]*float64, 14), Cases: make([]int, 14), N: 3})
		}
	}
	return c, f.err
}

// Details gives a few rows of every kind.
func (f *fakeReports) Details(_ context.Context, q metrics.Query, emit func(metrics.Detail) error, kinds ...metrics.DetailKind) error {
	d := f.details
	if d.broken || f.err != nil {
		return errors.Join(f.err, errors.New("no rows"))
	}
	day := func(n int) calendar.Day { return calendar.Date(2026, 10, n) }
	code, name := "1.03", d.text(opdNames[2])
	for _, row := range []metrics.Detail{
		{Kind: metrics.DetailStory, OPD: code, Name: name, Title: d.text("Pelatihan literasi digital"), URL: d.text("https://kominfo.contoh.go.id/berita/1"), Category: d.text("Air Merapin"), Channel: d.text("website"), Day: day(30)},
		{Kind: metrics.DetailStory, OPD: code, Name: name, Title: "Rapat", URL: "javascript:alert(1)", Day: day(30)},
		{Kind: metrics.DetailStory, Title: "Tanpa OPD", URL: "https://portal.contoh.go.id/3", Day: day(2)},
		{Kind: metrics.DetailArticle, OPD: code, Name: name, Title: "Pelatihan", URL: "https://portal.contoh.go.id/9", Channel: "portal", Day: day(31)},
		{Kind: metrics.DetailRequest, OPD: code, Name: name, ID: d.text("041/PPID/2026"), Received: ptr(day(14)), Day: day(14), WaitWD: ptr(16), LimitWD: ptr(10), State: metrics.DetailLate, Extended: true, Refused: true, Reason: d.text("informasi dikecualikan")},
		{Kind: metrics.DetailRequest, OPD: code, Name: name, ID: "040/PPID/2026", Received: ptr(day(30)), Day: calendar.Date(2026, 11, 3)},
		{Kind: metrics.DetailObjection, OPD: code, Name: name, ID: "K-003", Type: "040/PPID/2026", Day: day(1), WaitWD: ptr(3), LimitWD: ptr(30), State: metrics.DetailPending},
		{Kind: metrics.DetailComplaint, OPD: code, Name: name, ID: "10234", Type: "complaint", Day: day(28), Ended: ptr(day(29)), WaitWD: ptr(1), LimitWD: ptr(3), State: metrics.DetailOnTime, Progress: metrics.ProgressFollowedUp},
		{Kind: metrics.DetailFirstResponse, OPD: code, Name: name, ID: "10234", Type: "complaint", Day: day(28), WaitWD: ptr(4), LimitWD: ptr(5), State: metrics.DetailPending},
		{Kind: metrics.DetailResolve, OPD: code, Name: name, ID: "10234", Type: d.text("complaint"), Day: day(28), WaitWD: ptr(4), LimitWD: ptr(14), State: metrics.DetailExcluded},
		{Kind: metrics.DetailEvent, OPD: code, Name: name, ID: "a1", Title: d.text("Pembukaan pelatihan"), URL: d.text("https://kominfo.contoh.go.id/berita/1"), Day: day(29), State: metrics.DetailCovered},
		{Kind: metrics.DetailEvent, OPD: code, Name: name, ID: "a2", Title: "Rapat koordinasi", Day: day(30), State: metrics.DetailUncovered},
		{Kind: metrics.DetailEvent, OPD: code, Name: name, ID: "a3", Title: "Apel", Day: day(31)},
	} {
		if len(kinds) == 0 || slices.Contains(kinds, row.Kind) {
			if err := emit(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// PersonDetails gives the rows of the region, as if one person had done all of
// it.
func (f *fakeReports) PersonDetails(ctx context.Context, q metrics.Query, _ string, emit func(metrics.Detail) error, kinds ...metrics.DetailKind) error {
	return f.Details(ctx, q, func(d metrics.Detail) error {
		if d.Kind == metrics.DetailStory {
			d.Roles = []string{"author", "photographer"}
		}
		return emit(d)
	}, kinds...)
}

// DataDoubts gives an article and a case of every kind.
func (f *fakeReports) DataDoubts(_ context.Context, _ metrics.Query, kind metrics.DoubtKind, emit func(metrics.Doubt) error) error {
	d := f.details
	for _, row := range []metrics.Doubt{
		{Kind: kind, Of: metrics.DoubtArticle, OPD: "1.03", Name: d.text(opdNames[2]), Title: d.text("Pelatihan literasi digital"), URL: d.text("https://kominfo.contoh.go.id/berita/1"), Channel: "website", Day: calendar.Date(2026, 10, 30), Text: d.text("Rina")},
		{Kind: kind, Of: metrics.CasePPID, ID: d.text("041/PPID/2026"), Day: calendar.Date(2026, 10, 14)},
		{Kind: kind, Of: metrics.CaseObjection, ID: "K-003", OPD: "1.03", Day: calendar.Date(2026, 10, 1)},
		{Kind: kind, Of: metrics.CaseComplaint, ID: "10234", Day: calendar.Date(2026, 10, 28)},
		{Kind: kind, Of: metrics.DoubtSubmission, ID: "n1", Day: calendar.Date(2026, 10, 2)},
		{Kind: kind, Of: metrics.DoubtClarification, ID: "h1", Day: calendar.Date(2026, 10, 3)},
	} {
		if err := errors.Join(f.err, emit(row)); err != nil {
			return err
		}
	}
	return f.err
}

func (f *fakeReports) NameUses(_ context.Context, _ metrics.Query, _, _ string, emit func(metrics.NameUse) error) error {
	d := f.details
	for i, place := range []string{"sumber", "source", "byline"} {
		if err := emit(metrics.NameUse{Of: metrics.DoubtArticle, Place: place, OPD: "1.03", Name: d.text(opdNames[2]), Title: d.text("Pelatihan"), URL: d.text("https://kominfo.contoh.go.id/berita/1"), Day: calendar.Date(2026, 10, 20+i)}); err != nil {
			return err
		}
	}
	return errors.Join(emit(metrics.NameUse{Of: metrics.CaseComplaint, Place: "complaints", ID: d.text("10234"), Day: calendar.Date(2026, 10, 2)}),
		emit(metrics.NameUse{Of: "event", Place: "agenda", ID: "a9", Title: d.text("Apel"), Day: calendar.Date(2026, 10, 1)}))
}

func (f *fakeReports) RejectedRows(_ context.Context, _ region.Region, emit func(metrics.RejectedRow) error) error {
	d := f.details
	for i := range 12 {
		row := metrics.RejectedRow{Kind: "ppid", Source: d.text("register-2026.xlsx#Oktober"), Row: 14 + i, Columns: []string{"received_at", "opd"}, Values: []string{d.text("31/02/2026"), ""}, Reasons: []string{d.text("tanggal 31 Februari tidak ada; betulkan di berkas"), "OPD kosong"}, RejectedAt: fixtureNow}
		if err := emit(row); err != nil {
			return err
		}
	}
	return f.err
}

func (f *fakeReports) HealthPolls(_ context.Context, _ region.Region, source string, now time.Time, emit func(metrics.Poll) error) error {
	return f.polls(source, now, emit)
}

func (f *fakeReports) FailedPolls(_ context.Context, q metrics.Query, source, _ string, emit func(metrics.Poll) error) error {
	return f.polls(source, q.Now, emit)
}

func (f *fakeReports) polls(source string, now time.Time, emit func(metrics.Poll) error) error {
	at := func(hours int) time.Time { return now.Add(-time.Duration(hours) * time.Hour) }
	for _, p := range []metrics.Poll{
		{Source: source, PolledAt: at(1), Answered: true, Items: 12, NewItems: 3, Run: "6f2d7e0a-0000-4000-8000-000000000001", Articles: true},
		{Source: source, PolledAt: at(2), Answered: true, HTTPStatus: 304},
		{Source: source, PolledAt: at(3), HTTPStatus: 503, Reason: f.details.text("http_503")},
		{Source: source, PolledAt: at(4), Skipped: true, Reason: "dns"},
		{Source: source, PolledAt: at(5), Answered: true, Items: 2, NewItems: 2, Run: "6f2d7e0a-0000-4000-8000-000000000002"},
	} {
		if err := emit(p); err != nil {
			return err
		}
	}
	return f.err
}

func (f *fakeReports) NewArticles(_ context.Context, _ region.Region, _ string, emit func(metrics.NewArticle) error) error {
	at := fixtureNow
	return errors.Join(
		emit(metrics.NewArticle{Title: f.details.text("Pelatihan"), URL: f.details.text("https://kominfo.contoh.go.id/berita/1"), Channel: "website", PublishedAt: &at}),
		emit(metrics.NewArticle{URL: "javascript:alert(1)", Channel: "portal"}), f.err)
}

func (f *fakeReports) Case(_ context.Context, q metrics.CaseQuery) (*metrics.CaseDetail, error) {
	d := f.details
	if strings.HasPrefix(q.ID, "tidak-ada") {
		return nil, &metrics.UserError{Kind: metrics.NotFound, Words: "kasus ini tidak ada; periksa nomornya"}
	}
	c := &metrics.CaseDetail{Region: q.Region.Code, Case: q.Case, ID: q.ID, Status: d.text("Diproses"), AsOf: "2026-11-05", Received: "2026-10-12"}
	ref := func(rule string) metrics.CaseRef {
		return metrics.CaseRef{Rule: rule, ID: q.ID, OPD: "1.01", Name: d.text(opdNames[0])}
	}
	ledger := []metrics.LedgerEntry{
		{Date: "2026-10-13", Kind: metrics.DayWaiting, Why: "menunggu kelengkapan berkas"},
		{Date: "2026-10-14", Counted: true, Kind: metrics.DayCounted, Why: "hari kerja"},
		{Date: "2026-10-17", Kind: metrics.DayWeekend, Why: "Sabtu"},
		{Date: "2026-10-20", Kind: metrics.DayHoliday, Why: "libur: " + d.text("Hari Jadi Kabupaten")},
		{Date: "2026-10-28", Counted: true, Kind: metrics.DayExtended, Why: "hari kerja (perpanjangan)"},
		{Date: "2026-10-29", Counted: true, Kind: metrics.DayOverdue, Why: "hari kerja (lewat tenggat)"},
	}
	switch q.Case {
	case metrics.CaseComplaint:
		c.Kind = "complaint"
		c.Clocks = []metrics.CaseClock{
			{CaseRef: ref(metrics.RuleComplaintVerify), Spell: 1, From: "2026-10-12", Due: "2026-10-15", Limit: 3, Law: "PermenPANRB 62/2018", State: metrics.StateOnTime, Stop: ptr("2026-10-13"), DaysUsed: 1, CalendarDays: 1, Ledger: ledger[1:2]},
			{CaseRef: ref(metrics.RuleComplaintFirstResponse), Spell: 1, From: "2026-10-13", Due: "2026-10-20", Limit: 5, State: metrics.StateExcluded, Left: ptr("2026-10-16"), Ledger: ledger[1:3]},
			{CaseRef: ref(metrics.RuleComplaintResolve), Spell: 1, From: "2026-10-13", Due: "2026-11-02", Limit: 14, State: metrics.StateExcluded, Left: ptr("2026-10-16")},
			{CaseRef: metrics.CaseRef{Rule: metrics.RuleComplaintFirstResponse, ID: q.ID}, Spell: 2, From: "2026-10-16", Due: "2026-10-23", Limit: 5, State: metrics.StateLate, Ledger: ledger},
		}
	case metrics.CaseObjection:
		c.Request = d.text("041/PPID/2026")
		c.Clocks = []metrics.CaseClock{{CaseRef: ref(metrics.RuleObjection), Spell: 1, From: "2026-10-12", Due: "2026-11-24", Limit: 30, State: metrics.StatePending, DaysUsed: 17, CalendarDays: 24, Ledger: ledger[1:4]}}
	default:
		c.Completed, c.Refused = ptr("2026-10-13"), true
		k := metrics.CaseClock{CaseRef: ref(metrics.RulePPID), Spell: 1, From: "2026-10-13", Due: "2026-10-27", Limit: 10, Law: "UU 14/2008 Pasal 22", State: metrics.StateLate, Stop: ptr("2026-10-29"), DaysUsed: 12, CalendarDays: 16, Inconsistent: true, Ledger: ledger}
		k.Extended = true
		c.Clocks = []metrics.CaseClock{k}
	}
	return c, f.err
}

func (f *fakeReports) PersonWorksList(_ context.Context, person string, q metrics.Query) (*metrics.PersonWorksList, error) {
	d := f.details
	p := fixtureReport().People[0]
	p.PersonID, p.Name, p.Jenjang, p.Group = person, d.text(p.Name), d.text(p.Jenjang), d.text(p.Group)
	list := &metrics.PersonWorksList{
		Region: q.Region.Code, Month: q.Month.String(), AsOf: "2026-11-05", Person: p,
		Works: []metrics.Work{
			{Date: "2026-10-30", Title: d.text("Pelatihan literasi digital"), URL: d.text("https://kominfo.contoh.go.id/berita/1"), OPD: "1.03", Name: d.text(opdNames[2]), Place: d.text("Air Merapin"), Roles: []string{"author", "photographer"}},
		},
	}
	for i := range 12 {
		list.Trend = append(list.Trend, metrics.PersonMonth{Month: q.Month.Add(i - 11).String(), AsAuthor: i + 4, AsEditor: i % 5, AsPhotographer: (i * 3) % 8, ActiveDays: i})
	}
	return list, f.err
}

func (f *fakeReports) RegionRanking(_ context.Context, _ *region.Table, q metrics.Query) (*metrics.RegionRanking, error) {
	d := f.details
	r := fixtureReport()
	out := &metrics.RegionRanking{
		Province: q.Region.Code, Name: d.text(q.Region.Name), Month: q.Month.String(), PPID: metrics.CaseTable{OPD: r.PPID.OPD[:2]},
		Publication: r.Publication.OPD[:3],
		Regions: []metrics.RegionRow{
			{Region: "99.01", Name: d.text("Kabupaten Contoh"), AsOf: "2026-11-05", OPD: 40, Stories: 351, PublishedShare: ptr(0.9), PPIDReceived: 41, Complaints: 129},
			{Region: "99.02", Name: "Kota Contoh", Problem: "tahun 2027 belum punya daftar libur"},
		},
	}
	for i := range out.Publication {
		out.Publication[i].Name = d.text(out.Publication[i].Name)
	}
	return out, f.err
}

func (f *fakeReports) Search(_ context.Context, _ metrics.Query, text string) (*metrics.Found, error) {
	d := f.details
	found := &metrics.Found{}
	for i, name := range opdNames {
		if text != "" && !hides(text, name) {
			found.OPD = append(found.OPD, metrics.FoundOPD{OPD: "1." + string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)), Name: d.text(name), Exact: strings.EqualFold(name, text)})
		}
	}
	if len(found.OPD) > 0 {
		found.OPD[0].Matched = d.text("Dinkes")
	}
	if text != "" && !hides(text, "siti dinas") {
		found.People = []metrics.FoundPerson{{PersonID: "198001012005011001", Name: d.text("Siti Contoh, S.I.Kom."), Group: d.text("pranata humas"), OPDName: d.text(opdNames[2])}}
	}
	return found, f.err
}

// judge adds to a report what its rankings are worth: movements, funnels, the
// index and the fairness panel.
func judge(r *metrics.Report) {
	for i, o := range r.Publication.OPD {
		if o.Score == nil || i%4 == 3 {
			continue
		}
		direction := []string{metrics.Steady, metrics.Rose, metrics.Fell}[i%3]
		r.Publication.OPD[i].Movement = metrics.Movement{PreviousScore: ptr(0.7), BetterThanPrevious: ptr(0.5), Direction: &direction}
		r.Publication.OPD[i].OthersAttainment = ptr(0.84)
	}
	r.PPID.Funnel = funnelOf(r.PPID.OPD)
	r.Complaints.FirstResponse.Funnel = funnelOf(r.Complaints.FirstResponse.OPD)
	weights := []metrics.IndexWeight{{Component: "publication", Weight: 0.4}, {Component: "ppid", Weight: 0.2}, {Component: "first_response", Weight: 0.2}, {Component: "resolve", Weight: 0.2}}
	part := func(component string, points, weight float64) metrics.IndexComponent {
		return metrics.IndexComponent{Component: component, Points: points, Weight: weight}
	}
	r.Index = metrics.Index{
		Version: 1, Weights: weights,
		OPD: []metrics.IndexOPD{
			{
				OPD: r.Publication.OPD[2].OPD, Name: r.Publication.OPD[2].Name, Score: ptr(91.0), RankLow: ptr(1), RankHigh: ptr(2), Tier: ptr("A"), WeightRankLow: ptr(1), WeightRankHigh: ptr(1),
				Components: []metrics.IndexComponent{part("publication", 100, 0.667), part("ppid", 73, 0.333)}, Missing: []string{"first_response", "resolve"},
			},
			{OPD: r.Publication.OPD[0].OPD, Name: r.Publication.OPD[0].Name, Components: []metrics.IndexComponent{part("publication", 88, 1)}},
		},
		Sensitivity: metrics.Sensitivity{Weightings: 81, TopThreeSame: ptr(0.93), WidestBand: ptr(2)},
	}
	r.Fairness = metrics.Fairness{
		Tables: []metrics.FairnessTable{
			{Table: "publication", Ranked: 35, Insufficient: 5, SmallestN: ptr(0), HasTiers: true, TopThreeSurvives: ptr(0.41)},
			{Table: "ppid", Ranked: 2, Insufficient: 2, SmallestN: ptr(12)},
			{Table: "first_response", Ranked: 2, SmallestN: ptr(9)},
			{Table: "resolve", Ranked: 1, SmallestN: ptr(120)},
			{Table: "index", Ranked: 1, Insufficient: 1, SmallestN: ptr(2)},
		},
		NoSource: 2, SourceFailed: 2, LateArticles: 14, ArticlesAfterAsOf: 1, MedianLagDays: ptr(0), Weights: r.Index.Sensitivity,
	}
}

// funnelOf places the rows in a funnel around 90 %.
func funnelOf(rows []metrics.CaseOPD) *metrics.Funnel {
	f := metrics.Funnel{Target: 0.9, Dispersion: 1}
	for i, c := range rows {
		n := c.OnTime + c.Late
		at, ok := stats.Funnel{Target: f.Target, Dispersion: f.Dispersion}.Limits(n)
		if !ok {
			continue
		}
		rows[i].Funnel = &metrics.FunnelPoint{
			N: n, Low95: at.P95.Low, High95: at.P95.High, Low998: at.P998.Low, High998: at.P998.High,
			Verdict: at.Judge(float64(c.OnTime) / float64(n)),
		}
	}
	return &f
}
