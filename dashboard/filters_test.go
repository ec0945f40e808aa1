package dashboard

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"gaung/metrics"
)

// filterOffice is an office whose seven OPD have peer groups and whose stories
// stand on several channels, from January to the first days of March.
func filterOffice(t *testing.T) *office {
	t.Helper()
	o := newOffice(t, Gate{})
	o.exec("INSERT INTO opd (region, code, name, peer_group, has_source, key_hash, version) SELECT '99.01', concat('1.0', toString(number + 1)), concat('Dinas ', char(65 + number)), if(number % 2 = 0, 'dinas', 'kecamatan'), true, number + 1, 2 FROM numbers(7)")
	o.exec("INSERT INTO holidays (region, date, name, kind, key_hash, version) VALUES ('', '2025-01-01', 'Tahun Baru', 'libur nasional', 2, 1)")
	o.exec("INSERT INTO stories (region, generation, story_id, opd, published_at, day, title, url, articles, channels) SELECT '99.01', 2, number, concat('1.0', toString(1 + cityHash64(number) % 7)), toDateTime64('2026-01-01 03:00:00', 3, 'UTC') + toIntervalDay(number % 68), toDate32('2026-01-01') + toIntervalDay(number % 68), concat('Berita ', toString(number)), concat('https://contoh.go.id/', toString(number)), 1, [['website', 'portal', 'instagram'][1 + number % 3]] FROM numbers(240)")
	o.exec("INSERT INTO story_articles (region, generation, url, title, published_at, day, first_seen_day, channel, story_id, opd) SELECT region, generation, url, title, published_at, day, day, channels[1], story_id, opd FROM stories WHERE generation = 2")
	o.exec("INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, notified_day, refused, refusal_reason) SELECT '99.01', 2, concat('1.0', toString(1 + number % 5)), toString(number), toDate32('2026-01-03') + toIntervalDay(number), toDate32('2026-01-09') + toIntervalDay(number), false, '' FROM numbers(60)")
	o.exec("INSERT INTO rollup_generations (region, rollup, generation) VALUES ('99.01', 'articles', 2), ('99.01', 'ppid', 2)")
	return o
}

// drawNarrowing is a random period with a random comparison and random filters.
func drawNarrowing(rt *rapid.T) url.Values {
	q := url.Values{"region": {"99.01"}}
	if rapid.Bool().Draw(rt, "month") {
		q.Set("month", rapid.SampledFrom([]string{"2026-01", "2026-02", "2026-03"}).Draw(rt, "which"))
	} else {
		first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 50).Draw(rt, "first"))
		q.Set("from", first.Format(time.DateOnly))
		q.Set("to", first.AddDate(0, 0, rapid.IntRange(0, 40).Draw(rt, "days")).Format(time.DateOnly))
	}
	if rapid.Bool().Draw(rt, "year") {
		q.Set("compare", "year")
	}
	group := rapid.SampledFrom([]string{"", "dinas", "kecamatan"}).Draw(rt, "group")
	if group != "" {
		q.Set("peer_group", group)
	}
	members := map[string][]string{"": {"1.01", "1.02", "1.06", "1.07"}, "dinas": {"1.01", "1.03", "1.07"}, "kecamatan": {"1.02", "1.04"}}[group]
	if rapid.Bool().Draw(rt, "by OPD") {
		q.Set("opd", strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(members), 1, 2, rapid.ID[string]).Draw(rt, "opd"), "|"))
	}
	if channel := rapid.SampledFrom([]string{"", "website", "portal", "tiktok"}).Draw(rt, "channel"); channel != "" {
		q.Set("channel", channel)
	}
	if rapid.Bool().Draw(rt, "sorted") {
		q.Set("sort", rapid.SampledFrom([]string{"stories", "articles", "name", "active_days"}).Draw(rt, "sort"))
		q.Set("dir", rapid.SampledFrom([]string{"asc", "desc"}).Draw(rt, "dir"))
	}
	return q
}

// fewer sets the rounds of a property test, unless the command line does.
func fewer(t *testing.T, n int) {
	t.Helper()
	if slices.ContainsFunc(os.Args, func(arg string) bool { return strings.Contains(arg, "rapid.checks") }) {
		return
	}
	before := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := flag.Set("rapid.checks", before); err != nil {
			t.Error(err)
		}
	})
}

