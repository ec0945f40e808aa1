package metrics

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// scenario is a small region with one of everything, in October 2026.
func scenario(t testing.TB) *world {
	day := func(text string) calendar.Day { return mustDay(t, "2026-"+text) }
	at := func(text string) *calendar.Day { return ref(day(text)) }
	w := &world{region: region.Region{Code: "19.71", Name: "Kota Pangkal Pinang", Zone: zone(t, "Asia/Jakarta")}}
	w.agencies = []agency{
		{code: "kominfo", name: "Dinas Kominfo", shortName: "Diskominfo", hasSource: true},
		{code: "dinkes", name: "Dinas Kesehatan", shortName: "Dinkes", hasSource: true, target: ref(3.0)},
		{code: "diam", name: "Dinas Diam", hasSource: true},
		{code: "gagal", name: "Dinas Sumber Gagal", hasSource: true},
		{code: "tanpa", name: "Badan Tanpa Sumber"},
		{code: "baru", name: "Badan Baru", hasSource: true, from: at("09-15")},
		{code: "bubar", name: "Dinas Bubar", hasSource: true, until: at("09-30")},
	}
	w.targets = []worldTarget{{"Diskominfo", day("10-14"), 1}, {"tidak dikenal", day("10-01"), 9}}
	for _, d := range []string{"09-10", "10-01", "10-02", "10-06", "10-06", "10-13", "10-20", "10-27", "11-01", "11-06"} {
		w.stories = append(w.stories, worldStory{opd: "kominfo", day: day(d), place: "Pangkalpinang", authors: []string{"p1"}, editors: []string{"p2", "p1"}})
		w.articles = append(w.articles, worldArticle{opd: "kominfo", day: at(d), firstSeen: day(d)}, worldArticle{opd: "kominfo", day: at(d), firstSeen: day(d), unknown: []string{"Wak Hedir"}})
	}
	w.stories = append(w.stories,
		worldStory{opd: "dinkes", day: day("10-08"), place: "Gerunggang", photographers: []string{"p2"}},
		worldStory{opd: "gagal", day: day("10-09")}, worldStory{opd: "baru", day: day("10-09")},
		worldStory{opd: "tanpa", day: day("10-09")}, worldStory{opd: "", day: day("10-09")})
	w.articles = append(w.articles, worldArticle{opd: "", day: at("10-09"), firstSeen: day("10-09"), unmatched: true},
		worldArticle{opd: "", firstSeen: day("10-11"), unmatched: true}, worldArticle{opd: "", firstSeen: day("11-04")})
	for _, d := range []string{"10-05", "10-06", "10-07", "10-12", "10-14"} {
		w.ppid = append(w.ppid, worldRequest{opd: "kominfo", officer: "p2", received: day(d), notified: at("10-16")})
	}
	w.ppid = append(w.ppid,
		worldRequest{opd: "dinkes", received: day("09-28"), completed: at("10-01"), notified: at("10-16"), extended: true, refused: true}, // day 11 of 17
		worldRequest{opd: "dinkes", received: day("10-01"), notified: at("10-16")},                                                        // day 11 of 10
		worldRequest{opd: "dinkes", received: day("10-30"), completed: at("11-03")},                                                       // received, not yet in the cohort
		worldRequest{opd: "dinkes", received: day("10-20"), withdrawn: at("10-22"), withdrawnFirst: true},                                 // excluded
		worldRequest{opd: "dinkes", received: day("10-20"), notified: at("10-19")},                                                        // inconsistent: 0 days
		worldRequest{opd: "", received: day("10-21"), notified: at("11-06")},                                                              // answered after the as-of day: open, day 11
		worldRequest{opd: "kominfo", received: day("10-29"), withdrawn: at("11-03"), notified: at("11-02")},                               // withdrawn after the answer: stays on time
		worldRequest{opd: "kominfo", received: day("10-28"), refused: true, notified: at("11-10")},                                        // refused only later
		worldRequest{opd: "kominfo", received: day("11-02"), notified: at("11-03")}, worldRequest{opd: "kominfo", received: day("09-02")}) // other months
	w.objections = []worldObjection{{received: day("10-15")}, {received: day("11-01")}, {received: day("10-20"), answered: at("10-19")}}
	w.complaints = []worldComplaint{
		{opd: "dinkes", kind: "complaint", officer: "p1", submitted: day("09-29"), verified: at("09-30"), assigned: at("10-02"), responded: at("10-09"), resolved: at("10-26")},
		{opd: "dinkes", kind: "information", submitted: day("10-05"), verified: at("10-05"), responded: at("10-13"), resolved: at("10-13")},
		{opd: "dinkes", kind: "supervision", submitted: day("10-06"), assigned: at("10-13"), misroutedA: at("10-15")},
		{opd: "", kind: "aspiration", submitted: day("10-29")},
		{opd: "kominfo", kind: "complaint", submitted: day("10-12"), verified: at("10-13"), assigned: at("10-14"), resolved: at("10-13")}, // resolved before it was assigned
	}
	for i := range 10 {
		when := time.Date(2026, 10, 5+i, 3, 0, 0, 0, time.UTC)
		w.polls = append(w.polls, worldPoll{"gagal-web", "gagal", "timeout", when, i < 7}, worldPoll{"kominfo-web", "kominfo", "", when, i < 8})
	}
	// Polls after the month count only for what was not polled in it.
	w.polls = append(w.polls, worldPoll{"kominfo-web", "kominfo", "dns", time.Date(2026, 11, 1, 3, 0, 0, 0, time.UTC), false},
		worldPoll{"diam-web", "diam", "", time.Date(2026, 11, 5, 16, 59, 0, 0, time.UTC), true}, // 23:59 WIB of the as-of day
		worldPoll{"diam-web", "diam", "tls", time.Date(2026, 11, 5, 17, 0, 0, 0, time.UTC), false})
	w.people = []worldPerson{{"p1", "Ani", "pranata humas", "Diskominfo"}, {"p2", "Budi", "operator", "dinkes"}}
	w.agenda = []worldEvent{{"dinkes", day("10-10")}, {"dinkes", day("10-31")}, {"", day("10-02")}, {"kominfo", day("11-01")}}
	w.runs = []worldRun{
		{"ppid", "a.xlsx", time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), true, 50},
		{"ppid", "a.xlsx", time.Date(2026, 10, 2, 0, 0, 0, 0, time.UTC), true, 4},
		{"ppid", "a.xlsx", time.Date(2026, 10, 3, 0, 0, 0, 0, time.UTC), false, 99},
		{"complaints", "b.csv", time.Date(2026, 9, 2, 0, 0, 0, 0, time.UTC), true, 3},
	}
	return w
}

