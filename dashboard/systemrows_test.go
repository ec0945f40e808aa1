package dashboard

import (
	"encoding/csv"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gaung/warehouse/account"
)

// staffOffice is an office with people and their works, sources and their polls,
// and data of every kind that cannot be used.
func staffOffice(t *testing.T) *office {
	t.Helper()
	o := rowsOffice(t)
	o.server.gate.Open = true // persons are for those only who may see them
	for _, statement := range []string{
		// Two years of one OPD, so that its months can be charted.
		"INSERT INTO stories (region, generation, story_id, opd, published_at, day, title, url, articles, channels) SELECT '99.01', 2, 5000 + number, '1.01', toDateTime64('2025-01-02 03:00:00', 3, 'UTC') + toIntervalDay(number * 2), toDate32('2025-01-02') + toIntervalDay(number * 2), 'Dulu', concat('https://contoh.go.id/dulu/', toString(number)), 1, ['website'] FROM numbers(180)",
		"INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, notified_day) SELECT '99.01', 3, '1.01', concat('D/', toString(number)), toDate32('2025-01-02') + toIntervalDay(number * 2), toDate32('2025-01-02') + toIntervalDay(number * 2 + number % 9) FROM numbers(220)",
		"INSERT INTO people (region, person_id, name, person_group, jenjang, opd_raw, key_hash, version) VALUES ('99.01', 'p1', 'Siti Contoh', 'pranata humas', 'Ahli Muda', '1.01', 1, 2), ('99.01', 'p2', 'Budi Contoh', 'operator', '', '1.02', 9002, 1), ('99.01', 'p3', 'Rini Contoh', 'relawan tik', '', '', 9003, 1)",
		"ALTER TABLE stories UPDATE authors = if(story_id % 2 = 0, ['p1'], ['p2']), editors = if(story_id % 3 = 0, ['p2'], []), photographers = if(story_id % 5 = 0, ['p1'], []) WHERE generation = 2 SETTINGS mutations_sync = 2",
		"INSERT INTO person_days (region, generation, day, person_id, as_author, as_editor, as_photographer, works) SELECT region, generation, day, person, countIf(has(authors, person)), countIf(has(editors, person)), countIf(has(photographers, person)), count() FROM stories ARRAY JOIN arrayDistinct(arrayConcat(authors, editors, photographers)) AS person WHERE generation = 2 GROUP BY region, generation, day, person",
		"ALTER TABLE ppid_cases UPDATE officer = if(registration_no < 'P/5', 'p1', '') WHERE generation = 3 SETTINGS mutations_sync = 2",
		"ALTER TABLE complaint_spells UPDATE officer = 'p2' WHERE generation = 3 AND opd IN ('1.02', '1.03') SETTINGS mutations_sync = 2",
		"INSERT INTO story_events (region, generation, story_id, opd, story_day, event_day, agenda_id, title, url, authors) SELECT '99.01', 3, number, concat('1.0', toString(1 + number % 6)), toDate32('2026-01-05') + toIntervalDay(number), toDate32('2026-01-05') + toIntervalDay(number), toString(number), 'Liputan', 'https://contoh.go.id/liputan', [if(number % 2 = 0, 'p1', 'p2')] FROM numbers(50)",
		"ALTER TABLE story_articles UPDATE unmatched_people = if(cityHash64(url) % 6 = 0, ['Rina', 'Tono'], []), unmatched_opd = cityHash64(url) % 7 = 0, sumber_raw = if(cityHash64(url) % 7 = 0, 'Dinas Antah', '') WHERE generation = 2 SETTINGS mutations_sync = 2",
		"INSERT INTO story_articles (region, generation, url, title, first_seen_day, channel, source, story_id, opd) SELECT '99.01', 2, concat('https://contoh.go.id/tanpa-tanggal/', toString(number)), 'Tanpa tanggal', toDate32('2026-02-03') + toIntervalDay(number), 'website', 'situs', 100000 + number, '1.02' FROM numbers(5)",
		"INSERT INTO ppid_cases (region, generation, opd, registration_no, received_day, notified_day) VALUES ('99.01', 3, '1.03', 'TERBALIK/1', '2026-02-10', '2026-02-05'), ('99.01', 3, '1.03', 'TERBALIK/2', '2026-02-11', '2026-02-05')",
		"INSERT INTO configured_sources (region, source, kind, opd, every_seconds, configured_at, version) VALUES ('99.01', 'situs', 'feed', '1.01', 3600, '2026-01-01 00:00:00.000', 1), ('99.01', 'mati', 'feed', '1.02', 3600, '2026-01-01 00:00:00.000', 1)",
		"INSERT INTO ingest_runs (region, run_id, kind, source, started_at, finished_at, status, accepted, version) VALUES ('99.01', toUUID('6f2d7e0a-0000-4000-8000-000000000001'), 'articles', 'situs', '2026-03-01 00:00:00.000', '2026-03-01 00:00:01.000', 'ok', 3, 1)",
		"INSERT INTO polls (region, source, kind, opd, polled_at, answered, http_status, reason, items, new_items, run_id, skipped) SELECT '99.01', 'situs', 'feed', '1.01', toDateTime64('2026-02-01 03:00:00', 3, 'UTC') + toIntervalHour(number * 3), number % 9 != 0, 0, if(number % 9 = 0, 'timeout', ''), 4, if(number = 220, 3, 0), toUUID('6f2d7e0a-0000-4000-8000-000000000001'), false FROM numbers(270)",
		"INSERT INTO polls (region, source, kind, opd, polled_at, answered, http_status, reason, items, new_items, run_id, skipped) SELECT '99.01', 'mati', 'feed', '1.02', toDateTime64('2026-02-01 04:00:00', 3, 'UTC') + toIntervalHour(number * 3), number % 9 = 0, 503, 'http_503', 0, 0, toUUID('6f2d7e0a-0000-4000-8000-000000000002'), number % 4 = 3 FROM numbers(270)",
		"INSERT INTO articles (region, url, title, channel, source, run_id, key_hash, version) SELECT '99.01', concat('https://contoh.go.id/baru/', toString(number)), 'Baru', 'website', 'situs', toUUID('6f2d7e0a-0000-4000-8000-000000000001'), 70000 + number, 1 FROM numbers(3)",
		"INSERT INTO articles (region, url, title, channel, source, run_id, key_hash, version) SELECT '99.01', concat('https://contoh.go.id/lama/', toString(number)), 'Lama', 'website', 'situs', toUUID(if(number % 2 = 0, '6f2d7e0a-0000-4000-8000-000000000009', '6f2d7e0a-0000-4000-8000-000000000001')), 80000 + intDiv(number, 2), 1 + number % 2 FROM numbers(8)",
		"INSERT INTO ingest_runs (region, run_id, kind, source, started_at, finished_at, status, rejected, version) VALUES ('99.01', toUUID('6f2d7e0a-0000-4000-8000-000000000003'), 'ppid', 'register.csv', '2026-03-01 00:00:00.000', '2026-03-01 00:00:01.000', 'ok', 4, 1)",
		"INSERT INTO rejects (region, kind, source, run_id, row_number, column_name, value, reason, rejected_at) SELECT '99.01', 'ppid', 'register.csv', toUUID('6f2d7e0a-0000-4000-8000-000000000003'), 2 + intDiv(number, 2), ['received_at', 'opd'][1 + number % 2], '=1+1', 'tanggal tidak ada', '2026-03-01 00:00:00.000' FROM numbers(8)",
		"INSERT INTO review_queue (region, generation, kind, text, uses, last_day, places, example, targets, names, scores, evidence) SELECT '99.01', 3, 'opd', 'Dinas Antah', count(), max(day), ['sumber'], '', [], [], [], [] FROM story_articles WHERE generation = 2 AND sumber_raw = 'Dinas Antah'",
		"INSERT INTO review_queue (region, generation, kind, text, uses, last_day, places, example, targets, names, scores, evidence) SELECT '99.01', 3, 'person', 'Rina', count(), max(day), ['byline'], '', [], [], [], [] FROM story_articles WHERE generation = 2 AND has(unmatched_people, 'Rina')",
		"INSERT INTO rollup_generations (region, rollup, generation) VALUES ('99.01', 'coverage', 3), ('99.01', 'review', 3)",
	} {
		o.exec(statement)
	}
	return o
}

