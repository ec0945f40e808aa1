package metrics

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/go-cmp/cmp"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
	"gaung/warehouse/warehousetest"
)

// handover is a complaint that went from one OPD to another, and requests of
// every state, in Ramadan 2026.
func handover(t testing.TB, code string) *world {
	day := func(text string) calendar.Day { return mustDay(t, "2026-"+text) }
	at := func(text string) *calendar.Day { return ref(day(text)) }
	return &world{
		region:   region.Region{Code: code, Name: "Kabupaten Uji", Zone: zone(t, "Asia/Jakarta")},
		agencies: []agency{{code: "a", name: "Dinas A", hasSource: true}, {code: "b", name: "Dinas B", hasSource: true}},
		ppid: []worldRequest{
			{opd: "a", officer: "p1", received: day("03-06"), completed: at("03-13")}, // due 6 April
			{opd: "a", received: day("03-02"), notified: at("03-16")},
			{opd: "b", received: day("02-02"), withdrawn: at("02-10"), withdrawnFirst: true},
		},
		objections: []worldObjection{{received: day("03-02")}},
		complaints: []worldComplaint{{
			opd: "a", kind: "complaint", officer: "p1", submitted: day("03-09"), verified: at("03-10"), assigned: at("03-11"), misroutedA: at("03-13"),
			handed: []worldSpell{{opd: "b", officer: "p2", taken: day("03-16"), responded: at("03-17")}},
		}},
		people: []worldPerson{{"p1", "Ani", "pranata humas", "a"}, {"p2", "Budi", "operator", "b"}},
	}
}

func march(t testing.TB, w *world, asOf string) Query {
	return Query{Region: w.region, Month: mustMonth(t, "2026-03"), AsOf: mustDay(t, asOf), AsOfSet: true, Now: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}
}

// The lists of cases, works and regions on one engine, each with regions of its
// own.
func TestLists(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	for name, test := range map[string]func(*testing.T, driver.Conn){
		"spells by day": spellsByDay, "due list": dueListOfDays, "case": oneCase,
		"works": ofPersonWorksList, "agenda": ofAgendaList,
	} {
		t.Run(name, func(t *testing.T) { test(t, conn) })
	}
}

// A hand-over closes the first OPD's spell and opens the second's; every past
// day shows whose turn it was.
func spellsByDay(t *testing.T, conn driver.Conn) {
	w := handover(t, "21.01")
	w.store(t, conn, 1)
	m := New(conn)
	for _, tt := range []struct {
		asOf string
		want map[string]CaseCounts
	}{
		{"2026-03-12", map[string]CaseCounts{"a": {Pending: 1}}},
		{"2026-03-13", map[string]CaseCounts{"a": {Excluded: 1}}}, // given away, not taken yet
		{"2026-03-16", map[string]CaseCounts{"a": {Excluded: 1}, "b": {Pending: 1}}},
		{"2026-03-17", map[string]CaseCounts{"a": {Excluded: 1}, "b": {OnTime: 1}}},
	} {
		r, err := m.Report(t.Context(), march(t, w, tt.asOf))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]CaseCounts{}
		for _, row := range r.Complaints.FirstResponse.OPD {
			got[row.OPD] = row.CaseCounts
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("as of %s (-want +got):\n%s", tt.asOf, diff)
		}
		if r.Complaints.ByKind["complaint"] != 1 || r.Complaints.Verify.N != 1 {
			t.Errorf("as of %s the complaint counts %+v", tt.asOf, r.Complaints)
		}
		followedUp := r.Complaints.FollowedUpShare
		if misrouted := tt.asOf == "2026-03-13"; misrouted != (followedUp == nil) || !misrouted && (*followedUp == 1) != (tt.asOf == "2026-03-17") {
			t.Errorf("as of %s followed up %v", tt.asOf, followedUp)
		}
	}
}

