package metrics

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// world is the data of a region as a test invents it: what goes into the
// rollups, and what the naive measure reads.
type world struct {
	region     region.Region
	agencies   []agency
	targets    []worldTarget
	stories    []worldStory
	articles   []worldArticle
	ppid       []worldRequest
	objections []worldObjection
	complaints []worldComplaint
	polls      []worldPoll
	people     []worldPerson
	agenda     []worldEvent
	runs       []worldRun

	submissions    []worldSubmission
	clarifications []worldClarification
	told           []worldTold
}

type worldTarget struct {
	opd     string
	from    calendar.Day
	perWeek float64
}

type worldStory struct {
	opd, place                      string
	day                             calendar.Day
	authors, editors, photographers []string
	channels                        []string
}

type worldArticle struct {
	opd       string
	channel   string
	day       *calendar.Day
	firstSeen calendar.Day
	unmatched bool
	unknown   []string
}

type worldRequest struct {
	opd, officer                   string
	received                       calendar.Day
	completed, notified, withdrawn *calendar.Day
	withdrawnFirst                 bool
	extended, refused              bool
}

type worldObjection struct {
	opd      string
	received calendar.Day
	answered *calendar.Day
}

type worldComplaint struct {
	opd, kind, officer                                  string
	submitted                                           calendar.Day
	verified, assigned, responded, resolved, misroutedA *calendar.Day
	handed                                              []worldSpell
}

type worldPoll struct {
	source, opd, reason string
	at                  time.Time
	answered            bool
}

type worldPerson struct{ id, name, group, opd string }

type worldEvent struct {
	opd string
	day calendar.Day
}

type worldRun struct {
	kind, source string
	started      time.Time
	finished     bool
	rejected     uint64
}

// store writes the world as one generation of its region.
func (w *world) store(t testing.TB, conn driver.Conn, generation uint64) {
	t.Helper()
	storeAll(t, conn, generation, w)
}

// storeAll writes several worlds, each table once: a statement costs more than
// its rows.
func storeAll(t testing.TB, conn driver.Conn, generation uint64, worlds ...*world) {
	t.Helper()
	var tables []string
	rows := map[string][][]any{}
	for _, w := range worlds {
		w.write(func(into string, n int, row func(i int) []any) {
			if n > 0 && rows[into] == nil {
				tables = append(tables, into)
			}
			for i := range n {
				rows[into] = append(rows[into], row(i))
			}
		}, generation)
	}
	for _, into := range tables {
		insert(t, conn, into, len(rows[into]), func(i int) []any { return rows[into][i] })
	}
}