// systemPages are the pages whose every figure is followed to its rows.
var systemPages = []string{"/pranata-humas", "/pranata-humas/p1", "/pranata-humas/p2", "/kesehatan-sumber", "/mutu-data", "/ppid/tahun", "/tren/opd", "/rincian/sumber-gagal/semua", "/rincian/tarikan/semua/situs"}

// Every figure of these pages leads to as many rows as it says, on the page and
// in the file.
func TestSystemFiguresHaveTheirRows(t *testing.T) {
	o := staffOffice(t)
	const query = "?month=2026-02&region=99.01"
	followed := map[string]bool{}
	kinds := map[string]int{}
	found := inventory{}
	for _, path := range systemPages {
		page := o.get(path + query)
		if err := found.walk(path, page); err != nil {
			t.Fatal(err)
		}
		links := drillLink.FindAllStringSubmatch(page, -1)
		if len(links) == 0 {
			t.Errorf("no figure of %s leads to rows", path)
		}
		for _, link := range slices.Backward(links) { // sums stand last
			address := html.UnescapeString(link[1])
			part := regexp.MustCompile(`^(/[^/?]*/[^/?]*)/?[^/?]*`).FindStringSubmatch(address)
			kind := part[1]
			if followed[address] || followed[part[0]] {
				continue // one of each part is enough
			}
			followed[address], followed[part[0]] = true, true
			kinds[kind]++
			body := o.get(address)
			rows := rowsOnPage.FindStringSubmatch(body)
			if rows == nil || rows[1] != link[2] {
				t.Errorf("%s: %s has %v rows, the figure is %s", path, address, rows, link[2])
				continue
			}
			file := regexp.MustCompile(`href="(/rincian\.csv/[^"]*)"`).FindStringSubmatch(body)
			if file == nil || kinds[kind] > 1 || len(kinds)%2 == 0 { // every other kind is enough
				continue
			}
			if n := len(fileRows(t, o, html.UnescapeString(file[1]))) - 1; strconv.Itoa(n) != link[2] {
				t.Errorf("%s: the file of %s has %d rows, the figure is %s", path, address, n, link[2])
			}
		}
	}
	for _, kind := range []string{
		"/rincian/karya", "/rincian/agenda-orang", "/rincian/permohonan-orang", "/rincian/pengaduan-orang", "/rincian/orang", "/rincian/opd-pranata-humas",
		"/rincian/sumber", "/rincian/tarikan", "/rincian/artikel-baru", "/rincian/sumber-gagal", "/rincian/diragukan", "/rincian/ditolak", "/rincian/nama", "/rincian/bulan", "/rincian/permohonan", "/rincian/keberatan",
	} {
		if kinds[kind] == 0 {
			t.Errorf("no figure leads to %s", kind)
		}
	}
	checkFileOfRows(t, o)
	found.check(t, systemWithoutRows)
}

