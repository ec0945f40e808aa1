package dashboard

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gaung/metrics"
)

// Rows are ordered by the column, those not known last, equal ones by name
// whichever the direction.
func TestSortRows(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var rows []metrics.PublicationOPD
		for i := range rapid.IntRange(0, 12).Draw(rt, "rows") {
			o := metrics.PublicationOPD{OPD: string(rune('a' + i)), Name: rapid.StringMatching(`[A-C]`).Draw(rt, "name") + string(rune('a'+i))}
			if rapid.Bool().Draw(rt, "known") {
				n := rapid.IntRange(0, 3).Draw(rt, "days")
				o.DaysSinceLast = &n
			}
			rows = append(rows, o)
		}
		before := slices.Clone(rows)
		s := &sorting{key: "days_since_last", descending: rapid.Bool().Draw(rt, "descending")}
		got := sortRows(s, rows, func(o metrics.PublicationOPD) string { return o.Name }, leagueColumns)
		if diff := cmp.Diff(before, rows); diff != "" {
			rt.Fatalf("the report's own rows changed:\n%s", diff)
		}
		for i := 1; i < len(got); i++ {
			a, b := got[i-1], got[i]
			switch {
			case a.DaysSinceLast == nil && b.DaysSinceLast != nil:
				rt.Fatal("an unknown value stands before a known one")
			case a.DaysSinceLast == nil || b.DaysSinceLast == nil:
			case *a.DaysSinceLast != *b.DaysSinceLast:
				if (*a.DaysSinceLast > *b.DaysSinceLast) != s.descending {
					rt.Fatal("wrong direction")
				}
				continue
			}
			if (a.DaysSinceLast == nil) == (b.DaysSinceLast == nil) && strings.ToLower(a.Name) > strings.ToLower(b.Name) {
				rt.Fatalf("%s before %s", a.Name, b.Name)
			}
		}
	})
}

// The heads of a table are links that order it without scripts; the chart has
// the order of the rows, and the ranking's order is the one to begin with.
func TestSortableHeads(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	_, plain := get(t, s, "/publikasi?month=2026-10")
	if got := strings.Count(plain, "aria-sort="); got != 1 || !strings.Contains(plain, `aria-sort="ascending"><a class="sort" href="?month=2026-10&amp;region=99.01">Tempat`) {
		t.Errorf("%d heads are ordered by, or the places are not", got)
	}
	mention(t, "the head of the stories", plain, `<th scope="col" class="figure"><a class="sort" href="?month=2026-10&amp;region=99.01&amp;sort=stories&amp;dir=desc">Berita`)
	_, sorted := get(t, s, "/publikasi?month=2026-10&region=99.01&sort=name")
	mention(t, "the page in order of name", sorted, `aria-sort="ascending"><a class="sort" href="?month=2026-10&amp;region=99.01&amp;sort=name&amp;dir=desc">OPD`, `name="sort" value="name"`)
	sorted, _, _ = strings.Cut(sorted, `class="league apart"`)
	names := regexp.MustCompile(`class="name"><a href="[^"]*">([^<]*)</a></th>\s*<td class="status">`).FindAllStringSubmatch(sorted, -1)
	var rows []string
	for _, m := range names {
		rows = append(rows, m[1])
	}
	if len(rows) < 3 || !slices.IsSortedFunc(rows, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }) {
		t.Errorf("rows %v", rows)
	}
	_, whole := get(t, s, "/publikasi?month=2026-10&region=99.01&sort=name")
	chart := regexp.MustCompile(`(?s)id="data-berita-per-opd">(.*?)</script>`).FindStringSubmatch(whole)
	if chart == nil {
		t.Fatal("no chart")
	}
	at := -1
	for _, name := range rows {
		next := strings.Index(chart[1], strings.ReplaceAll(name, "&amp;", `\u0026`))
		if next >= 0 && next < at {
			t.Errorf("the chart has %s before the row above it", name)
		}
		at = max(at, next)
	}
	if strings.Contains(sorted, "tier-start") {
		t.Error("tiers are marked in an order that is not theirs")
	}
	_, cases := get(t, s, "/ppid?month=2026-10&region=99.01&sort=late&dir=desc")
	mention(t, "the cases", cases, `aria-sort="descending"><a class="sort" href="?month=2026-10&amp;region=99.01&amp;sort=late">Terlambat`)
}

// Every column is a field of its rows and a figure of the registry: none is
// ordered by nothing.
func TestColumnsAreFields(t *testing.T) {
	for _, path := range leagueColumns {
		if _, ok := fieldOf[metrics.PublicationOPD](columnKey(path)); !ok {
			t.Errorf("%s is no field of the league table", path)
		}
	}
	for _, path := range caseColumns {
		if _, ok := fieldOf[metrics.CaseOPD](columnKey(path)); !ok {
			t.Errorf("%s is no field of the response times", path)
		}
	}
	for _, path := range slices.Concat(leagueColumns, caseColumns) {
		if _, ok := metrics.Describe(path); !ok {
			t.Errorf("%s is not in the registry", path)
		}
	}
	for _, key := range []string{"", "opd", "name ", "others_attainment", "tier"} {
		if _, err := (address{Sort: key}).order(); (err == nil) != (key == "") {
			t.Errorf("order by %q: %v", key, err)
		}
	}
}

// Where rows are cards the same links stand in a list of their own, and what is
// chosen is said.
func TestSortChoices(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	_, plain := get(t, s, "/publikasi?month=2026-10&region=99.01")
	heads := regexp.MustCompile(`<a class="sort" href="([^"]*)">`).FindAllStringSubmatch(plain, -1)
	_, list, _ := strings.Cut(plain, `<details class="menu sorts">`)
	list, _, _ = strings.Cut(list, "</details>")
	choices := regexp.MustCompile(`<li><a href="([^"]*)"`).FindAllStringSubmatch(list, -1)
	if len(heads) != 9 || len(choices) != len(heads) {
		t.Fatalf("%d heads, %d choices", len(heads), len(choices))
	}
	for i := range heads {
		if heads[i][1] != choices[i][1] {
			t.Errorf("head %s, choice %s", heads[i][1], choices[i][1])
		}
	}
	mention(t, "the order of the ranking", list, `Urutkan: Tempat <span aria-hidden="true">▲</span><span class="unseen">(menaik)</span></summary>`)
	_, sorted := get(t, s, "/publikasi?month=2026-10&region=99.01&sort=stories&dir=desc")
	mention(t, "the order of the stories", sorted, `Urutkan: Berita <span aria-hidden="true">▼</span><span class="unseen">(menurun)</span></summary>`,
		`aria-current="true">Berita <span aria-hidden="true">▼</span>`, `data-told="Ditampilkan: Kabupaten Contoh, Oktober 2026. Urut Berita, menurun."`)
}