// write gives every row of the world, table by table.
func (w *world) write(put func(into string, rows int, row func(i int) []any), generation uint64) {
	code := w.region.Code
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	put("opd (region, code, name, short_name, peer_group, target_per_week, has_source, valid_from, valid_to, key_hash, version)", len(w.agencies), func(i int) []any {
		o := w.agencies[i]
		return []any{code, o.code, o.name, o.shortName, o.peerGroup, o.target, o.hasSource, date(o.from), date(o.until), uint64(i), generation}
	})
	put("targets (region, opd_raw, from_date, target_per_week, key_hash, version)", len(w.targets), func(i int) []any {
		g := w.targets[i]
		return []any{code, g.opd, g.from.Time(time.UTC), g.perWeek, uint64(i), generation}
	})
	put("stories (region, generation, story_id, opd, published_at, day, place, articles, authors, editors, photographers, channels)", len(w.stories), func(i int) []any {
		s := w.stories[i]
		return []any{
			code, generation, uint64(i + 1), s.opd, s.day.Time(w.region.Zone).Add(9 * time.Hour).UTC(), s.day.Time(time.UTC), s.place, uint32(1),
			list(s.authors), list(s.editors), list(s.photographers), list(s.channels),
		}
	})
	put("story_articles (region, generation, url, day, first_seen_at, first_seen_day, opd, channel, unmatched_opd, unmatched_people)", len(w.articles), func(i int) []any {
		a := w.articles[i]
		return []any{code, generation, "https://example.go.id/" + time.Unix(int64(i), 0).String(), date(a.day), at, a.firstSeen.Time(time.UTC), a.opd, a.channel, a.unmatched, list(a.unknown)}
	})
	put("ppid_cases (region, generation, opd, received_day, completed_day, notified_day, withdrawn_day, withdrawn_before_notified, extended, refused, officer)", len(w.ppid), func(i int) []any {
		c := w.ppid[i]
		return []any{code, generation, c.opd, c.received.Time(time.UTC), date(c.completed), date(c.notified), date(c.withdrawn), c.withdrawnFirst, c.extended, c.refused, c.officer}
	})
	put("objection_cases (region, generation, opd, received_day, answered_day)", len(w.objections), func(i int) []any {
		return []any{code, generation, w.objections[i].opd, w.objections[i].received.Time(time.UTC), date(w.objections[i].answered)}
	})
	w.storeCases(put, generation)
	put("polls (region, source, opd, polled_at, answered, reason)", len(w.polls), func(i int) []any {
		p := w.polls[i]
		return []any{code, p.source, p.opd, p.at, p.answered, p.reason}
	})
	put("people (region, person_id, name, person_group, opd_raw, key_hash, version)", len(w.people), func(i int) []any {
		p := w.people[i]
		return []any{code, p.id, p.name, p.group, p.opd, uint64(i), generation}
	})
	put("agenda_items (region, generation, agenda_id, day, opd)", len(w.agenda), func(i int) []any {
		return []any{code, generation, fmt.Sprint("a", i), w.agenda[i].day.Time(time.UTC), w.agenda[i].opd}
	})
	put("ingest_runs (region, run_id, kind, source, started_at, finished_at, rejected, version)", len(w.runs), func(i int) []any {
		r := w.runs[i]
		var finished *time.Time
		if r.finished {
			f := r.started.Add(time.Minute)
			finished = &f
		}
		return []any{code, "00000000-0000-0000-0000-0000000000" + string([]byte{'a' + byte(i/10), '0' + byte(i%10)}), r.kind, r.source, r.started, finished, r.rejected, uint64(1)}
	})
	names := []string{"articles", "ppid", "objections", "complaints", "agenda", "coverage", "submissions", "clarifications"}
	put("rollup_generations (region, rollup, generation, built_at)", len(names), func(i int) []any {
		return []any{code, names[i], generation, at}
	})
}

func insert(t testing.TB, conn driver.Conn, into string, rows int, row func(i int) []any) {
	t.Helper()
	if rows == 0 {
		return
	}
	b, err := conn.PrepareBatch(context.Background(), "INSERT INTO "+into)
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		if err := b.Append(row(i)...); err != nil {
			t.Fatalf("%s: %v", into, err)
		}
	}
	if err := b.Send(); err != nil {
		t.Fatalf("%s: %v", into, err)
	}
}

// storeHolidays writes the national list of the tests: 2019 to 2027.
func storeHolidays(t testing.TB, conn driver.Conn) []calendar.Holiday {
	t.Helper()
	list := holidayList(t)
	insert(t, conn, "holidays (region, date, name, kind, key_hash, version)", len(list), func(i int) []any {
		return []any{"", list[i].Day.Time(time.UTC), list[i].Name, list[i].Kind, uint64(i), uint64(1)}
	})
	return list
}

func holidayList(t testing.TB) []calendar.Holiday {
	t.Helper()
	f, err := os.Open("calendar/testdata/holidays_id.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []calendar.Holiday
	for _, row := range rows[1:] {
		out = append(out, calendar.Holiday{Day: mustDay(t, row[0]), Name: row[1], Kind: row[2]})
	}
	return out
}

func date(d *calendar.Day) *time.Time {
	if d == nil {
		return nil
	}
	t := d.Time(time.UTC)
	return &t
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func mustDay(t testing.TB, text string) calendar.Day {
	t.Helper()
	d, err := calendar.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustMonth(t testing.TB, text string) calendar.Month {
	t.Helper()
	m, err := calendar.ParseMonth(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// ref returns the address of a value.
func ref[T any](v T) *T { return &v }
