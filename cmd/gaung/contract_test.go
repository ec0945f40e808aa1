package main

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

const opdFile = `code,name,region,short_name,aliases,target_per_week
1.01,Dinas Pendidikan,19.71,Disdik,Dindik|Dikbud,2
1.02,Dinas Kesehatan,19.71,Dinkes,,2
2.16,Dinas Komunikasi dan Informatika,19.71,Diskominfo,Kominfo,1
`

func TestDeadlineGoldenDates(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct {
		rule, from string
		extended   bool
		limit      float64
		due        string
	}{
		{"ppid", "2023-04-13", false, 10, "2023-05-05"},
		{"ppid", "2023-04-13", true, 17, "2023-05-16"},
		{"ppid", "2024-04-05", false, 10, "2024-04-29"},
		{"complaint-verify", "2025-08-15", false, 3, "2025-08-21"},
		{"complaint-first-response", "2026-03-13", false, 5, "2026-03-27"},
		{"complaint-resolve:complaint", "2026-03-13", false, 14, "2026-04-10"},
		{"complaint-resolve:supervision", "2026-03-13", false, 60, "2026-06-24"},
		{"ppid", "2026-12-18", false, 10, "2027-01-07"},
	} {
		args := []string{"deadline", "--rule", c.rule, "--from", c.from, "--json"}
		if c.extended {
			args = append(args, "--extended")
		}
		doc := document(t, o.must(exitDone, args...).stdout)
		if at(t, doc, "limit") != c.limit || at(t, doc, "due") != c.due {
			t.Errorf("%s from %s: limit %v, due %v; want %v and %s", c.rule, c.from, at(t, doc, "limit"), at(t, doc, "due"), c.limit, c.due)
		}
		counted := 0.0
		ledger := at(t, doc, "ledger").([]any)
		for _, entry := range ledger {
			if at(t, entry, "counted") == true {
				counted++
			}
		}
		if counted != c.limit || at(t, ledger[len(ledger)-1], "date") != c.due {
			t.Errorf("%s from %s: the ledger counts %v days to %v", c.rule, c.from, counted, at(t, ledger[len(ledger)-1], "date"))
		}
	}
	// The kind in the words an import takes.
	doc := document(t, o.must(exitDone, "deadline", "--rule", "complaint-resolve", "--kind", "Pengaduan", "--from", "2026-03-13", "--json").stdout)
	if at(t, doc, "limit") != 14.0 || at(t, doc, "due") != "2026-04-10" {
		t.Errorf("--kind Pengaduan: limit %v, due %v", at(t, doc, "limit"), at(t, doc, "due"))
	}
}