func october(t testing.TB, w *world) Query {
	return Query{Region: w.region, Month: mustMonth(t, "2026-10"), Now: time.Date(2026, 11, 21, 3, 4, 5, 0, time.UTC)}
}

// The report of the scenario, figure by figure where it is small and against
// a golden file as a whole.
func TestScenario(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 7)
	m := New(conn)
	r, err := m.Report(t.Context(), october(t, w))
	if err != nil {
		t.Fatal(err)
	}
	status := map[string]OPDStatus{}
	for _, o := range r.Publication.OPD {
		status[o.OPD] = o.Status
	}
	want := map[string]OPDStatus{"kominfo": StatusOK, "dinkes": StatusOK, "diam": StatusQuiet, "gagal": StatusSourceFailed, "tanpa": StatusNoSource, "baru": StatusNew}
	if diff := cmp.Diff(want, status); diff != "" {
		t.Errorf("status (-want +got):\n%s", diff)
	}
	// Weeks of Thursdays 1, 8, 15, 22 and 29 October; the last ended on 1 November.
	// Kominfo wrote 2, 2, 1, 1 and 2 of the 2, 2, 1, 1, 1 agreed.
	k := r.Publication.OPD[0]
	if k.OPD != "kominfo" || k.Articles != 14 || k.Stories != 7 || k.Weeks != 5 || k.WeeksMet != 5 || k.ActiveDays != 6 || *k.DaysSinceLast != 4 || *k.PreviousStories != 1 || k.TargetPerWeek != 1 {
		t.Errorf("kominfo %+v", k)
	}
	p := r.PPID
	if got := []int{p.Received, p.OnTime, p.Late, p.Pending, p.Excluded, p.Extended, p.Refused, p.Objections}; !cmp.Equal(got, []int{12, 8, 2, 1, 1, 1, 1, 2}) {
		t.Errorf("PPID %v", got)
	}
	if got := r.Complaints.Verify; got != (VerifyCounts{N: 4, OnTime: 2, Late: 2}) {
		t.Errorf("verify %+v", got)
	}
	q := r.DataQuality
	if q.UnmatchedOPD != 3 || q.UnmatchedPeople != 7 || q.UndatedArticles != 1 || q.InconsistentDates != 3 || q.RejectedRows != 7 {
		t.Errorf("data quality %+v", q)
	}
	if len(q.FailedSources) != 1 || q.FailedSources[0].Source != "gagal-web" || q.FailedSources[0].Reason != "timeout" || q.FailedSources[0].Since != time.Date(2026, 10, 12, 3, 0, 0, 0, time.UTC) {
		t.Errorf("failed sources %+v", q.FailedSources)
	}
	golden(t, "testdata/report.json", r)
}

