package dashboard

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

var jakarta = mustZone("Asia/Jakarta")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

// fixtureNow is the present of every test: 5 November 2026, 08:00 WIB.
var fixtureNow = time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)

// opdNames are invented agencies with names as long as real ones.
var opdNames = []string{
	"Dinas Kesehatan", "Dinas Pendidikan dan Kebudayaan", "Dinas Komunikasi dan Informatika",
	"Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana",
	"Badan Penanggulangan Bencana Daerah", "Dinas Pekerjaan Umum dan Penataan Ruang", "Sekretariat Daerah",
	"Dinas Perhubungan", "Dinas Sosial", "Dinas Pertanian dan Ketahanan Pangan", "Dinas Kelautan dan Perikanan",
	"Dinas Lingkungan Hidup", "Dinas Kependudukan dan Pencatatan Sipil", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
	"Satuan Polisi Pamong Praja", "Dinas Pariwisata, Kepemudaan dan Olahraga", "Badan Pendapatan Daerah",
	"Badan Keuangan dan Aset Daerah", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
	"Badan Perencanaan Pembangunan Daerah, Penelitian dan Pengembangan", "Dinas Perumahan dan Kawasan Permukiman",
	"Dinas Tenaga Kerja dan Transmigrasi", "Dinas Koperasi, Usaha Kecil dan Menengah", "Dinas Perindustrian dan Perdagangan",
	"Dinas Perpustakaan dan Kearsipan", "Dinas Pemberdayaan Masyarakat dan Desa", "Inspektorat Daerah",
	"Sekretariat DPRD", "Badan Kesatuan Bangsa dan Politik", "Rumah Sakit Umum Daerah", "Kecamatan Air Merapin",
	"Kecamatan Batu Rundang", "Kecamatan Cempaka Hilir", "Kecamatan Danau Lestari", "Kecamatan Empang Raya",
	"Kecamatan Gunung Sari", "Dinas Pemadam Kebakaran", "Kecamatan Hulu Sungai", "Bagian Protokol", "Kecamatan Indah Permai",
}

func ptr[T any](v T) *T { return &v }

// fixtureReport is October 2026 of an invented regency, with every state that
// a figure can have.
func fixtureReport() *metrics.Report {
	r := &metrics.Report{
		Region: "99.01", RegionName: "Kabupaten Contoh", Month: "2026-10", AsOf: "2026-11-05",
		Timezone: "Asia/Jakarta", DefinitionsVersion: metrics.DefinitionsVersion, GeneratedAt: fixtureNow,
	}
	n := len(opdNames)
	ranked := n - 5
	for i, name := range opdNames {
		o := metrics.PublicationOPD{
			OPD: fmt.Sprintf("1.%02d", i+1), Name: name, Status: metrics.StatusOK,
			Weeks: 5, TargetPerWeek: 2, DaysSinceLast: ptr(2 + i%7),
		}
		switch {
		case i < ranked:
			o.Stories = int(math.Round(26 * math.Exp(-float64(i)/14)))
			if i >= ranked-2 {
				o.Stories, o.Status, o.DaysSinceLast = 0, metrics.StatusQuiet, ptr(64+i)
			}
			o.WeeksMet = min(5, o.Stories/2)
			o.ActiveDays = min(o.Stories, 20)
			o.PreviousStories = ptr(max(o.Stories+(i*7)%9-4, 0))
			if i == 8 {
				o.PreviousStories = nil
			}
			o.Score = ptr(min(float64(o.Stories+1)/11.2, 1.2))
			o.RankMean = ptr(float64(i) + 1.4)
			o.RankLow, o.RankHigh = ptr(max(1, i-4)), ptr(min(ranked, i+6))
			o.Tier = ptr([]string{"A", "B", "C"}[min(i*3/ranked, 2)])
		case i == ranked:
			o.Status, o.Stories, o.DaysSinceLast = metrics.StatusSourceFailed, 0, ptr(31)
		case i == ranked+1:
			o.Status, o.Stories = metrics.StatusSourceFailed, 3
		case i == ranked+2:
			o.Status, o.Stories, o.WeeksMet = metrics.StatusNew, 4, 2
		default:
			o.Status, o.Stories, o.DaysSinceLast = metrics.StatusNoSource, 0, nil
		}
		o.Articles = o.Stories * 3 / 2
		r.Publication.Stories += o.Stories
		r.Publication.Articles += o.Articles
		r.Publication.OPD = append(r.Publication.OPD, o)
	}
	r.PPID = fixturePPID()
	r.Complaints = fixtureComplaints()
	r.Places = []metrics.PlaceStories{{Place: "Air Merapin", Stories: 120}}
	r.Staffing = metrics.Staffing{OPDWithPranataHumas: ptr(22), OPDWithout: []metrics.OPDRef{{OPD: "1.31", Name: opdNames[30]}}}
	r.People = []metrics.PersonWorks{
		{
			PersonID: "198001012005011001", Name: "Siti Contoh, S.I.Kom.", Group: "pranata humas", Jenjang: "Ahli Muda", OPD: "1.03",
			AsAuthor: 21, AsEditor: 4, AsPhotographer: 9, PPIDHandled: 3, ComplaintsHandled: 2, ActiveDays: 15, AgendaCovered: ptr(6),
		},
		{PersonID: "199002022015022002", Name: "Budi Percobaan", Group: "operator", OPD: "1.01", AsAuthor: 8, ActiveDays: 7},
	}
	r.Agenda = metrics.Agenda{Events: 31, Covered: ptr(24), OPD: []metrics.AgendaOPD{{OPD: "1.03", Name: opdNames[2], Events: 31, Covered: ptr(24), MedianDaysToPublish: ptr(1.0)}}}
	r.DataQuality = metrics.DataQuality{
		UnmatchedOPD: 3, UnmatchedPeople: 7, UndatedArticles: 2, InconsistentDates: 1, RejectedRows: 12,
		FailedSources: []metrics.FailedSource{
			{Source: "situs-bagian", OPD: "1.36", Expected: 124, Answered: 11, Since: time.Date(2026, 10, 3, 2, 0, 0, 0, time.UTC), Reason: "dns"},
			{Source: "umpan-damkar", OPD: "1.37", Expected: 124, Answered: 60, Since: time.Date(2026, 10, 17, 2, 0, 0, 0, time.UTC), Reason: "not_a_feed"},
		},
	}
	judge(r)
	return r
}

