package metrics

import (
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/google/go-cmp/cmp"

	"gaung/warehouse/warehousetest"
)

func allDetails(t *testing.T, m *Metrics, q Query) []Detail {
	t.Helper()
	var list []Detail
	if err := m.Details(t.Context(), q, func(d Detail) error { list = append(list, d); return nil }); err != nil {
		t.Fatal(err)
	}
	return list
}

// closedWorld is the scenario, closed; what came later is told by the caller.
func closedWorld(t *testing.T) (*Metrics, *world, Query, *Edition) {
	t.Helper()
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 1)
	m, q := New(conn), october(t, w)
	e, err := m.CloseMonth(t.Context(), q, "")
	if err != nil {
		t.Fatal(err)
	}
	return m, w, q, e
}

// The rows behind the figures of people and of data quality are those frozen
// with the month, whatever came in since.
func TestClosedMonthKeepsItsPeopleAndDoubts(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 1)
	m, q := New(conn), october(t, w)
	r, err := m.Report(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	read := func() (rows []Detail, doubts []Doubt) {
		for _, p := range r.People {
			if err := m.PersonDetails(t.Context(), q, p.PersonID, func(d Detail) error { rows = append(rows, d); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		for _, kind := range []DoubtKind{DoubtUnmatchedOPD, DoubtUnmatchedPeople, DoubtUndated, DoubtInconsistent} {
			if err := m.DataDoubts(t.Context(), q, kind, func(d Doubt) error { doubts = append(doubts, d); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		return rows, doubts
	}
	rows, doubts := read()
	if len(rows) == 0 || len(doubts) == 0 {
		t.Fatalf("%d rows of people, %d doubts", len(rows), len(doubts))
	}
	if _, err := m.CloseMonth(t.Context(), q, ""); err != nil {
		t.Fatal(err)
	}
	empty := &world{region: w.region}
	empty.store(t, conn, 2)
	nowRows, nowDoubts := read()
	if diff := cmp.Diff(rows, nowRows); diff != "" {
		t.Errorf("rows of people (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(doubts, nowDoubts); diff != "" {
		t.Errorf("doubts (-before +after):\n%s", diff)
	}
}

func TestClosedMonthKeepsItsRows(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 1)
	m, q := New(conn), october(t, w)
	rows := allDetails(t, m, q)
	background, err := m.Background(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	year := func() (list []Detail) {
		for _, month := range []string{"2026-09", "2026-10"} {
			if err := m.YearDetails(t.Context(), q, mustMonth(t, month), func(d Detail) error { list = append(list, d); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		return list
	}
	requests := year()
	if _, err := m.CloseMonth(t.Context(), q, ""); err != nil {
		t.Fatal(err)
	}
	w.stories = append(w.stories, worldStory{opd: "dinkes", day: mustDay(t, "2026-10-12")}, worldStory{opd: "dinkes", day: mustDay(t, "2026-09-13")})
	w.ppid[6].notified = ref(mustDay(t, "2026-10-02"))
	later := *w
	later.agencies, later.targets, later.people, later.polls, later.runs = nil, nil, nil, nil, nil
	later.store(t, conn, 2)
	q.Now = q.Now.Add(240 * time.Hour)

	if diff := cmp.Diff(rows, allDetails(t, m, q)); diff != "" || len(rows) == 0 {
		t.Errorf("the rows of the closed month changed (-before +now):\n%s", diff)
	}
	if diff := cmp.Diff(requests, year()); diff != "" || len(requests) == 0 {
		t.Errorf("the requests of the year changed (-before +now):\n%s", diff)
	}
	after, err := m.Background(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(background, after); diff != "" || background.Previous == nil {
		t.Errorf("what the month is compared with changed (-before +now):\n%s", diff)
	}
	q.AsOf, q.AsOfSet = mustDay(t, "2026-11-05"), true
	if n := len(allDetails(t, m, q)); n <= len(rows) {
		t.Errorf("an as-of day of one's own gives %d rows, want more than the %d frozen", n, len(rows))
	}
}

// keepTable copies a table aside and gives back what puts it as it was.
func keepTable(t *testing.T, conn driver.Conn, table string) (restore func()) {
	t.Helper()
	run := func(statement string) {
		t.Helper()
		if err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	run("CREATE TABLE kept_" + table + " ENGINE = Memory AS SELECT * FROM " + table)
	return func() {
		t.Helper()
		run("TRUNCATE TABLE " + table)
		run("INSERT INTO " + table + " SELECT * FROM kept_" + table)
	}
}

// What was frozen cannot be changed by hand without an error, and an edition
// of before rows were frozen is read as it always was.
func TestFrozenByHand(t *testing.T) {
	m, _, q, e := closedWorld(t)
	rows := allDetails(t, m, q)
	restoreParts, restoreEditions := keepTable(t, m.conn, "edition_parts"), keepTable(t, m.conn, "editions")
	details := func() error { return m.Details(t.Context(), q, func(Detail) error { return nil }) }
	for _, change := range []string{
		`ALTER TABLE edition_parts UPDATE content = replaceOne(content, 'dinkes', 'dishub') WHERE section = 'rows' SETTINGS mutations_sync = 2`,
		`ALTER TABLE edition_parts UPDATE hash = 'x' WHERE part = 2 SETTINGS mutations_sync = 2`,
		`ALTER TABLE edition_parts DELETE WHERE part = 3 SETTINGS mutations_sync = 2`,
	} {
		if err := m.conn.Exec(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		if err := details(); err == nil || !strings.Contains(err.Error(), "hash") {
			t.Errorf("%s\ngives %v", change, err)
		}
		restoreParts()
		if err := details(); err != nil {
			t.Fatalf("as it was: %v", err)
		}
	}

	if err := m.conn.Exec(t.Context(), `ALTER TABLE editions UPDATE report = replaceOne(report, '"stories":12', '"stories":99') WHERE 1 SETTINGS mutations_sync = 2`); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Report(t.Context(), q); err == nil || !strings.Contains(err.Error(), "hash") {
		t.Errorf("a changed edition gives %v", err)
	}
	restoreEditions()

	if err := m.conn.Exec(t.Context(), `ALTER TABLE editions UPDATE parts_id = '', parts_hash = '', hash = lower(hex(SHA256(report))) WHERE 1 SETTINGS mutations_sync = 2`); err != nil {
		t.Fatal(err)
	}
	old, err := m.EditionByID(t.Context(), e.ID)
	if err != nil || old == nil {
		t.Fatalf("%v, %v", old, err)
	}
	if diff := cmp.Diff(rows, allDetails(t, m, q)); diff != "" {
		t.Error(diff)
	}
	n := 0
	if err := m.DetailsOf(t.Context(), old, func(Detail) error { n++; return nil }); err != nil || n != 0 {
		t.Errorf("%d rows, %v", n, err)
	}
	if r, err := m.Replay(t.Context(), q); err != nil || len(r.Lines) != 0 {
		t.Errorf("replay %+v, %v", r, err)
	}
	if list, err := m.Revisions(t.Context(), q); err != nil || len(list) != 0 {
		t.Errorf("revisions %+v, %v", list, err)
	}
}

func TestReplay(t *testing.T) {
	m, w, q, e := closedWorld(t)
	same, err := m.Replay(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if len(same.Lines) != 0 || len(same.Rules) != 0 || len(same.Holidays) != 0 || same.Edition == nil || same.Edition.ID != e.ID {
		t.Errorf("nothing changed, the replay says %+v", same)
	}
	// A shorter limit comes into force after the month, a day off is put on
	// record afterwards, and a story comes late.
	for _, statement := range []string{
		"INSERT INTO rules (region, rule, case_kind, limit_days, extended_limit_days, unit, clock_start, clock_stop, law, article, valid_from, valid_to, version) VALUES ('', 'ppid', '', 1, 2, 'working day', '', '', 'UU Baru', 'Pasal 1', '2026-11-10', NULL, 2)",
		"INSERT INTO holidays (region, date, name, kind, key_hash, version) VALUES ('19.71', '2026-10-14', 'Hari jadi', 'libur daerah', 777, 1)",
	} {
		if err := m.conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	w.stories = append(w.stories, worldStory{opd: "dinkes", day: mustDay(t, "2026-10-12")})
	later := *w
	later.agencies, later.targets, later.people, later.polls, later.runs = nil, nil, nil, nil, nil
	later.store(t, m.conn, 2)
	q.Now = q.Now.Add(240 * time.Hour)
	r, err := m.Replay(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	one, two, ten, seventeen := 1, 2, 10, 17
	if diff := cmp.Diff([]RuleChange{{Rule: RulePPID, Then: &ten, Now: &one, ThenExtended: &seventeen, NowExtended: &two, Law: "UU Baru Pasal 1"}}, r.Rules); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]HolidayChange{{Date: "2026-10-14", Name: "Hari jadi", Added: true}}, r.Holidays); diff != "" {
		t.Error(diff)
	}
	lines := map[string]ReplayLine{}
	for _, l := range r.Lines {
		lines[l.OPD+"|"+l.Figure] = l
		if _, ok := Describe(l.Figure); !ok {
			t.Errorf("%s is not in the registry", l.Figure)
		}
	}
	if l := lines["|publication.stories"]; l.Then != 12 || l.Data != 13 || l.Now != 13 {
		t.Errorf("stories %+v", l)
	}
	// The rule makes cases late, the data did not.
	if l := lines["|ppid.late"]; l.Data != l.Then || l.Now <= l.Then {
		t.Errorf("late requests %+v", l)
	}
	if r.Then.Closed == nil || r.Data.Closed != nil || r.Now.PPID.Late != lines["|ppid.late"].Now {
		t.Error("the three reports are mixed up")
	}
	// A month that is not closed: its own rules beside today's.
	q.Month = mustMonth(t, "2026-09")
	open, err := m.Replay(t.Context(), q)
	if err != nil || open.Edition != nil || open.Then != open.Data || len(open.Rules) != 1 {
		t.Errorf("an open month: %+v, %v", open, err)
	}
}

// Whoever closes at the same time: one edition comes of it, and the others
// are told of it.
func TestClosingAtTheSameTime(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 1)
	m, q := New(conn), october(t, w)
	errs := make(chan error, 3)
	for range cap(errs) {
		go func() { _, err := m.CloseMonth(t.Context(), q, ""); errs <- err }()
	}
	closed := 0
	for range cap(errs) {
		if err := <-errs; err == nil {
			closed++
		} else if kindOf(err) != AlreadyClosed {
			t.Error(err)
		}
	}
	list, err := m.Editions(t.Context(), q, 10)
	if closed != 1 || len(list) != 1 || err != nil {
		t.Errorf("%d closings, %d editions, %v", closed, len(list), err)
	}
}