// Under random periods, comparisons, filters and orders the card, the rows of
// the page, the CSV, the workbook and the API have the same numbers.
func TestSameNumbersUnderEveryFilter(t *testing.T) {
	o := filterOffice(t)
	fewer(t, 15) // every round asks the engine for a page and three files
	rapid.Check(t, func(rt *rapid.T) {
		query := "?" + drawNarrowing(rt).Encode()
		var r metrics.Report
		if err := json.Unmarshal([]byte(o.get("/api/v1/report"+query)), &r); err != nil {
			rt.Fatal(err)
		}
		want := []string{}
		for _, row := range r.Publication.OPD {
			want = append(want, fmt.Sprint(row.OPD, " ", row.Stories, " ", row.WeeksMet, " ", row.ActiveDays))
		}
		compare := func(where string, want, got []string) {
			rt.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				rt.Errorf("%s%s (-API +%s):\n%s", where, query, where, diff)
			}
		}
		compare("CSV", want, csvRows(rt, o.get("/report.csv"+query)))
		compare("workbook", want, workbookRows(rt, o.get("/report.xlsx"+query)))

		page := o.get("/publikasi" + query)
		shown, ranked := pageRows(page), []string{}
		for i, row := range r.Publication.OPD {
			if row.Score != nil && row.Weeks > 0 {
				ranked = append(ranked, want[i])
			}
		}
		slices.Sort(shown)
		slices.Sort(ranked)
		compare("page", ranked, append([]string{}, shown...))
		card := regexp.MustCompile(`data-kpi="stories"[\s\S]*?class="state-measured">([^<]*)`).FindStringSubmatch(page)
		if card == nil || card[1] != strconv.Itoa(r.Publication.Stories) {
			rt.Errorf("%s: the card shows %v, the API has %d", query, card, r.Publication.Stories)
		}
		if r.Filters.Any() {
			total := 0
			for _, row := range r.Publication.OPD {
				total += row.Stories
			}
			if total != r.Publication.Stories && (len(r.Filters.OPD) > 0 || r.Filters.PeerGroup != nil) {
				rt.Errorf("%s: %d stories, the rows have %d", query, r.Publication.Stories, total)
			}
		}
	})
}

var ownLink = regexp.MustCompile(`(?:href|data-card)="(/[^"]*)"`)

// Every link of every page keeps the period and the filters, and leads somewhere.
func TestEveryLinkKeepsTheFilters(t *testing.T) {
	o := filterOffice(t)
	keep := url.Values{"region": {"99.01"}, "from": {"2026-01-20"}, "to": {"2026-02-16"}, "compare": {"year"}, "peer_group": {"dinas"}, "channel": {"portal"}}
	free := []string{assetPrefix, "/verifikasi", "/pengiriman", "/paparan", "/masuk"}
	for _, p := range pages() {
		if strings.HasSuffix(p.path, "*") && p.path != agencyPath || p.name == boardPage.name || p.people {
			continue
		}
		page := o.get(with(strings.Replace(p.path, "*", "1.03", 1), keep.Encode()))
		for _, m := range ownLink.FindAllStringSubmatch(page, -1) {
			link, err := url.Parse(html.UnescapeString(m[1]))
			if err != nil {
				t.Fatal(err)
			}
			if slices.ContainsFunc(free, func(f string) bool { return strings.HasPrefix(link.Path, f) }) {
				continue
			}
			got := link.Query()
			preset := got.Get("from") != keep.Get("from")
			cleared := got.Get("peer_group") == "" && got.Get("channel") == ""
			for name := range keep {
				switch {
				case got.Get(name) == keep.Get(name):
				case p.name == regionsPage.name && name == "peer_group": // a peer group is that of one region
				case preset && (name == "from" || name == "to"), cleared && (name == "peer_group" || name == "channel"):
				default:
					t.Errorf("%s: %s loses %s", p.path, m[1], name)
				}
			}
		}
	}
}

// Addresses that cannot be understood are refused in one line, by pages, files
// and the API alike.
func TestWrongFiltersAreRefused(t *testing.T) {
	o := filterOffice(t)
	for _, query := range []string{
		"month=2026-13", "from=2026-02-01", "to=2026-02-01", "from=2026-02-30&to=2026-03-01", "from=2026-03-01&to=2026-02-01", "compare=minggu",
		"peer_group=tidak+ada", "opd=tidak+ada", "peer_group=dinas&opd=1.02", "channel=radio", "month=2026-02&from=2026-02-01&to=2026-02-03",
		"from=2027-02-01&to=2027-03-01", "from=2000-01-01&to=2026-01-01",
	} {
		for _, path := range []string{"/api/v1/report", "/report.csv", "/report.xlsx", "/kartu/ringkasan-1920x1080.png"} {
			answer, body := o.send(httptest.NewRequest(http.MethodGet, path+"?region=99.01&"+query, nil))
			if path == "/kartu/ringkasan-1920x1080.png" && answer.StatusCode == http.StatusNotFound {
				continue // no card of that name
			}
			if answer.StatusCode != http.StatusBadRequest {
				t.Errorf("%s?%s: %d", path, query, answer.StatusCode)
			}
			var e apiError
			if path == "/api/v1/report" && (json.Unmarshal([]byte(body), &e) != nil || e.Error.Message == "" || strings.Contains(e.Error.Message, "\n")) {
				t.Errorf("%s: %q", query, body)
			}
		}
	}
	answer, _ := o.send(httptest.NewRequest(http.MethodGet, "/publikasi?month=2026-02&from=2026-01-01&to=2026-01-03&region=99.01&channel=portal", nil))
	if to := answer.Header.Get("Location"); answer.StatusCode != http.StatusSeeOther || to != "/publikasi?channel=portal&month=2026-02&region=99.01" {
		t.Errorf("a month chosen while days were: %d to %q", answer.StatusCode, to)
	}
	if answer, _ := o.send(httptest.NewRequest(http.MethodGet, "/publikasi?sort=warna", nil)); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("an unknown column: %d", answer.StatusCode)
	}
}