func fixturePPID() metrics.PPID {
	return metrics.PPID{
		Received: 41, CaseCounts: metrics.CaseCounts{OnTime: 29, Late: 4, Pending: 5, Excluded: 1},
		Extended: 6, Refused: 2, Objections: 1,
		OPD: []metrics.CaseOPD{
			{
				OPD: "1.03", Name: opdNames[2], N: 20, CaseCounts: metrics.CaseCounts{OnTime: 18, Late: 1, Pending: 1},
				OnTimeShare: ptr(18.0 / 19), OnTimeLow: ptr(0.7536), OnTimeHigh: ptr(0.9906), MedianWD: ptr(4.0), RMSTWD: ptr(5.15), RMSTIsBound: ptr(false),
				MeanClosedWD: ptr(4.9), Score: ptr(5.6), RankLow: ptr(1), RankHigh: ptr(2), Tier: ptr("A"),
			},
			{
				OPD: "1.01", Name: opdNames[0], N: 12, CaseCounts: metrics.CaseCounts{OnTime: 8, Late: 2, Pending: 1, Excluded: 1},
				OnTimeShare: ptr(0.8), OnTimeLow: ptr(0.4902), OnTimeHigh: ptr(0.9433), MedianWD: ptr(8.0), RMSTWD: ptr(10.74), RMSTIsBound: ptr(true),
				MeanClosedWD: ptr(7.3), Score: ptr(9.9), RankLow: ptr(1), RankHigh: ptr(2), Tier: ptr("B"),
			},
			{
				OPD: "1.04", Name: opdNames[3], N: 4, CaseCounts: metrics.CaseCounts{OnTime: 3, Late: 1},
				OnTimeShare: ptr(0.75), OnTimeLow: ptr(0.3006), OnTimeHigh: ptr(0.9544), MedianWD: ptr(6.0), RMSTWD: ptr(9.25), RMSTIsBound: ptr(false), MeanClosedWD: ptr(9.25), Tier: ptr("data kurang"),
			},
			{OPD: "1.09", Name: opdNames[8], N: 3, CaseCounts: metrics.CaseCounts{Pending: 3}, RMSTWD: ptr(30.0), RMSTIsBound: ptr(true), Tier: ptr("data kurang")},
		},
	}
}

