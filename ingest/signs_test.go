package ingest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestBackdated marks what the polls disprove, and nothing a first pull, an
// outage or an import brings.
func TestBackdated(t *testing.T) {
	b := newBench(t)
	item := func(n int, at time.Time) string {
		return feedItem(fmt.Sprint("https://dinkes.contoh.go.id/", n), fmt.Sprint("Berita ", n), at.Format(time.RFC1123Z), "", fmt.Sprintf("<p>%s %d</p>", words(n, 1000), n))
	}
	start := b.clock.now
	f := newFeed(item(1, start.Add(-200*24*time.Hour)))
	c := testConfig(t, pullSource("dinkes", serve(t, f), "Dinkes", "website"))
	pull(t, b, c) // a first pull of an old article
	b.clock.now = start.Add(5 * 24 * time.Hour)
	pull(t, b, c) // answered, nothing new
	b.clock.now = start.Add(6 * 24 * time.Hour)
	f.set(item(2, start.Add(24*time.Hour)) + // the poll four days after this date did not have it
		item(3, start.Add(3*24*time.Hour)) + // that poll came two days after
		item(4, start.Add(-24*time.Hour))) // before the source was first polled
	pull(t, b, c)
	b.clock.now = start.Add(16 * 24 * time.Hour)
	f.set(item(5, start.Add(7*24*time.Hour))) // published while nobody asked
	pull(t, b, c)
	b.give("articles", "url,title,published_at,first_seen_at\nhttps://lain.contoh.go.id/6,Berita 6,2026-01-05,2026-10-05\n")
	want := []string{"Berita 1|[]", "Berita 2|['backdated']", "Berita 3|[]", "Berita 4|[]", "Berita 5|[]", "Berita 6|[]"}
	if diff := cmp.Diff(want, b.current("story_articles", "articles", "title, flags", "title")); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, b.current("stories", "articles", "title, flags", "title")); diff != "" {
		t.Errorf("stories (-want +got):\n%s", diff)
	}
}

// TestBursts marks more than five stories of one OPD within an hour, and a
// month that is filled on its last two days.
func TestBursts(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	var file strings.Builder
	file.WriteString("url,title,published_at,opd,body\n")
	n := 0
	add := func(opd string, times ...string) {
		for _, at := range times {
			n++
			fmt.Fprintf(&file, "https://a.contoh.go.id/%d,%s %s,%s,%s,%s\n", n, opd, at, at, opd, strings.ReplaceAll(words(n, 1000), "\n", " "))
		}
	}
	add("Dinkes", "2026-07-06 08:00", "2026-07-06 08:10", "2026-07-06 08:20", "2026-07-06 08:30", "2026-07-06 08:40", "2026-07-06 08:59") // six in an hour
	add("Dinsos", "2026-07-06 08:00", "2026-07-06 08:10", "2026-07-06 08:20", "2026-07-06 08:30", "2026-07-06 08:40", "2026-07-06 09:00") // five and one
	add("Diskominfo", "2026-07-06", "2026-07-06", "2026-07-06", "2026-07-06", "2026-07-06", "2026-07-06", "2026-07-06")                   // no hour is known
	add("3.25", "2026-09-03 08:00", "2026-09-29 08:00", "2026-09-30 08:00", "2026-09-30 09:30")                                           // three of four at the end
	add("3.27", "2026-08-03 08:00", "2026-08-04 08:00", "2026-08-05 08:00", "2026-08-06 08:00", "2026-08-07 08:00",
		"2026-08-30 08:00", "2026-08-31 08:00", "2026-08-31 09:30") // three of eight
	b.give("articles", file.String())
	want := []string{
		"3.25 2026-09-29 08:00", "3.25 2026-09-30 08:00", "3.25 2026-09-30 09:30",
		"Dinkes 2026-07-06 08:00", "Dinkes 2026-07-06 08:10", "Dinkes 2026-07-06 08:20", "Dinkes 2026-07-06 08:30", "Dinkes 2026-07-06 08:40", "Dinkes 2026-07-06 08:59",
	}
	for _, table := range []string{"stories", "story_articles"} {
		if diff := cmp.Diff(want, b.rows("SELECT title FROM "+table+" WHERE has(flags, 'burst') ORDER BY title")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", table, diff)
		}
	}
}

// TestFlags keeps what is doubtful about a date, and marks the copy that was
// edited, not the one that is the same.
func TestFlags(t *testing.T) {
	b := newBench(t)
	body := strings.ReplaceAll(words(1, 1000), "\n", " ")
	b.give("articles", "url,title,published_at,channel,body\n"+
		"https://a.contoh.go.id/1,Vaksinasi balita di tiga kecamatan,2026-10-05T08:00:00+07:00,website,"+body+"\n"+
		"https://b.contoh.go.id/1,Vaksinasi balita di tiga kecamatan,2026-10-05T09:00:00+07:00,portal,"+body+"\n"+
		"https://c.contoh.go.id/1,Vaksinasi balita di tiga kecamatan,2026-10-05T10:00:00+07:00,media,"+body+" tambahan\n"+
		"https://a.contoh.go.id/2,Tanpa zona,2026-10-05 08:00,website,\n"+
		"https://a.contoh.go.id/3,Hari atau bulan,5/10/2026,website,\n"+
		"https://a.contoh.go.id/4,Masa depan,2027-01-05T08:00:00+07:00,website,\n"+
		"https://a.contoh.go.id/5,Nol,1970-01-01,website,\n")
	want := []string{
		"https://a.contoh.go.id/1|[]", "https://a.contoh.go.id/2|['zoneless']", "https://a.contoh.go.id/3|['ambiguous_day_month']",
		"https://a.contoh.go.id/4|['future']", "https://a.contoh.go.id/5|['epoch']", "https://b.contoh.go.id/1|[]", "https://c.contoh.go.id/1|['near_copy']",
	}
	if diff := cmp.Diff(want, b.current("story_articles", "articles", "url, flags", "url")); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
}