// systemWithoutRows are the numbers of these pages that lead nowhere, by card and
// column, and why they count no rows.
var systemWithoutRows = map[string]string{
	"baris / Isi jawaban":             "how many items an answer held, known or not: they are not kept by poll",
	"baris / Sebabnya":                "the code of an answer",
	"hitungan / Sebabnya":             "the code of an answer, and days",
	"hitungan / Jawaban terakhir":     "an instant",
	"hitungan / Berita baru terakhir": "an instant",
	"baris / Sejak":                   "an instant",
	"ditolak / Ditolak":               "an instant",
	"ditolak / Isi":                   "the cell itself",
	"ditolak / Baris":                 "the number of a row in its file",
	"nama / Terakhir":                 "a day",
	"karya / Tanggal":                 "a day",
}

// check names the columns with a number that leads nowhere, but for those that
// are excused, and those excused that are not there.
func (v inventory) check(t *testing.T, excused map[string]string) {
	t.Helper()
	for key, n := range v {
		if zero := strings.HasPrefix(n.example, "0 "); n.bare > 0 && !zero && excused[key] == "" {
			t.Errorf("%s: %s shows %q, which leads nowhere (%d of %d cells)", n.page, key, n.example, n.bare, n.cells)
		}
	}
	for key := range excused {
		if n := v[key]; n == nil || n.bare == 0 {
			t.Errorf("%s shows no number without rows any more", key)
		}
	}
}