func dueListOfDays(t *testing.T, conn driver.Conn) {
	w := handover(t, "21.02")
	w.ppid = append(w.ppid, worldRequest{opd: "b", received: mustDay(t, "2018-12-03")}) // no calendar for 2018
	w.store(t, conn, 1)
	m := New(conn)
	type line struct {
		Rule, OPD, Due string
		Left           int
	}
	lines := func(rows []DueCase) []line {
		var out []line
		for _, r := range rows {
			out = append(out, line{r.Rule, r.OPD, r.Due, r.DaysLeft})
		}
		return out
	}
	due, err := m.DueList(t.Context(), march(t, w, "2026-04-06"))
	if err != nil {
		t.Fatal(err)
	}
	// On its due day a case is not late; the day after a working day it is.
	if diff := cmp.Diff([]line{{"ppid", "a", "2026-04-06", 0}, {"complaint-resolve", "b", "2026-04-13", 7}}, lines(due.Soon)); diff != "" {
		t.Errorf("soon (-want +got):\n%s", diff)
	}
	if len(due.Overdue) != 0 || len(due.Unknown) != 1 || due.Unknown[0].From != "2018-12-03" || due.Unknown[0].Why == "" {
		t.Errorf("overdue %+v, unknown %+v", due.Overdue, due.Unknown)
	}
	if due, err = m.DueList(t.Context(), march(t, w, "2026-04-07")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]line{{"ppid", "a", "2026-04-06", -1}}, lines(due.Overdue)); diff != "" {
		t.Errorf("overdue (-want +got):\n%s", diff)
	}
	if r := due.Overdue[0]; r.DaysUsed != 11 || r.Limit != 10 || r.Officer != "p1" || r.Name != "Dinas A" {
		t.Errorf("overdue %+v", r)
	}
}

