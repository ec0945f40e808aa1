package metrics

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/warehouse/warehousetest"
)

// fillCounts gives every number of a report a value of its own, one element to
// every list and map, and something to every pointer.
func fillCounts(v reflect.Value, next *int) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillCounts(v.Elem(), next)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillCounts(v.Index(0), next)
	case reflect.Map:
		value := reflect.New(v.Type().Elem()).Elem()
		fillCounts(value, next)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("x").Convert(v.Type().Key()), value)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fillCounts(v.Field(i), next)
			}
		}
	case reflect.Int:
		*next++
		v.SetInt(int64(*next))
	}
}

// wholePaths are the dotted paths of the whole numbers of the report.
func wholePaths() []string {
	out := map[string]bool{}
	numericPaths(reflect.TypeFor[Report](), "", false, out)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(out)), func(path string) bool {
		m, ok := Describe(path)
		return !ok || slices.Contains([]string{"share", "probability", "place", "number", "score", "points", "factor"}, m.Unit.EN) ||
			strings.HasSuffix(m.Unit.EN, "attainment")
	})
}

// Every count of the report is compared with the frozen one, but those that
// are said not to be counts of the period.
func TestEveryCountIsCompared(t *testing.T) {
	left := []string{
		"publication.opd.previous_stories", // of another period
		"publication.opd.days_since_last", "publication.opd.target_per_week",
		"fairness.", "index.", // of the ranking, and of how the data came in
		"data_quality.rejected_rows", "data_quality.failed_sources.",
		"people.", ".funnel.", // added up below; judged cases are on time or late
	}
	compared := map[string]bool{}
	var r Report
	n := 0
	fillCounts(reflect.ValueOf(&r).Elem(), &n)
	for _, c := range r.counts() {
		if _, ok := Describe(c.figure); !ok {
			t.Errorf("%s is not in the registry", c.figure)
		}
		if c.n == 0 {
			t.Errorf("%s is counted from nothing", c.figure)
		}
		compared[c.figure] = true
	}
	for _, path := range wholePaths() {
		m, _ := Describe(path)
		if slices.Contains([]string{"working days", "calendar days", "hours"}, m.Unit.EN) {
			continue
		}
		if !compared[path] && !slices.ContainsFunc(left, func(part string) bool { return strings.Contains(path, part) }) {
			t.Errorf("a closed month does not tell of a changed %s", path)
		}
	}
	for _, path := range []string{"people.as_author", "people.as_editor", "people.as_photographer", "people.ppid_handled", "people.complaints_handled", "people.agenda_covered"} {
		if !compared[path] {
			t.Errorf("a closed month does not tell of a changed %s", path)
		}
	}
	again := r
	if list := compareReports(&r, &again); len(list) != 0 {
		t.Errorf("a report differs from itself: %+v", list)
	}
}

// What comes into any register after the closing is told.
func TestLateRegistersAreTold(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 1)
	m, q := New(conn), october(t, w)
	if _, err := m.CloseMonth(t.Context(), q, ""); err != nil {
		t.Fatal(err)
	}
	w.ppid = append(w.ppid, worldRequest{opd: "dinkes", received: mustDay(t, "2026-10-28")})
	w.objections = append(w.objections, worldObjection{opd: "dinkes", received: mustDay(t, "2026-10-29")})
	w.agenda = append(w.agenda, worldEvent{opd: "dinkes", day: mustDay(t, "2026-10-20")})
	sent := time.Date(2026, 10, 20, 3, 0, 0, 0, time.UTC)
	w.submissions = append(w.submissions, worldSubmission{opd: "dinkes", decision: "published", submitted: &sent, decided: &sent})
	w.clarifications = append(w.clarifications, worldClarification{opd: "dinkes", spotted: mustDay(t, "2026-10-20")})
	later := *w
	later.agencies, later.targets, later.people, later.polls, later.runs = nil, nil, nil, nil, nil
	later.store(t, conn, 2)
	list, err := m.Revisions(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, r := range list {
		got[r.OPD+"|"+r.Figure] = r.Today - r.Frozen
	}
	want := map[string]int{
		"|ppid.received": 1, "|ppid.pending": 1, "|ppid.objections": 1, "|agenda.events": 1,
		"dinkes|ppid.opd.n": 1, "dinkes|ppid.opd.pending": 1, "dinkes|agenda.opd.events": 1,
		"|submissions.sent": 1, "|submissions.published": 1, "dinkes|submissions.opd.sent": 1, "dinkes|submissions.opd.published": 1,
		"|clarifications.n": 1, "|clarifications.open": 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("told after the closing (-want +got):\n%s", diff)
	}
	replay, err := m.Replay(t.Context(), q)
	if err != nil || len(replay.Lines) != len(list) {
		t.Errorf("the replay tells %+v, %v; want the %d of the revisions", replay.Lines, err, len(list))
	}
}