func golden(t *testing.T, path string, v any) {
	t.Helper()
	got, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
		t.Errorf("%s (-want +got), rewrite with -update:\n%s", path, diff)
	}
}

// An empty region has an empty report: lists that are empty, shares that are
// null, and the four kinds of complaint.
func TestEmptyReport(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	w := &world{region: region.Region{Code: "19.01", Name: "Kabupaten Bangka", Zone: zone(t, "Asia/Jakarta")}}
	r, err := New(conn).Report(t.Context(), october(t, w)) // no holidays on record either: nothing has to be counted
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/empty.json", r)
}

// Cases in a year without holidays on record fail the report.
func TestReportUnknownYear(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	w := scenario(t)
	w.store(t, conn, 1)
	_, err := New(conn).Report(t.Context(), october(t, w))
	var user *UserError
	var unknown *calendar.YearUnknownError
	if !errors.As(err, &user) || user.Kind != NoCalendar || !errors.As(err, &unknown) || unknown.Year != 2026 {
		t.Errorf("error %v", err)
	}
}

// A limit that changes within the month judges every case by the rule of the
// day it started.
func TestRuleChangesWithinTheMonth(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := &world{region: region.Region{Code: "19.02", Name: "Kabupaten Belitung", Zone: zone(t, "Asia/Jakarta")}}
	// Three working days each, under a limit of 2 between 12 and 18 October.
	for _, d := range []string{"2026-10-06", "2026-10-12", "2026-10-19"} {
		received := mustDay(t, d)
		w.ppid = append(w.ppid, worldRequest{opd: "a", received: received, notified: ref(received.Add(3))})
	}
	w.store(t, conn, 1)
	ruleRow(t, conn, "19.02", "ppid", "", 2, nil, "working day", "2026-10-12", ref(mustDay(t, "2026-10-18").Time(time.UTC)))
	r, err := New(conn).Report(t.Context(), october(t, w))
	if err != nil {
		t.Fatal(err)
	}
	if r.PPID.OnTime != 2 || r.PPID.Late != 1 {
		t.Errorf("on time %d, late %d, want 2 and 1", r.PPID.OnTime, r.PPID.Late)
	}
}