func oneCase(t *testing.T, conn driver.Conn) {
	w := handover(t, "21.03")
	w.store(t, conn, 1)
	insert(t, conn, "ppid_cases (region, generation, opd, registration_no, received_day, completed_day, extended)", 3, func(i int) []any {
		return []any{"21.03", uint64(1), []string{"a", "a", "b"}[i], []string{"7", "8", "8"}[i], mustDay(t, "2026-03-06").Time(time.UTC), ref(mustDay(t, "2026-03-09").Time(time.UTC)), true}
	})
	m := New(conn)
	c, err := m.Case(t.Context(), CaseQuery{Query: march(t, w, "2026-04-10"), Case: CasePPID, ID: "7"})
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[DayKind]int{}
	for _, line := range c.Clocks[0].Ledger {
		kinds[line.Kind]++
		if line.Counted != (line.Kind == DayCounted || line.Kind == DayExtended || line.Kind == DayOverdue) {
			t.Errorf("line %+v", line)
		}
	}
	// Three days of waiting for papers; ten days of the limit, seven of the
	// extension to 9 April and the day after; the leave of 18 to 24 March, Good
	// Friday and Easter Sunday.
	if diff := cmp.Diff(map[DayKind]int{DayWaiting: 3, DayCounted: 10, DayExtended: 7, DayOverdue: 1, DayWeekend: 5, DayHoliday: 9}, kinds); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
	if k := c.Clocks[0]; k.State != StateLate || k.DaysUsed != 18 || k.Due != "2026-04-09" || k.CalendarDays != 32 || c.Received != "2026-03-06" || *c.Completed != "2026-03-09" {
		t.Errorf("%+v", c)
	}
	c, err = m.Case(t.Context(), CaseQuery{Query: march(t, w, "2026-03-17"), Case: CaseComplaint, ID: "t0"})
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for _, k := range c.Clocks {
		got = append(got, []string{k.Rule, k.OPD, k.From, string(k.State)})
	}
	want := [][]string{
		{"complaint-verify", "a", "2026-03-09", "on_time"},
		{"complaint-first-response", "a", "2026-03-11", "excluded"},
		{"complaint-resolve", "a", "2026-03-11", "excluded"},
		{"complaint-first-response", "b", "2026-03-16", "on_time"},
		{"complaint-resolve", "b", "2026-03-16", "pending"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("clocks (-want +got):\n%s", diff)
	}
	for _, tt := range []struct {
		kind ErrorKind
		q    CaseQuery
	}{
		{NotFound, CaseQuery{Case: CasePPID, ID: "nomor lain"}},
		{NotFound, CaseQuery{Case: CaseObjection, ID: "7"}},
		{BadValue, CaseQuery{Case: CasePPID, ID: "8"}}, // two OPD
		{BadValue, CaseQuery{Case: "laporan", ID: "8"}},
	} {
		tt.q.Query = march(t, w, "2026-04-10")
		_, err := m.Case(t.Context(), tt.q)
		var user *UserError
		if !errors.As(err, &user) || user.Kind != tt.kind {
			t.Errorf("%s %s: %v, want %s", tt.q.Case, tt.q.ID, err, tt.kind)
		}
	}
	if c, err := m.Case(t.Context(), CaseQuery{Query: march(t, w, "2026-04-10"), Case: CasePPID, ID: "8", OPD: "b"}); err != nil || c.Clocks[0].OPD != "b" {
		t.Errorf("with the OPD: %+v, %v", c, err)
	}
}

// A joint leave decreed late moves due days and turns a late case into one on
// time; a holiday taken back does the opposite.
func TestCalendarChanges(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	list := holidayList(t)
	then, later := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)
	insert(t, conn, "holidays (region, date, name, kind, key_hash, version, ingested_at)", len(list), func(i int) []any {
		return []any{"", list[i].Day.Time(time.UTC), list[i].Name, list[i].Kind, uint64(i), uint64(1), then}
	})
	day := func(text string) calendar.Day { return mustDay(t, "2026-"+text) }
	w := handover(t, "19.04")
	w.complaints, w.objections = nil, nil
	w.ppid = []worldRequest{
		{opd: "a", received: day("02-02"), notified: ref(day("02-19"))}, // eleven days, ten without 10 February
		{opd: "a", received: day("02-12"), notified: ref(day("02-18"))}, // after the new day off
		{opd: "b", received: day("02-09"), notified: ref(day("02-11"))}, // stopped early: only its due day moves
	}
	w.store(t, conn, 1)
	m := New(conn)
	q := march(t, w, "2026-03-31")
	none, err := m.CalendarChanges(t.Context(), q, then)
	if err != nil || len(none.Days) != 0 || len(none.Flips) != 0 {
		t.Fatalf("nothing changed: %+v, %v", none, err)
	}
	insert(t, conn, "holidays (region, date, name, kind, key_hash, version, ingested_at)", 3, func(i int) []any {
		return [][]any{
			{"19.04", day("02-10").Time(time.UTC), "Hari jadi", calendar.Regional, uint64(900), uint64(2), later},
			{"19.71", day("02-11").Time(time.UTC), "Hari jadi kota lain", calendar.Regional, uint64(901), uint64(2), later},
			{"19.04", day("02-14").Time(time.UTC), "Sabtu", calendar.Regional, uint64(902), uint64(2), later},
		}[i]
	})
	got, err := m.CalendarChanges(t.Context(), q, then)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]DayChange{{Date: "2026-02-10", Before: "hari kerja", Why: "libur daerah: Hari jadi"}}, got.Days); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	if len(got.Flips) != 1 || got.Flips[0].From != "2026-02-02" || got.Flips[0].Before != StateLate || got.Flips[0].Now != StateOnTime || got.DueMoved != 2 {
		t.Errorf("%+v", got)
	}
	if again, err := m.CalendarChanges(t.Context(), q, later); err != nil || len(again.Days) != 0 {
		t.Errorf("since the change: %+v, %v", again, err)
	}
	insert(t, conn, "holidays (region, date, name, kind, key_hash, version, deleted, ingested_at)", 1, func(int) []any {
		return []any{"19.04", day("02-10").Time(time.UTC), "Hari jadi", calendar.Regional, uint64(900), uint64(3), true, later.Add(time.Hour)}
	})
	back, err := m.CalendarChanges(t.Context(), q, later)
	if err != nil || len(back.Flips) != 1 || back.Flips[0].Now != StateLate || !back.Days[0].Working {
		t.Errorf("taken back: %+v, %v", back, err)
	}
	// Before any calendar was on record nothing can have changed.
	if first, err := m.CalendarChanges(t.Context(), q, then.Add(-time.Hour)); err != nil || len(first.Days) != 0 {
		t.Errorf("from nothing: %+v, %v", first, err)
	}
}