// What a page is about stands in its titles, captions and files.
func TestFiltersAreSaid(t *testing.T) {
	o := filterOffice(t)
	query := "?region=99.01&from=2026-01-20&to=2026-02-16&peer_group=dinas&channel=portal&compare=year"
	page := o.get("/publikasi" + query)
	mention(t, "the page", page, "20 Jan – 16 Feb 2026 · kelompok dinas, saluran portal", "Tempat dihitung di antara OPD kelompok dinas",
		"Hanya artikel dan berita di saluran portal", "Dibandingkan dengan 20 Jan – 16 Feb 2025", "Jumlah berita per OPD, 20 Jan – 16 Feb 2026 · kelompok dinas, saluran portal",
		`value="2026-01-20"`, "Hapus saringan", `role="status"`)
	mention(t, "a single OPD", o.get("/publikasi?region=99.01&month=2026-02&opd=1.03"), "Hanya Dinas C; tempatnya adalah tempat di antara semua OPD wilayah.")
	for _, path := range []string{"/tren", "/tren/opd", "/ppid/tahun"} {
		mention(t, path, o.get(path+query), "mengenal bulan utuh saja")
	}
	mention(t, "the closing", o.get(closingPath+query), "Tutup buku mengenal bulan utuh tanpa saringan; di sini Februari 2026 untuk semua OPD.")
	mention(t, "a running period", o.get("/publikasi?region=99.01&from=2026-02-20&to=2026-03-20"), "Periode ini belum selesai")
	mention(t, "a period that ends today", o.get("/publikasi?region=99.01&from=2026-03-01&to=2026-03-10"), "Periode ini belum selesai")
	if page := o.get("/publikasi?region=99.01&from=2026-02-10&to=2026-03-09"); strings.Contains(page, "belum selesai") || !strings.Contains(page, `aria-current="true">28 hari`) {
		t.Error("the last 28 days are not the preset of that name, or are called partial")
	}
	answer, text := o.send(httptest.NewRequest(http.MethodGet, "/report.csv"+query, nil))
	mention(t, "the file name", answer.Header.Get("Content-Disposition"), "2026-01-20..2026-02-16", "kelompok-dinas--saluran-portal")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatal(err, len(rows))
	}
	if first, last := rows[1][1], rows[1][len(rows[1])-1]; first != "2026-01-20..2026-02-16" || last != "kelompok dinas, saluran portal" {
		t.Errorf("CSV says %q and %q", first, last)
	}
	book, err := excelize.OpenReader(strings.NewReader(o.get("/report.xlsx" + query)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	said := false
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			said = said || strings.Contains(strings.Join(row, " "), "20 Jan – 16 Feb 2026 · kelompok dinas, saluran portal")
		}
	}
	if !said {
		t.Error("the workbook does not say its period and filters")
	}
}

// A month that is closed shows its edition; restricted it is measured anew and
// says so.
func TestClosedMonthUnderAFilter(t *testing.T) {
	o := filterOffice(t)
	token := o.token("2026-02")
	answer, _ := o.post(url.Values{"month": {"2026-02"}, "region": {"99.01"}, formField: {token}})
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("closing: %d", answer.StatusCode)
	}
	mention(t, "the month", o.get("/publikasi?month=2026-02&region=99.01"), "sudah tutup buku pada")
	for _, query := range []string{"peer_group=dinas", "compare=year", "channel=portal"} {
		page := o.get("/publikasi?month=2026-02&region=99.01&" + query)
		mention(t, query, page, "dihitung dari data hari ini")
		var r metrics.Report
		if err := json.Unmarshal([]byte(o.get("/api/v1/report?month=2026-02&region=99.01&"+query)), &r); err != nil || r.Closed != nil {
			t.Errorf("%s: closed %v, %v", query, r.Closed, err)
		}
	}
}
