package metrics

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/warehouse/warehousetest"
)

func TestSearch(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	w := scenario(t)
	w.store(t, conn, 1)
	code := w.region.Code
	insert(t, conn, "aliases (region, kind, alias, target, key_hash, version)", 3, func(i int) []any {
		return [][]any{
			{code, "opd", "Kantor Infokom", "kominfo", uint64(1), uint64(1)},
			{code, "person", "Wak Ani", "p1", uint64(2), uint64(1)},
			{"32.01", "person", "Wak Budi", "p2", uint64(3), uint64(1)}, // another region's
		}[i]
	})
	m, q := New(conn), october(t, w)
	found := func(text string) (opd, people []string) {
		t.Helper()
		got, err := m.Search(t.Context(), q, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range got.OPD {
			line := o.OPD
			if o.Exact {
				line += " exact"
			}
			if o.Matched != "" {
				line += " as " + o.Matched
			}
			opd = append(opd, line)
		}
		for _, p := range got.People {
			line := p.PersonID + " of " + p.OPD
			if p.Exact {
				line += " exact"
			}
			if p.Matched != "" {
				line += " as " + p.Matched
			}
			people = append(people, line)
		}
		return opd, people
	}
	for _, c := range []struct {
		text        string
		opd, people []string
	}{
		{"KOMINFO", []string{"kominfo exact"}, nil}, // the code
		{"diskominfo", []string{"kominfo exact"}, nil},
		{"  dinas   kominfo ", []string{"kominfo exact"}, nil},
		{"infokom kantor", []string{"kominfo as kantor infokom"}, nil},
		{"kantor-infokom", []string{"kominfo exact as kantor infokom"}, nil},
		{"badan", []string{"baru", "tanpa"}, nil},
		{"dinas", []string{"diam", "dinkes", "kominfo", "gagal"}, nil}, // Dinas Bubar is no more
		{"ani", nil, []string{"p1 of kominfo exact"}},
		{"wak ani", nil, []string{"p1 of kominfo exact as Wak Ani"}},
		{"wak budi", nil, nil},
		{"p2", nil, []string{"p2 of dinkes exact"}},
		{"bu", nil, []string{"p2 of dinkes"}},
		{"tidak ada", nil, nil},
		{"%'\\ --", nil, nil},
		{"", nil, nil},
	} {
		opd, people := found(c.text)
		if diff := cmp.Diff([][]string{c.opd, c.people}, [][]string{opd, people}); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

// The rows are those of the figures: as many stories, articles, events and
// cases as the report counts for the OPD.
func TestOPDDetailIsTheReport(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 1)
	m, q := New(conn), october(t, w)
	r, err := m.Report(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Publication.OPD {
		d, err := m.OPDDetail(t.Context(), q, o.OPD)
		if err != nil {
			t.Fatal(err)
		}
		articles := len(d.Others)
		for _, s := range d.Stories {
			articles += len(s.Articles)
		}
		events, cohort := 0, map[DetailKind]int{}
		for _, a := range r.Agenda.OPD {
			if a.OPD == o.OPD {
				events = a.Events
			}
		}
		for _, c := range d.Cases {
			if c.OPD != o.OPD {
				t.Errorf("%s has a case of %q", o.OPD, c.OPD)
			}
			if c.State != "" {
				cohort[c.Kind]++
			}
		}
		of := func(rows []CaseOPD) int {
			for _, c := range rows {
				if c.OPD == o.OPD {
					return c.OnTime + c.Late + c.Pending + c.Excluded
				}
			}
			return 0
		}
		want := []int{o.Stories, o.Articles, events, of(r.PPID.OPD), of(r.Complaints.FirstResponse.OPD), of(r.Complaints.Resolve.OPD)}
		got := []int{len(d.Stories), articles, len(d.Agenda), cohort[DetailRequest], cohort[DetailFirstResponse], cohort[DetailResolve]}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: stories, articles, events, requests, responses, resolved (-report +rows):\n%s", o.OPD, diff)
		}
		if d.Name != o.Name || d.OPD != o.OPD || d.AsOf != r.AsOf {
			t.Errorf("%s is described as %s %s per %s", o.OPD, d.OPD, d.Name, d.AsOf)
		}
	}
	// An OPD that ended before the month is not there.
	for _, code := range []string{"bubar", "", "' OR 1=1"} {
		var user *UserError
		if _, err := m.OPDDetail(t.Context(), q, code); !errors.As(err, &user) || user.Kind != NotFound {
			t.Errorf("%q: %v, want not found", code, err)
		}
	}
}

// A story knows its articles, the earliest first; an article of another
// month's story stands apart.
func TestOPDDetailArticles(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	storeHolidays(t, conn)
	w := scenario(t)
	w.store(t, conn, 1)
	at := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	insert(t, conn, "stories (region, generation, story_id, opd, day, title, url)", 1, func(int) []any {
		return []any{w.region.Code, uint64(1), uint64(900), "diam", at, "Judul", "https://a.example/1"}
	})
	insert(t, conn, "story_articles (region, generation, url, title, published_at, day, first_seen_at, first_seen_day, story_id, opd, channel)", 3, func(i int) []any {
		return [][]any{
			{w.region.Code, uint64(1), "https://b.example/1", "Ulang", at.Add(time.Hour), at, at, at, uint64(900), "diam", "portal"},
			{w.region.Code, uint64(1), "https://a.example/1", "Judul", at, at, at, at, uint64(900), "diam", "website"},
			{w.region.Code, uint64(1), "https://c.example/1", "Lain", at, at, at, at, uint64(901), "diam", "media"},
		}[i]
	})
	d, err := New(conn).OPDDetail(t.Context(), october(t, w), "diam")
	if err != nil {
		t.Fatal(err)
	}
	want := []OPDStory{{Date: "2026-10-01", Title: "Judul", URL: "https://a.example/1", Articles: []OPDArticle{
		{"2026-10-01", "Judul", "https://a.example/1", "website"}, {"2026-10-01", "Ulang", "https://b.example/1", "portal"},
	}}}
	if diff := cmp.Diff(want, d.Stories); diff != "" {
		t.Errorf("stories (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]OPDArticle{{"2026-10-01", "Lain", "https://c.example/1", "media"}}, d.Others); diff != "" {
		t.Errorf("others (-want +got):\n%s", diff)
	}
}
