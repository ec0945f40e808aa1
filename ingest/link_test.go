package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLinksLeadWhereTheyWereRead: rollups hold addresses that answer, while one
// article stays one whatever its spelling, and its event day is found.
func TestLinksLeadWhereTheyWereRead(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	rows := "url,title,published_at,opd,channel,event_date\n" +
		"http://dinkes.contoh.go.id/a/,Judul satu dinas kesehatan,2026-10-05 08:00,Dinkes,website,2026-10-04\n" +
		"https://www.dinkes.contoh.go.id/b?utm_source=rss,Judul dua dinas kesehatan,2026-10-06 08:00,Dinkes,website,2026-10-05\n" +
		"HTTP://WWW.dinkes.contoh.go.id:80/c,Judul tiga dinas kesehatan,2026-10-07 08:00,Dinkes,website,2026-10-06\n" +
		"https://dinkes.contoh.go.id/d,Judul empat dinas kesehatan,2026-10-08 08:00,Dinkes,website,2026-10-07\n" +
		"www.dinkes.contoh.go.id/e,Judul lima dinas kesehatan,2026-10-09 08:00,Dinkes,website,2026-10-08\n"
	b.want(b.give("articles", rows), 5, 0, 0, 0)
	b.want(b.give("articles", "url,title,published_at,opd,channel,event_date\nhttps://dinkes.contoh.go.id/a,Judul satu dinas kesehatan,2026-10-05 08:00,Dinkes,website,2026-10-04\n"), 0, 0, 1, 0)
	want := []string{
		"2026-10-05|http://dinkes.contoh.go.id/a", "2026-10-06|https://www.dinkes.contoh.go.id/b", "2026-10-07|http://www.dinkes.contoh.go.id/c",
		"2026-10-08|https://dinkes.contoh.go.id/d", "2026-10-09|https://www.dinkes.contoh.go.id/e",
	}
	for _, table := range []string{"stories", "story_articles"} {
		if diff := cmp.Diff(want, b.current(table, "articles", "day, url", "day")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", table, diff)
		}
	}
	b.give("agenda", "agenda_id,date,opd,title\n1,2026-10-04,Dinkes,Judul satu dinas kesehatan\n")
	events := b.current("story_events", "coverage", "event_day, url", "event_day")
	if len(events) != 5 || events[0] != "2026-10-04|http://dinkes.contoh.go.id/a" {
		t.Errorf("events %v", events)
	}
}