// TestImportAndReport imports files that are not the example region, written
// in the ways Indonesian offices write them, and checks the contract's figures
// against ones worked out by hand.
func TestImportAndReport(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile), "--region", "19.71")
	// BOM, semicolons, D/M/YYYY, a name, a short name, an alias and a code.
	// April 2023: 19-25 Lebaran, 1 May off. Due of 13 April: 5 May.
	ppid := o.file("ppid.csv", "\ufeffregistration_no;received_at;opd;notified_at;extended;decision;withdrawn_at;nik\r\n"+
		"1;13/4/2023;Disdik;05/05/2023;;diberikan;;1971010101010001\r\n"+ // wd 10: on time
		"2;13/4/2023;1.01;08/05/2023;;diberikan;;1971010101010002\r\n"+ // wd 11: late
		"3;13/4/2023;Dinas Kesehatan;16/05/2023;ya;ditolak;;\r\n"+ // wd 17 of 17: on time
		"4;17/4/2023;Dinkes;;;;;\r\n"+ // open: late by 31 May
		"5;18/4/2023;Kominfo;;;;26/04/2023;\r\n"+ // withdrawn
		"6;32/4/2023;Kominfo;;;;;\r\n"+ // no such day
		"7;28/4/2023;Dinas Antah;02/05/2023;;;;\r\n") // unknown OPD: counts for the region
	first := document(t, o.must(exitRejected, "--json", "import", "ppid", ppid, "--region", "19.71").stdout)
	for key, want := range map[string]float64{"rows": 7, "accepted": 6, "unchanged": 0, "updated": 0, "rejected": 1} {
		if at(t, first, key) != want {
			t.Errorf("import: %s = %v, want %v", key, at(t, first, key), want)
		}
	}
	reject := at(t, first, "rejects", 0)
	if at(t, reject, "column") != "received_at" || at(t, reject, "value") != "32/4/2023" || at(t, reject, "row") != 7.0 {
		t.Errorf("reject = %v", reject)
	}
	report := o.must(exitDone, "report", "--month", "2023-04", "--as-of", "2023-05-31", "--format", "json")
	doc := document(t, report.stdout)
	for key, want := range map[string]float64{
		"received": 6, "on_time": 3, "late": 2, "pending": 0, "excluded": 1, "extended": 1, "refused": 1, "objections": 0,
	} {
		if at(t, doc, "ppid", key) != want {
			t.Errorf("ppid.%s = %v, want %v", key, at(t, doc, "ppid", key), want)
		}
	}
	disdik := row(t, doc, "1.01", "ppid")
	if at(t, disdik, "n") != 2.0 || at(t, disdik, "on_time_share") != 0.5 || at(t, disdik, "median_wd") != 10.0 || at(t, disdik, "tier") != "data kurang" {
		t.Errorf("Disdik = %v", disdik)
	}
	// S is 1 to day 10, a half on day 10, nothing from day 11: 10 + 0.5.
	if got := at(t, disdik, "rmst_wd").(float64); math.Abs(got-10.5) > 1e-9 || at(t, disdik, "rmst_is_bound") != false {
		t.Errorf("Disdik rmst = %v, bound %v; want 10.5, false", got, at(t, disdik, "rmst_is_bound"))
	}
	if at(t, doc, "data_quality", "unmatched_opd") != 1.0 || at(t, doc, "data_quality", "rejected_rows") != 1.0 {
		t.Errorf("data quality = %v", at(t, doc, "data_quality"))
	}
	// The default as-of is five days after the month: request 2 was still open
	// and not late yet.
	earlier := document(t, o.must(exitDone, "report", "--month", "2023-04").stdout)
	if at(t, earlier, "as_of") != "2023-05-05" || at(t, earlier, "ppid", "pending") != 3.0 || at(t, earlier, "ppid", "refused") != 0.0 {
		t.Errorf("default as-of gives %v, %v", at(t, earlier, "as_of"), at(t, earlier, "ppid"))
	}

	// The same file again changes nothing.
	second := document(t, o.must(exitRejected, "import", "ppid", ppid, "--region", "19.71", "--json").stdout)
	if at(t, second, "unchanged") != 6.0 || at(t, second, "accepted") != 0.0 || at(t, second, "updated") != 0.0 {
		t.Errorf("second import = %v", second)
	}
	again := document(t, o.must(exitDone, "report", "--month", "2023-04", "--as-of", "2023-05-31").stdout)
	if !reflect.DeepEqual(doc, again) {
		t.Error("the report changed although the same file was imported twice")
	}

	// An alias that is learnt later corrects the past.
	o.must(exitDone, "import", "opd", o.file("opd2.csv", "code,name,region,aliases\n9.99,Badan Baru,19.71,Dinas Antah\n"))
	corrected := document(t, o.must(exitDone, "report", "--month", "2023-04", "--as-of", "2023-05-31").stdout)
	if at(t, corrected, "data_quality", "unmatched_opd") != 0.0 || at(t, row(t, corrected, "9.99", "ppid"), "on_time") != 1.0 {
		t.Errorf("the alias did not correct the past: %v", at(t, corrected, "ppid"))
	}
}

// row finds an OPD's row of a section.
func row(t *testing.T, doc any, opd string, section ...any) any {
	t.Helper()
	for _, r := range at(t, doc, append(section, "opd")...).([]any) {
		if at(t, r, "opd") == opd {
			return r
		}
	}
	t.Fatalf("no row of %s in %v", opd, section)
	return nil
}

func TestStoriesAreCreditedOnceToTheirOrigin(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile), "--region", "19.71")
	text := strings.Repeat("Kegiatan sosialisasi pencegahan stunting dihadiri kader posyandu dari seluruh kecamatan di kota ini. ", 6)
	other := strings.Repeat("Pelatihan pengelolaan arsip digital diikuti operator sekolah yang datang bergantian selama tiga hari. ", 6)
	o.must(exitDone, "import", "articles", o.file("articles.csv", "url,title,published_at,opd,channel,body\n"+
		`https://dinkes.example/a?utm_source=x,Sosialisasi Stunting,2026-06-02 08:00,Dinkes,website,"`+text+`"`+"\n"+
		`https://www.portal.example/b/,Sosialisasi Stunting Digelar,2026-06-02 15:00,Diskominfo,portal,"`+text+"\n\nSumber: Dinas Kesehatan\n"+`"`+"\n"+
		`https://disdik.example/c,Pelatihan Arsip,2026-06-30 23:30,Disdik,website,"`+other+`"`+"\n"+
		`https://disdik.example/d,Pembukaan Tahun Ajaran,2026-07-01 00:30,Disdik,website,`+"\n"), "--region", "19.71")
	doc := document(t, o.must(exitDone, "report", "--month", "2026-06").stdout)
	if at(t, doc, "publication", "articles") != 3.0 || at(t, doc, "publication", "stories") != 2.0 {
		t.Errorf("publication = %v articles, %v stories; want 3 and 2", at(t, doc, "publication", "articles"), at(t, doc, "publication", "stories"))
	}
	for opd, want := range map[string]float64{"1.01": 1, "1.02": 1, "2.16": 0} {
		if got := at(t, row(t, doc, opd, "publication"), "stories"); got != want {
			t.Errorf("%s has %v stories, want %v", opd, got, want)
		}
	}
	july := document(t, o.must(exitDone, "report", "--month", "2026-07").stdout)
	if got := at(t, row(t, july, "1.01", "publication"), "stories"); got != 1.0 {
		t.Errorf("in July Disdik has %v stories, want the one of 00:30", got)
	}
	if got := at(t, row(t, july, "1.01", "publication"), "previous_stories"); got != 1.0 {
		t.Errorf("previous_stories = %v, want 1", got)
	}
}