// fileRows reads a CSV file of rows, its head first.
func fileRows(t *testing.T, o *office, address string) [][]string {
	t.Helper()
	resp, text := o.send(request(http.MethodGet, address))
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/csv; charset=utf-8" || !strings.HasPrefix(resp.Header.Get("Content-Disposition"), `attachment; filename="gaung_rincian-`) {
		t.Fatalf("%s: %d %v", address, resp.StatusCode, resp.Header)
	}
	if !strings.HasPrefix(text, "\ufeff") || !strings.Contains(text, "\r\n") {
		t.Errorf("%s begins with %.20q", address, text)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// checkFileOfRows: the file of rows has all of them whatever page is shown, and
// runs no formula.
func checkFileOfRows(t *testing.T, o *office) {
	t.Helper()
	rows := fileRows(t, o, "/rincian.csv/berita/semua?from=2026-01-01&to=2026-03-09&region=99.01&page=2")
	if len(rows) != 241 || rows[0][0] != "region" || rows[1][0] != "99.01" || rows[1][1] != "2026-01-01..2026-03-09" {
		t.Errorf("%d rows, %v", len(rows), rows[:2])
	}
	for _, row := range fileRows(t, o, "/rincian.csv/ditolak/semua?region=99.01")[1:] {
		if row[7] != "'=1+1 | =1+1" {
			t.Errorf("a cell that could run: %q", row[7])
		}
	}
	if resp, _ := o.send(request(http.MethodGet, "/rincian.csv/gaji?region=99.01")); resp.StatusCode != http.StatusNotFound {
		t.Errorf("rows that are not there: %d", resp.StatusCode)
	}
}

// The rows of a person, and those with cases, pass the gates of their pages, on
// the page and as a file.
func TestSystemRowsByRole(t *testing.T) {
	o := newStaffed(t)
	o.serve(nil)
	o.user("sari", account.Leader)
	if err := o.warehouse.Conn().Exec(t.Context(), "INSERT INTO opd (region, code, name, has_source, key_hash, version) VALUES ('99.01', '1.01', 'Dinas Kesehatan', true, 1, 1)"); err != nil {
		t.Fatal(err)
	}
	if err := o.accounts.Add(t.Context(), account.User{Name: "siti", Role: account.Operator, Region: "99.01", OPD: "1.01", PersonID: "198001012005011001"}, testPassword, o.clock()); err != nil {
		t.Fatal(err)
	}
	o.wait(2 * populationAge)
	const query = "?month=2026-10&region=99.01"
	guest, own, leader := o.browser(), o.browser(), o.browser()
	own.login("siti", testPassword, "/")
	leader.login("sari", testPassword, "/")
	for path, want := range map[string][3]int{
		"/karya/semua/198001012005011001":            {403, 200, 200},
		"/karya/penulis/199002022015022002":          {403, 403, 200},
		"/karya/semua":                               {403, 403, 403},
		"/permohonan-orang/semua/198001012005011001": {403, 200, 200},
		"/pengaduan-orang/semua/199002022015022002":  {403, 403, 200},
		"/agenda-orang/semua/198001012005011001":     {403, 200, 200},
		"/orang/pranata-humas":                       {403, 403, 200},
		"/opd-pranata-humas/belum":                   {403, 403, 200},
		"/diragukan/inconsistent_dates":              {403, 403, 200},
		"/diragukan/unmatched_opd":                   {403, 403, 200},
		"/diragukan/undated_articles":                {200, 200, 200},
		"/nama/opd/Diskomimfo":                       {403, 403, 200},
		"/ditolak/semua":                             {200, 200, 200},
		"/tarikan/semua/situs-bagian":                {200, 200, 200},
	} {
		for i, b := range []*browser{guest, own, leader} {
			for _, base := range []string{"/rincian", "/rincian.csv"} {
				if status := b.status(base + path + query); status != want[i] {
					t.Errorf("%s%s for visitor %d: %d, want %d", base, path, i, status, want[i])
				}
			}
		}
	}
	_, body := guest.send("GET", "/mutu-data"+query, nil)
	for _, closed := range []string{"/rincian/diragukan/unmatched_opd", "/rincian/diragukan/inconsistent_dates"} {
		if strings.Contains(body, closed) {
			t.Errorf("a guest is led to %s", closed)
		}
	}
	// Somebody's own figures count cases of OPD whose rows are not for them.
	for _, base := range []string{"/rincian", "/rincian.csv"} {
		_, body := own.send("GET", base+"/permohonan-orang/semua/198001012005011001"+query, nil)
		if strings.Contains(body, "041/PPID/2026") || strings.Contains(body, "041%2FPPID") {
			t.Errorf("%s shows the number of a case of another OPD", base)
		}
		if _, body = leader.send("GET", base+"/permohonan-orang/semua/198001012005011001"+query, nil); !strings.Contains(body, "041/PPID/2026") {
			t.Errorf("%s hides a case from a leader", base)
		}
	}
}