func fixtureComplaints() metrics.Complaints {
	rows := []metrics.CaseOPD{
		{
			OPD: "1.06", Name: opdNames[5], N: 120, CaseCounts: metrics.CaseCounts{OnTime: 96, Late: 18, Pending: 4, Excluded: 2},
			OnTimeShare: ptr(96.0 / 114), OnTimeLow: ptr(0.7643), OnTimeHigh: ptr(0.8978), MedianWD: ptr(3.0), RMSTWD: ptr(4.41), RMSTIsBound: ptr(true),
			MeanClosedWD: ptr(3.7), Score: ptr(4.4), RankLow: ptr(1), RankHigh: ptr(1), Tier: ptr("A"),
		},
		{
			OPD: "1.12", Name: opdNames[11], N: 9, CaseCounts: metrics.CaseCounts{OnTime: 0, Late: 9},
			OnTimeShare: ptr(0.0), OnTimeLow: ptr(0.0), OnTimeHigh: ptr(0.2991), MedianWD: ptr(11.0), RMSTWD: ptr(12.9), RMSTIsBound: ptr(false),
			MeanClosedWD: ptr(12.9), Score: ptr(12.2), RankLow: ptr(2), RankHigh: ptr(2), Tier: ptr("C"),
		},
	}
	return metrics.Complaints{
		ByKind:          map[string]int{"information": 21, "aspiration": 14, "complaint": 90, "supervision": 4},
		FirstResponse:   metrics.CaseTable{OPD: rows},
		Resolve:         metrics.CaseTable{OPD: rows[:1]},
		Verify:          metrics.VerifyCounts{N: 129, OnTime: 120, Late: 6, Pending: 3},
		FollowedUpShare: ptr(0.9147), ResolvedShare: ptr(0.7907),
	}
}

// previousReport is September of the same regency.
func previousReport() *metrics.Report {
	r := fixtureReport()
	r.Month, r.AsOf = "2026-09", "2026-10-05"
	r.Publication.Stories -= 12
	r.PPID.OnTime, r.PPID.Late, r.PPID.Pending = 30, 1, 0
	r.Complaints.FollowedUpShare = ptr(0.88)
	return r
}

// recentDays are what pages open with on the day of every test, and recentBefore
// what these are compared with.
var (
	recentDays   = calendar.Period{First: calendar.Date(2026, 10, 8), Last: calendar.Date(2026, 11, 4)}
	recentBefore = recentDays.Before()
)

// over makes a report one of days that are no month.
func over(p calendar.Period, r *metrics.Report) *metrics.Report {
	r.Month, r.AsOf = "", p.Last.Add(1).String()
	r.Period = metrics.PeriodDays{From: p.First.String(), To: p.Last.String()}
	before := p.Before()
	r.Compare = metrics.Compared{With: metrics.ComparePrevious, PeriodDays: metrics.PeriodDays{From: before.First.String(), To: before.Last.String()}}
	return r
}

// fakeReports answers from memory, so that tests choose what is shown.
type fakeReports struct {
	codes    []string
	through  metrics.DataThrough
	reports  map[string]*metrics.Report // by period
	due      *metrics.DueList
	health   []metrics.SourceHealth
	problems *metrics.DataProblems
	queue    []metrics.ReviewItem
	err      error
	details  details

	mu    sync.Mutex // pages ask for several months at once
	asked []metrics.Query
	spans []metrics.Query // of series
}

func (f *fakeReports) Report(_ context.Context, q metrics.Query) (*metrics.Report, error) {
	f.mu.Lock()
	f.asked = append(f.asked, q)
	f.mu.Unlock()
	if f.err != nil {
		return nil, f.err
	}
	if today := calendar.DayOf(q.Now, q.Region.Zone); q.Month.First() > today {
		return nil, &metrics.UserError{Kind: metrics.FutureMonth, Words: "bulan " + q.Month.String() + " belum dimulai"}
	}
	if r := f.reports[q.Period().String()]; r != nil {
		return r, nil
	}
	return &metrics.Report{Region: q.Region.Code, RegionName: q.Region.Name, Month: q.Month.String(), AsOf: q.Month.Last().String(), Timezone: "Asia/Jakarta"}, nil
}

func (f *fakeReports) Series(_ context.Context, q metrics.Query, months int) (*metrics.Series, error) {
	f.mu.Lock()
	f.spans = append(f.spans, q)
	f.mu.Unlock()
	if f.err != nil {
		return nil, f.err
	}
	s := &metrics.Series{Region: q.Region.Code, RegionName: q.Region.Name, Timezone: "Asia/Jakarta"}
	for i := range months {
		month := q.Month.Add(i - months + 1)
		r := f.reports[month.String()]
		if r == nil {
			r = &metrics.Report{Month: month.String(), AsOf: month.Last().String()}
		}
		s.Months = append(s.Months, r.InSeries())
	}
	return s, nil
}

func (f *fakeReports) Regions(context.Context) ([]string, error) { return f.codes, f.err }