func ofPersonWorksList(t *testing.T, conn driver.Conn) {
	w := scenario(t)
	w.region.Code = "21.04"
	w.store(t, conn, 1)
	m := New(conn)
	list, err := m.PersonWorksList(t.Context(), "p2", october(t, w))
	if err != nil {
		t.Fatal(err)
	}
	roles := map[string]int{}
	for _, work := range list.Works {
		for _, r := range work.Roles {
			roles[r]++
		}
	}
	if diff := cmp.Diff(map[string]int{"editor": list.Person.AsEditor, "photographer": list.Person.AsPhotographer}, roles); diff != "" {
		t.Errorf("works by role (-person +list):\n%s", diff)
	}
	last := list.Trend[len(list.Trend)-1]
	if len(list.Trend) != 12 || list.Trend[0].Month != "2025-11" || last.Month != "2026-10" || last.AsEditor != 7 || last.Works != 8 || list.Trend[10].AsEditor != 1 || list.Trend[5].Works != 0 {
		t.Errorf("trend %+v", list.Trend)
	}
	// Ten works within the twelve months to 5 November, and a year in office.
	if e := list.Person.Exposure; e.Works != 10 || !*e.Enough || *e.WorkingDays < 200 {
		t.Errorf("exposure %+v", e)
	}
	if _, err := m.PersonWorksList(t.Context(), "nobody", october(t, w)); err == nil {
		t.Error("the works of nobody were listed")
	}
}