func TestComplaintClocks(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile), "--region", "19.71")
	// The OPD's clock starts with the assignment, not with the report.
	o.must(exitDone, "import", "complaints", o.file("c.csv", "tracking_id,submitted_at,kind,opd,verified_at,assigned_at,first_response_at,resolved_at,misrouted_at,nama_pelapor\n"+
		"a,2026-06-01,pengaduan,Dinkes,2026-06-02,2026-06-11,2026-06-18,2026-06-30,,Rahasia\n"+ // 16 June is off: first response after 4, resolve after 12
		"b,2026-06-01,permintaan informasi,Dinkes,2026-06-08,2026-06-08,2026-06-15,,,Rahasia\n"+ // verify late (5), response on time (5), resolve late
		"c,2026-06-03,aspirasi,Disdik,2026-06-03,2026-06-03,,,2026-06-05,Rahasia\n"), "--region", "19.71")
	doc := document(t, o.must(exitDone, "report", "--month", "2026-06", "--as-of", "2026-07-10").stdout)
	dinkes := row(t, doc, "1.02", "complaints", "first_response")
	if at(t, dinkes, "on_time") != 2.0 || at(t, dinkes, "mean_closed_wd") != 4.5 {
		t.Errorf("first response of Dinkes = %v", dinkes)
	}
	resolve := row(t, doc, "1.02", "complaints", "resolve")
	if at(t, resolve, "on_time") != 1.0 || at(t, resolve, "late") != 1.0 {
		t.Errorf("resolve of Dinkes = %v", resolve)
	}
	if disdik := row(t, doc, "1.01", "complaints", "resolve"); at(t, disdik, "excluded") != 1.0 {
		t.Errorf("a misrouted complaint = %v", disdik)
	}
	verify := at(t, doc, "complaints", "verify")
	if at(t, verify, "n") != 3.0 || at(t, verify, "on_time") != 2.0 || at(t, verify, "late") != 1.0 {
		t.Errorf("verify = %v", verify)
	}
	if at(t, doc, "complaints", "followed_up_share") != 1.0 || at(t, doc, "complaints", "resolved_share") != 0.5 {
		t.Errorf("followed up %v, resolved %v; want 1 and 0.5", at(t, doc, "complaints", "followed_up_share"), at(t, doc, "complaints", "resolved_share"))
	}
}

func TestCloseFreezesTheMonth(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile), "--region", "19.71")
	articles := "url,title,published_at,opd\nhttps://a.example/1,Berita pertama bulan Juni,2026-06-02,Dinkes\n"
	o.must(exitDone, "import", "articles", o.file("a.csv", articles), "--region", "19.71")
	o.must(exitUsage, "report", "--month", "2026-07", "--close") // still running
	closed := document(t, o.must(exitDone, "report", "--month", "2026-06", "--close").stdout)
	id := at(t, closed, "closed", "id").(string)
	if !strings.HasPrefix(id, "1971-202606-1-") {
		t.Errorf("closed.id = %q", id)
	}
	o.must(exitDone, "import", "articles", o.file("b.csv", articles+"https://a.example/2,Berita yang terlambat masuk,2026-06-20,Dinkes\n"), "--region", "19.71")
	after := document(t, o.must(exitDone, "report", "--month", "2026-06").stdout)
	if at(t, after, "publication", "stories") != 1.0 || at(t, after, "closed", "id") != id {
		t.Errorf("after a late article the closed month has %v stories, edition %v", at(t, after, "publication", "stories"), at(t, after, "closed"))
	}
	if out := o.must(exitUsage, "report", "--month", "2026-06", "--close"); !strings.Contains(out.stderr, id) {
		t.Errorf("closing twice: %q", out.stderr)
	}
	revised := document(t, o.must(exitDone, "report", "--month", "2026-06", "--revise", "Satu berita terlambat masuk").stdout)
	if at(t, revised, "publication", "stories") != 2.0 || at(t, revised, "closed", "id") == id {
		t.Errorf("the revision has %v stories, edition %v", at(t, revised, "publication", "stories"), at(t, revised, "closed", "id"))
	}
}