func (f *fakeReports) DataThrough(context.Context, region.Region) (metrics.DataThrough, error) {
	return f.through, f.err
}

func (f *fakeReports) Choices(_ context.Context, q metrics.Query) (*metrics.Choices, error) {
	c := &metrics.Choices{PeerGroups: []string{"Dinas", "Kecamatan"}, Channels: metrics.Channels()}
	if r := f.reports[q.Period().String()]; r != nil {
		for _, o := range r.Publication.OPD {
			c.OPD = append(c.OPD, metrics.OPDChoice{OPDRef: metrics.OPDRef{OPD: o.OPD, Name: o.Name}})
		}
		slices.SortFunc(c.OPD, func(x, y metrics.OPDChoice) int { return strings.Compare(x.Name, y.Name) })
	}
	return c, f.err
}

func (f *fakeReports) DueList(_ context.Context, q metrics.Query) (*metrics.DueList, error) {
	if f.err != nil || f.due == nil {
		return nil, errors.Join(f.err, errors.New("no due list"))
	}
	return f.due, nil
}

func (f *fakeReports) HeatMap(_ context.Context, q metrics.Query) (*metrics.HeatMap, error) {
	h := &metrics.HeatMap{Region: q.Region.Code, Month: q.Month.String(), AsOf: "2026-11-05"}
	for monday := time.Date(2026, 8, 31, 0, 0, 0, 0, time.UTC); monday.Before(fixtureNow); monday = monday.AddDate(0, 0, 7) {
		h.Weeks = append(h.Weeks, monday.Format(time.DateOnly))
	}
	if r := f.reports[q.Period().String()]; r != nil {
		for i, o := range r.Publication.OPD {
			row := metrics.HeatOPD{OPD: o.OPD, Name: o.Name}
			for week := range h.Weeks {
				row.Weeks = append(row.Weeks, ptr((i*7+week*3)%9))
			}
			if o.Status == metrics.StatusNew {
				row.Weeks[0] = nil
			}
			h.OPD = append(h.OPD, row)
		}
	}
	return h, f.err
}

func (f *fakeReports) Health(context.Context, region.Region, time.Time) ([]metrics.SourceHealth, error) {
	return f.health, f.err
}

func (f *fakeReports) DataProblems(_ context.Context, _ region.Region, page, _ int) (*metrics.DataProblems, error) {
	if f.problems == nil {
		return nil, errors.Join(f.err, errors.New("no problems"))
	}
	p := *f.problems
	p.Page = page
	return &p, f.err
}

func (f *fakeReports) ReviewQueue(context.Context, region.Region) ([]metrics.ReviewItem, error) {
	return f.queue, f.err
}

func fixtureDue() *metrics.DueList {
	return &metrics.DueList{
		Region: "99.01", AsOf: "2026-11-05",
		Overdue: []metrics.DueCase{
			{CaseRef: metrics.CaseRef{Rule: "ppid", ID: "041/PPID/2026", OPD: "1.01", Name: opdNames[0]}, From: "2026-10-14", Due: "2026-10-28", Limit: 10, DaysLeft: -8, DaysUsed: 16},
			{CaseRef: metrics.CaseRef{Rule: "complaint-first-response", ID: "10234", OPD: "1.06", Name: opdNames[5]}, From: "2026-10-20", Due: "2026-10-27", Limit: 5, DaysLeft: -9, DaysUsed: 12},
			{CaseRef: metrics.CaseRef{Rule: "complaint-resolve", Kind: "complaint", ID: "10234", OPD: "1.06", Name: opdNames[5]}, From: "2026-10-16", Due: "2026-11-04", Limit: 14, DaysLeft: -1, DaysUsed: 15},
		},
		Soon: []metrics.DueCase{
			{CaseRef: metrics.CaseRef{Rule: "ppid", ID: "052/PPID/2026", OPD: "1.09", Name: opdNames[8], Extended: true}, From: "2026-10-13", Due: "2026-11-05", Limit: 17, DaysLeft: 0, DaysUsed: 17},
			{CaseRef: metrics.CaseRef{Rule: "objection", ID: "K-003", Name: ""}, From: "2026-09-28", Due: "2026-11-09", Limit: 30, DaysLeft: 4, DaysUsed: 28},
		},
		Unknown: []metrics.UnknownCase{{CaseRef: metrics.CaseRef{Rule: "ppid", ID: "X"}, From: "2026-10-30", Why: "libur 2027 belum ada"}},
	}
}