// Every past day gives the numbers of that day.
func TestAsOfReplay(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := &world{region: region.Region{Code: "19.03", Name: "Kabupaten Bangka Selatan", Zone: zone(t, "Asia/Jakarta")}}
	// Received in September, complete on 5 October, answered on 20 October (working day 11).
	w.ppid = []worldRequest{{opd: "a", received: mustDay(t, "2026-09-24"), completed: ref(mustDay(t, "2026-10-05")), notified: ref(mustDay(t, "2026-10-20"))}}
	w.store(t, conn, 1)
	m := New(conn)
	for _, tt := range []struct {
		month, asOf string
		want        CaseCounts
	}{
		{"2026-09", "2026-09-30", CaseCounts{Pending: 1}}, // not complete yet: the clock runs from the receipt
		{"2026-10", "2026-10-04", CaseCounts{}},
		{"2026-10", "2026-10-05", CaseCounts{Pending: 1}},
		{"2026-09", "2026-10-05", CaseCounts{}}, // moved to the month it became complete in
		{"2026-10", "2026-10-19", CaseCounts{Pending: 1}},
		{"2026-10", "2026-10-20", CaseCounts{Late: 1}},
		{"2026-10", "2026-11-05", CaseCounts{Late: 1}},
	} {
		q := october(t, w)
		q.Month, q.AsOf, q.AsOfSet = mustMonth(t, tt.month), mustDay(t, tt.asOf), true
		r, err := m.Report(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if r.PPID.CaseCounts != tt.want {
			t.Errorf("%s as of %s: %+v, want %+v", tt.month, tt.asOf, r.PPID.CaseCounts, tt.want)
		}
	}
}

func TestDataThrough(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	m := New(conn)
	w := scenario(t)
	empty, err := m.DataThrough(t.Context(), w.region)
	if err != nil || !cmp.Equal(empty, DataThrough{Months: []calendar.Month{}}) {
		t.Errorf("nothing there: %+v, %v", empty, err)
	}
	w.store(t, conn, 1)
	d, err := m.DataThrough(t.Context(), w.region)
	if err != nil {
		t.Fatal(err)
	}
	want := DataThrough{
		Months:     []calendar.Month{{Year: 2026, Month: 11}, {Year: 2026, Month: 10}, {Year: 2026, Month: 9}},
		Days:       calendar.Period{First: mustDay(t, "2026-09-02"), Last: mustDay(t, "2026-11-06")},
		LastPoll:   time.Date(2026, 11, 5, 17, 0, 0, 0, time.UTC),
		LastImport: time.Date(2026, 10, 2, 0, 1, 0, 0, time.UTC),
	}
	if diff := cmp.Diff(want, d); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// A misdated row does not put a month into the future.
	w.stories = append(w.stories, worldStory{opd: "o1", day: mustDay(t, "2031-02-03")})
	w.store(t, conn, 2)
	if d, err = m.DataThrough(t.Context(), w.region); err != nil || !cmp.Equal(want.Months, d.Months) || d.Days != want.Days {
		t.Errorf("with a story of 2031: months %v, days %s, %v", d.Months, d.Days, err)
	}
	// Nor does a misdated article make the data look newer than they can be.
	for _, at := range []string{"2026-11-05 16:59:00", "2027-03-01 01:00:00"} {
		if err := conn.Exec(t.Context(), "INSERT INTO story_articles (region, generation, published_at) VALUES ('19.71', 2, '"+at+"')"); err != nil {
			t.Fatal(err)
		}
	}
	if d, err = m.DataThrough(t.Context(), w.region); err != nil || !d.LastArticle.Equal(time.Date(2026, 11, 5, 16, 59, 0, 0, time.UTC)) {
		t.Errorf("with an article of 2027: the latest is of %s, %v", d.LastArticle, err)
	}
	codes, err := m.Regions(t.Context())
	if err != nil || !cmp.Equal(codes, []string{"19.71"}) {
		t.Errorf("regions %v, %v", codes, err)
	}
}
