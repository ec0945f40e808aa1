package metrics

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/warehouse/warehousetest"
)

// kind is the kind of mistake an error is, empty for no UserError.
func kindOf(err error) ErrorKind {
	var user *UserError
	if errors.As(err, &user) {
		return user.Kind
	}
	return ""
}

func TestClosedMonthStaysAsItWas(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 1)
	m, q := New(conn), october(t, w)
	before, err := m.Report(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if before.Closed != nil {
		t.Fatalf("an open month says %+v", before.Closed)
	}
	if _, err := m.Revisions(t.Context(), q); kindOf(err) != NotClosed {
		t.Errorf("revisions of an open month: %v", err)
	}
	edition, err := m.CloseMonth(t.Context(), q, "")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(edition.ID, "1971-202610-1-") || edition.Number != 1 || len(edition.Hash) != 64 {
		t.Errorf("edition %+v", edition)
	}
	if list, err := m.Revisions(t.Context(), q); err != nil || len(list) > 0 {
		t.Errorf("revisions right after closing: %v, %v", list, err)
	}

	// Late articles, a late answer, a corrected name.
	w.stories = append(w.stories, worldStory{opd: "dinkes", day: mustDay(t, "2026-10-12")}, worldStory{opd: "dinkes", day: mustDay(t, "2026-10-13")})
	w.ppid[6].notified = ref(mustDay(t, "2026-10-02")) // the late one was answered in time after all
	later := *w
	later.agencies, later.targets, later.people, later.polls, later.runs = nil, nil, nil, nil, nil
	later.store(t, conn, 2)

	q.Now = q.Now.Add(240 * time.Hour)
	frozen, err := m.Report(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if frozen.Closed == nil || frozen.Closed.ID != edition.ID || !frozen.Closed.ClosedAt.Equal(edition.ClosedAt) {
		t.Errorf("closed %+v, want edition %s", frozen.Closed, edition.ID)
	}
	want := *before
	want.Closed = frozen.Closed
	if diff := cmp.Diff(&want, frozen); diff != "" {
		t.Errorf("the closed month changed (-before +now):\n%s", diff)
	}
	q.AsOf, q.AsOfSet = mustDay(t, "2026-11-05"), true
	if live, err := m.Report(t.Context(), q); err != nil || live.Closed != nil || live.Publication.Stories != before.Publication.Stories+2 {
		t.Errorf("an as-of day of one's own gives %+v, %v; want today's data", live, err)
	}
	q.AsOfSet = false
	revisions, err := m.Revisions(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []Revision{
		{Figure: "publication.stories", Frozen: 12, Today: 14},
		{OPD: "dinkes", Name: "Dinas Kesehatan", Figure: "publication.opd.stories", Frozen: 1, Today: 3},
		{OPD: "dinkes", Name: "Dinas Kesehatan", Figure: "ppid.opd.late", Frozen: 1, Today: 0},
		{Figure: "ppid.on_time", Frozen: 8, Today: 9},
	} {
		if !slices.Contains(revisions, want) {
			t.Errorf("revisions lack %+v:\n%+v", want, revisions)
		}
	}

	// A day off and a limit put on record afterwards change how cases are judged
	// today, and are no late data.
	for _, statement := range []string{
		"INSERT INTO holidays (region, date, name, kind, key_hash, version) VALUES ('19.71', '2026-10-14', 'Hari jadi', 'libur daerah', 777, 1)",
		"INSERT INTO rules (region, rule, case_kind, limit_days, extended_limit_days, unit, clock_start, clock_stop, law, article, valid_from, valid_to, version) VALUES ('', 'ppid', '', 1, 2, 'working day', '', '', 'UU Baru', 'Pasal 1', '2026-09-01', NULL, 2)",
	} {
		if err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	again, err := m.Revisions(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(revisions, again); diff != "" {
		t.Errorf("rules recorded since are told as late data (-before +after):\n%s", diff)
	}
	live := q
	live.AsOf, live.AsOfSet = mustDay(t, "2026-11-05"), true
	if r, err := m.Report(t.Context(), live); err != nil || r.PPID.Late <= before.PPID.Late {
		t.Errorf("today's rules make nothing late: %+v, %v", r, err)
	}
	for _, statement := range []string{"ALTER TABLE holidays DELETE WHERE key_hash = 777 SETTINGS mutations_sync = 2", "ALTER TABLE rules DELETE WHERE law = 'UU Baru' SETTINGS mutations_sync = 2"} {
		if err := conn.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}

	if _, err := m.CloseMonth(t.Context(), q, " "); kindOf(err) != AlreadyClosed || !strings.Contains(err.Error(), edition.ID) {
		t.Errorf("closing twice: %v", err)
	}
	second, err := m.CloseMonth(t.Context(), q, "Register Dinas Kesehatan terlambat masuk")
	if err != nil {
		t.Fatal(err)
	}
	if second.Number != 2 || second.ID == edition.ID || second.Report.Publication.Stories != 14 {
		t.Errorf("revision %+v", second)
	}
	list, err := m.Editions(t.Context(), q, 10)
	if err != nil || len(list) != 2 || list[0].ID != second.ID || list[1].Report.Publication.Stories != 12 {
		t.Errorf("editions %+v, %v", list, err)
	}
	found, err := m.EditionByID(t.Context(), " "+strings.ToLower(edition.ID)+" ")
	if err != nil || found == nil || found.Hash != edition.Hash || found.Report.Publication.Stories != 12 {
		t.Errorf("by its code: %+v, %v", found, err)
	}
	if none, err := m.EditionByID(t.Context(), "1971-202610-1-XXXXXXXX"); none != nil || err != nil {
		t.Errorf("an unknown code: %+v, %v", none, err)
	}
}

func TestClosingIsRefused(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 1)
	m, q := New(conn), october(t, w)
	running := q
	running.Month = mustMonth(t, "2026-11")
	if _, err := m.CloseMonth(t.Context(), running, ""); kindOf(err) != MonthRunning {
		t.Errorf("the running month: %v", err)
	}
	// 30 November 23:30 WIB is still November there, 1 December in no other sense.
	running.Now = time.Date(2026, 11, 30, 16, 30, 0, 0, time.UTC)
	if _, err := m.CloseMonth(t.Context(), running, ""); kindOf(err) != MonthRunning {
		t.Errorf("half an hour before the month ends: %v", err)
	}
	running.Now = time.Date(2026, 11, 30, 17, 30, 0, 0, time.UTC)
	if _, err := m.CloseMonth(t.Context(), running, ""); err != nil {
		t.Errorf("half an hour after the month has ended: %v", err)
	}
	early := q
	early.AsOf, early.AsOfSet = mustDay(t, "2026-10-20"), true
	if _, err := m.CloseMonth(t.Context(), early, ""); kindOf(err) != MonthRunning {
		t.Errorf("as of a day within the month: %v", err)
	}
	if _, err := m.CloseMonth(t.Context(), q, "revisi"); kindOf(err) != NotClosed {
		t.Errorf("a revision of an open month: %v", err)
	}
}