func fixtureHealth() []metrics.SourceHealth {
	at := func(d time.Duration) *time.Time { return ptr(fixtureNow.Add(-d)) }
	return []metrics.SourceHealth{
		{Source: "situs-bagian", OPD: "Bagian Protokol", State: metrics.SourceFailing, Expected: 720, Answered: 64, LastSuccess: at(700 * time.Hour), BrokenSince: at(699 * time.Hour), Reason: "dns"},
		{Source: "dishub-web", OPD: "1.08", State: metrics.SourceSilent, Expected: 720, Answered: 719, LastSuccess: at(time.Hour), LastNewItem: at(900 * time.Hour), QuietDays: ptr(37), UsualGapDays: ptr(4)},
		{Source: "portal-kosong", State: metrics.SourceEmpty, Expected: 720, Answered: 720, LastSuccess: at(time.Hour)},
		{Source: "baru-web", OPD: "1.39", State: metrics.SourceWaiting},
		{Source: "dinkes-web", OPD: "1.01", State: metrics.SourceOK, Expected: 720, Answered: 718, LastSuccess: at(10 * time.Minute), LastNewItem: at(5 * time.Hour)},
	}
}

func fixtureProblems() *metrics.DataProblems {
	return &metrics.DataProblems{
		RejectedRows: 12, RejectedCells: 61, Page: 1, Pages: 2,
		Rejects: []metrics.RejectedCell{
			{Kind: "ppid", Source: "register-2026.xlsx#Oktober", Row: 14, Column: "received_at", Value: "31/02/2026", Reason: "tanggal 31 Februari tidak ada; betulkan di berkas", RejectedAt: fixtureNow},
			{Kind: "complaints", Source: "lapor.csv", Row: 3, Column: "kind", Value: "", Reason: "jenis kosong; isi salah satu dari empat jenis", RejectedAt: fixtureNow},
		},
	}
}

func fixtureQueue() []metrics.ReviewItem {
	return []metrics.ReviewItem{
		{
			Kind: metrics.ReviewOPD, UnmatchedText: metrics.UnmatchedText{Text: "Diskomimfo", Uses: 41, LastDay: "2026-10-30"},
			Suggestions: []metrics.Suggestion{{Target: "1.03", Name: "Diskominfo", Score: 0.93, Evidence: "satu huruf berbeda"}},
		},
		{Kind: metrics.ReviewPerson, UnmatchedText: metrics.UnmatchedText{Text: "Rina", Uses: 3, LastDay: "2026-09-02"}},
	}
}

func fixtureReports() *fakeReports {
	return &fakeReports{
		codes: []string{"99.01"},
		through: metrics.DataThrough{
			Months:      []calendar.Month{{Year: 2026, Month: 11}, {Year: 2026, Month: 10}, {Year: 2026, Month: 9}},
			Days:        calendar.Period{First: calendar.Date(2026, 9, 1), Last: calendar.Date(2026, 11, 4)},
			LastArticle: time.Date(2026, 11, 4, 14, 15, 0, 0, time.UTC), LastPoll: time.Date(2026, 11, 5, 0, 50, 0, 0, time.UTC),
		},
		reports: map[string]*metrics.Report{
			"2026-10": fixtureReport(), "2026-09": previousReport(),
			recentDays.String(): over(recentDays, fixtureReport()), recentBefore.String(): over(recentBefore, previousReport()),
		},
		due:      fixtureDue(),
		health:   fixtureHealth(),
		problems: fixtureProblems(),
		queue:    fixtureQueue(),
	}
}

func fixtureOptions(reports Reports) Options {
	return Options{
		Reports: reports,
		Regions: region.Builtin().With(region.Region{Code: "99.01", Name: "Kabupaten Contoh", Zone: jakarta}),
		Now:     func() time.Time { return fixtureNow },
		Logger:  slog.New(slog.DiscardHandler),
		Version: "0.1.0",
		Gate:    Gate{Open: true},
	}
}

// newFixture is a server over the fixture; change may alter its options.
func newFixture(t testing.TB, reports Reports, change func(*Options)) *Server {
	t.Helper()
	o := fixtureOptions(reports)
	if change != nil {
		change(&o)
	}
	s, err := newServer(o, wording.English(), markExecuted)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get asks the server for a path and returns status, headers and body.
func get(t testing.TB, s *Server, path string) (*http.Response, string) {
	t.Helper()
	return do(t, s, request(http.MethodGet, path))
}

// request asks this machine for a path.
func request(method, path string) *http.Request {
	req := httptest.NewRequest(method, path, nil)
	req.Host = "localhost:8080"
	return req
}

func do(t testing.TB, s *Server, req *http.Request) (*http.Response, string) {
	t.Helper()
	resp, err := s.App().Test(req, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}