func ofAgendaList(t *testing.T, conn driver.Conn) {
	w := scenario(t)
	w.region.Code = "21.05"
	w.told = []worldTold{
		{opd: "dinkes", event: 0, day: mustDay(t, "2026-10-12"), authors: []string{"p1"}},
		{opd: "dinkes", event: 0, day: mustDay(t, "2026-10-11"), authors: []string{"p1", "p2"}},
		{opd: "dinkes", event: 1, day: mustDay(t, "2026-11-07")}, // after the as-of day
	}
	w.store(t, conn, 1)
	m := New(conn)
	list, err := m.AgendaList(t.Context(), october(t, w))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range list {
		line := e.Date
		if e.First != nil {
			line += " " + e.First.Date
		}
		got = append(got, line)
	}
	if diff := cmp.Diff([]string{"2026-10-02", "2026-10-10 2026-10-11", "2026-10-31"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	r, err := m.Report(t.Context(), october(t, w))
	if err != nil {
		t.Fatal(err)
	}
	if r.Agenda.Events != 3 || *r.Agenda.Covered != 1 || *r.Agenda.OPD[0].MedianDaysToPublish != 1 || *r.People[1].AgendaCovered != 1 {
		t.Errorf("%+v", r.Agenda)
	}
}

// Three regions of a province beside each other; later one of them cannot be
// measured and says why.
func TestRegionRanking(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	day := func(text string) calendar.Day { return mustDay(t, "2026-"+text) }
	members := []string{"75.01", "75.02", "75.71"}
	for i, code := range members {
		w := &world{region: region.Region{Code: code, Zone: zone(t, "Asia/Makassar")}}
		for j := range 3 {
			o := agency{code: string(rune('a' + j)), name: "Dinas", hasSource: j > 0} // one of them cannot be judged
			w.agencies = append(w.agencies, o)
			for k := range 4 + 3*i {
				w.stories = append(w.stories, worldStory{opd: o.code, day: day("10-05").Add(k)})
			}
			for k := range 4 {
				received := day("10-05").Add(k)
				w.ppid = append(w.ppid, worldRequest{opd: o.code, received: received, notified: ref(received.Add(9 - 3*i))})
			}
		}
		if i == 1 { // a year whose days off are not on record
			w.ppid = append(w.ppid, worldRequest{opd: "a", received: mustDay(t, "2031-10-06")})
		}
		w.store(t, conn, 1)
	}
	province := region.Region{Code: "75", Name: "Gorontalo", Zone: zone(t, "Asia/Makassar")}
	q := Query{Region: province, Month: mustMonth(t, "2026-10"), Now: time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)}
	got, err := New(conn).RegionRanking(t.Context(), region.Builtin(), q)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Regions) != 3 || got.Regions[2].Name != "Kota Gorontalo" || got.Regions[2].Stories != 30 || got.Regions[0].PPIDReceived != 12 || got.Regions[0].OPD != 3 || got.Regions[0].Problem != "" {
		t.Errorf("regions %+v", got.Regions)
	}
	var publication, ppid []string
	for _, r := range got.Publication {
		publication = append(publication, r.OPD)
	}
	for _, r := range got.PPID.OPD {
		ppid = append(ppid, r.OPD)
		if r.N != 12 || r.Score == nil || *r.RankLow < 1 {
			t.Errorf("%+v", r)
		}
	}
	if diff := cmp.Diff([]string{"75.71", "75.02", "75.01"}, publication); diff != "" {
		t.Errorf("publication (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"75.71", "75.02", "75.01"}, ppid); diff != "" {
		t.Errorf("PPID (-want +got):\n%s", diff)
	}
	// Two OPD of two stories in five weeks are expected to write twenty.
	if first := got.Publication[0]; first.Stories != 20 || first.Weeks != 10 || first.Status != StatusOK {
		t.Errorf("%+v", first)
	}
	later, err := New(conn).RegionRanking(t.Context(), region.Builtin(), Query{Region: province, Month: mustMonth(t, "2031-10"), Now: time.Date(2031, 11, 21, 3, 0, 0, 0, time.UTC)})
	if err != nil || len(later.Regions) != 3 || !strings.Contains(later.Regions[1].Problem, "2031") || later.Regions[0].Problem != "" {
		t.Errorf("a region without a calendar: %+v, %v", later, err)
	}
	// A region whose sources all failed, and one that nothing was ever imported
	// for: neither is ranked, and their silence is not a zero.
	failed := &world{region: region.Region{Code: "75.03", Zone: zone(t, "Asia/Makassar")}, agencies: []agency{{code: "a", name: "Dinas", hasSource: true}}}
	for k := range 3 {
		failed.stories = append(failed.stories, worldStory{opd: "a", day: day("10-05").Add(k)})
	}
	for k := range 10 {
		failed.polls = append(failed.polls, worldPoll{source: "s", opd: "a", at: day("10-06").Add(k).Time(failed.region.Zone), reason: "http_5xx"})
	}
	failed.store(t, conn, 1)
	(&world{region: region.Region{Code: "75.04", Zone: zone(t, "Asia/Makassar")}, agencies: []agency{{code: "a", name: "Dinas", hasSource: true}}}).store(t, conn, 1)
	silent, err := New(conn).RegionRanking(t.Context(), region.Builtin(), q)
	if err != nil {
		t.Fatal(err)
	}
	status := map[string]OPDStatus{}
	for _, r := range silent.Publication {
		if r.Score == nil {
			status[r.OPD] = r.Status
		}
	}
	if diff := cmp.Diff(map[string]OPDStatus{"75.03": StatusSourceFailed, "75.04": StatusNoSource}, status); diff != "" {
		t.Errorf("regions without a place (-want +got):\n%s", diff)
	}
	if r := silent.Regions[3]; r.Region != "75.04" || r.PublishedShare != nil {
		t.Errorf("a region without data: %+v", r)
	}
	empty, err := New(conn).RegionRanking(t.Context(), region.Builtin(), Query{Region: region.Region{Code: "31", Zone: province.Zone}, Month: q.Month, Now: q.Now})
	if err != nil || len(empty.Publication) != 0 || len(empty.PPID.OPD) != 0 || empty.Regions == nil {
		t.Errorf("a province without data: %+v, %v", empty, err)
	}
}

// Where the dateline of a province's story lies.
func TestPlaceNames(t *testing.T) {
	areas, index := areasOf("32")
	for _, tt := range []struct{ place, code string }{
		{"Kab. Bogor", "32.01"}, {"KABUPATEN BOGOR", "32.01"}, {"Kota Bogor", "32.71"}, {"Bogor", ""}, // two of that name
		{"Depok", "32.76"}, {"Indramayu", "32.12"}, {"Jakarta", ""}, {"Desa Depok Dua", ""},
	} {
		got := ""
		if i, ok := index[placeKey(tt.place)]; ok {
			got = areas[i].Region
		}
		if got != tt.code {
			t.Errorf("%s is %q, want %q", tt.place, got, tt.code)
		}
	}
	if areas, _ := areasOf("19.71"); len(areas) != 0 {
		t.Errorf("a city has %d areas", len(areas))
	}
	for place, want := range map[string]bool{"Jakarta": true, "JAKARTA PUSAT": true, "DKI Jakarta": true, "Jayapura": false, "": false} {
		if central(place) != want {
			t.Errorf("central(%q) = %v", place, !want)
		}
	}
}
