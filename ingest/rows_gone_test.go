package ingest_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"

	"gaung/ingest"
	"gaung/ingest/source"
)

// cases lists the numbers of the requests that count.
func (b *bench) cases() string {
	b.t.Helper()
	return strings.Join(b.current("ppid_cases", "ppid", "registration_no", "registration_no"), " ")
}

// note says whether a note of the result holds a text.
func note(r ingest.SourceResult, text string) bool {
	return strings.Contains(strings.Join(r.Notes, "\n"), text)
}

func ppidFile(t *testing.T, path string, numbers ...string) {
	t.Helper()
	text := "registration_no,received_at,Nama Pemohon,topic\n"
	for _, no := range numbers {
		text += no + ",2026-10-05,Siti Rahasia,Anggaran 081234567890\n"
	}
	write(t, path, text)
}

// TestRegisterRowsVanish marks rows deleted that a folder which lists
// everything lists no longer, and only then.
func TestRegisterRowsVanish(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	folder := t.TempDir()
	s := registerSource("ppid-folder", folder, "ppid")
	s.OPD, s.Removed = "Dinas Sosial", source.RemovedMark
	c := testConfig(t, s)
	first, second := filepath.Join(folder, "a.csv"), filepath.Join(folder, "b.csv")
	ppidFile(t, first, "1", "2", "3", "4")
	ppidFile(t, second, "5", "6", "7")
	pull(t, b, c)
	step := func(want string, gone int) ingest.SourceResult {
		t.Helper()
		got := b.only(pull(t, b, c))
		if got.Gone != gone || b.cases() != want {
			t.Errorf("cases %s, %d gone; want %s, %d; notes %q", b.cases(), got.Gone, want, gone, got.Notes)
		}
		return got
	}
	// One row goes, one moves to the other file.
	ppidFile(t, first, "1", "3")
	ppidFile(t, second, "4", "5", "6", "7")
	step("1 3 4 5 6 7", 1)
	// It comes back.
	ppidFile(t, first, "1", "2", "3")
	if got := step("1 2 3 4 5 6 7", 0); got.Accepted != 1 {
		t.Errorf("a row that came back: %+v", got.Tally)
	}
	// A file cut off is no deletion, and is said again until it is whole.
	ppidFile(t, second, "4")
	for range 2 {
		if got := step("1 2 3 4 5 6 7", 0); !note(got, "b.csv: 3 dari 4 baris tidak ada lagi, lebih dari separuh; tidak ditandai terhapus") {
			t.Errorf("notes %q", got.Notes)
		}
	}
	// An unreadable row may be the one that is missing.
	write(t, second, "registration_no,received_at\n4,2026-10-05\n5,2026-10-05\n6,2026-10-05\n7,32/13/2026\n")
	if got := step("1 2 3 4 5 6 7", 0); !note(got, "tidak terbaca dan mungkin salah satunya") {
		t.Errorf("notes %q", got.Notes)
	}
	// While another file cannot be read, nothing is marked; afterwards it is.
	ppidFile(t, second, "4", "5", "6")
	bad := filepath.Join(folder, "c.xlsx")
	write(t, bad, "bukan buku kerja")
	step("1 2 3 4 5 6 7", 0)
	if err := os.Remove(bad); err != nil {
		t.Fatal(err)
	}
	step("1 2 3 4 5 6", 1)
	// A row that somebody else has given since is theirs.
	b.give("ppid", "registration_no,received_at,opd,topic\n6,2026-10-05,Dinas Sosial,Anggaran desa\n")
	ppidFile(t, second, "4", "5")
	step("1 2 3 4 5 6", 0)
	// A file that is no longer there takes its rows along; all of them do not.
	if err := os.Remove(second); err != nil {
		t.Fatal(err)
	}
	step("1 2 3 6", 2)
	if err := os.Remove(first); err != nil {
		t.Fatal(err)
	}
	if got := step("1 2 3 6", 0); !note(got, "tidak ada berkas lagi") {
		t.Errorf("notes %q", got.Notes)
	}
	s.Removed = source.RemovedMarkAll
	c = testConfig(t, s)
	step("6", 3)
	b.wantNowhere("siti rahasia", "081234567890")
}

func TestRegisterKeepsByDefault(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	path := filepath.Join(t.TempDir(), "ppid.csv")
	s := registerSource("ppid-berkas", path, "ppid")
	s.OPD = "Dinas Sosial"
	c := testConfig(t, s)
	ppidFile(t, path, "1", "2", "3")
	pull(t, b, c)
	ppidFile(t, path, "1", "2")
	if got := b.only(pull(t, b, c)); got.Gone != 0 || b.cases() != "1 2 3" {
		t.Errorf("cases %s, %+v", b.cases(), got)
	}
}

// TestDatabaseRowsVanish reads an SQLite file whole.
func TestDatabaseRowsVanish(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ppid.sqlite")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	do := func(statement string) {
		t.Helper()
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	do("CREATE TABLE p (registration_no TEXT, received_at TEXT, opd TEXT, nik TEXT)")
	for n := 1; n <= 4; n++ {
		do(fmt.Sprintf("INSERT INTO p VALUES ('%d', '2026-10-05', 'Dinas Sosial', '1971012345678901')", n))
	}
	b := newBench(t)
	b.give("opd", fiveOPD)
	c := testConfig(t, source.Source{Name: "ppid-sqlite", Kind: "database", Database: &source.Database{
		Driver: "sqlite", DSN: path, Import: "ppid", Query: "SELECT * FROM p ORDER BY 1",
	}})
	b.wantTally(b.only(pull(t, b, c)), 4, 0, 0, 0)
	do("DELETE FROM p WHERE registration_no = '2'")
	got := b.only(pull(t, b, c))
	b.wantTally(got, 0, 1, 3, 0)
	if got.Gone != 1 || b.cases() != "1 3 4" || !note(got, "1 baris tidak ada lagi dan ditandai terhapus") {
		t.Errorf("cases %s, %+v", b.cases(), got)
	}
	do("INSERT INTO p VALUES ('2', '2026-10-05', 'Dinas Sosial', '')")
	b.wantTally(b.only(pull(t, b, c)), 1, 0, 3, 0)
	do("DELETE FROM p")
	if got := b.only(pull(t, b, c)); got.Gone != 0 || b.cases() != "1 2 3 4" || !note(got, "lebih dari separuh") {
		t.Errorf("an empty answer: cases %s, %+v", b.cases(), got)
	}
	b.wantNowhere("1971012345678901")
}

// TestReplayRows reads rows anew whose translation was mended in the
// configuration, without the file or the application.
func TestReplayRows(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	folder, peta := t.TempDir(), filepath.Join(t.TempDir(), "peta.yaml")
	write(t, peta, "columns:\n  Nomor: registration_no\n  Masuk: received_at\nvalues:\n  status:\n    beres: proses\n")
	s := registerSource("ppid-folder", folder, "ppid")
	s.OPD, s.Register.Map = "Dinas Sosial", peta
	c := testConfig(t, s)
	c.Push = []source.PushSource{{Source: "lapor-online", Kinds: []string{"ppid"}, Region: contoh}}
	file := filepath.Join(folder, "a.csv")
	write(t, file, "Nomor,Masuk,status,Nama Pemohon\n1,2026-10-05,beres,Siti Rahasia\n2,05 Oktobr 2026,beres,Siti Rahasia\n3,2026-10-06,beres,Siti Rahasia\n")
	b.wantTally(b.only(pull(t, b, c)), 2, 0, 0, 1)
	b.pushed("ppid", "application/x-ndjson", "", `{"registration_no": "9", "received_at": "2026-10-05", "opd": "Dinas Sosial", "status": "proses", "nik": "1971012345678901"}`)
	statuses := func() string {
		return strings.Join(b.rows("SELECT registration_no, status FROM ppid_current ORDER BY 1"), " ")
	}
	if got := statuses(); got != "1|diproses 3|diproses 9|diproses" {
		t.Fatalf("statuses %s", got)
	}
	replay := func(only ...string) *ingest.PullResult {
		t.Helper()
		result, err := b.in.Replay(t.Context(), c, only)
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	// By the same rules nothing is new.
	if got := replay(); got.Accepted+got.Updated != 0 || got.Unchanged != 3 || got.Rejected != 1 {
		t.Errorf("replay by the same rules: %+v", got.Tally)
	}
	// What somebody else has given since stays.
	b.give("ppid", "registration_no,received_at,opd,status\n3,2026-10-06,Dinas Sosial,ditolak\n")
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	write(t, peta, "columns:\n  Nomor: registration_no\n  Masuk: received_at\nvalues:\n  status:\n    beres: selesai\n")
	for turn, updated := range []int{1, 0} {
		if got := replay(); got.Updated != updated || got.Accepted != 0 {
			t.Errorf("replay %d: %+v", turn, got.Tally)
		}
		if got := statuses(); got != "1|diberikan_seluruhnya 3|ditolak_dikecualikan 9|diproses" {
			t.Errorf("statuses %s", got)
		}
	}
	if got := b.current("ppid_cases", "ppid", "registration_no, status", "1"); strings.Join(got, " ") != "1|diberikan_seluruhnya 3|ditolak_dikecualikan 9|diproses" {
		t.Errorf("cases %q", got)
	}
	if got := replay("lapor-online"); len(got.Sources) != 1 || got.Unchanged != 1 {
		t.Errorf("replay of a push: %+v", got)
	}
	b.wantNowhere("siti rahasia", "1971012345678901")
}

// TestUnlistedArticles marks articles deleted that an interface read whole
// lists no longer.
func TestUnlistedArticles(t *testing.T) {
	b := newBench(t)
	listed := []int{1, 2, 3, 4, 5}
	address := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api" {
			http.NotFound(w, r)
			return
		}
		data := []any{}
		if r.URL.Query().Get("page") == "1" {
			for _, n := range listed {
				data = append(data, map[string]any{"title": fmt.Sprintf("Berita %d", n), "slug": n, "date": fmt.Sprintf("2026-10-%02d 08:00:00", 30-n)})
			}
		}
		if err := json.NewEncoder(w).Encode(map[string]any{"data": data}); err != nil {
			t.Error(err)
		}
	}))
	s := source.Source{Name: "api", Kind: "jsonapi", URL: address + "/api?page={page}", AllowPrivate: true, RatePerSecond: 1000, API: &source.JSONAPI{
		Items: "data", Fields: source.APIFields{Title: "title", URL: "https://berita.contohkab.go.id/{slug}", Published: "date"},
	}}
	c := testConfig(t, s)
	titles := func() []string { return b.current("story_articles", "articles", "title", "title") }
	step := func(gone int, want ...int) ingest.SourceResult {
		t.Helper()
		b.clock.now = b.clock.now.Add(8 * 24 * time.Hour)
		got := b.only(pull(t, b, c))
		var all []string
		for _, n := range want {
			all = append(all, fmt.Sprintf("Berita %d", n))
		}
		if diff := cmp.Diff(all, titles()); diff != "" || got.Gone != gone || got.Failure != nil {
			t.Errorf("%+v (-want +got):\n%s", got, diff)
		}
		return got
	}
	step(0, 1, 2, 3, 4, 5)
	listed = []int{1, 2, 4, 5}
	step(1, 1, 2, 4, 5)
	listed = []int{1, 2, 3, 4, 5}
	if got := step(0, 1, 2, 3, 4, 5); got.Accepted != 1 {
		t.Errorf("an article that came back: %+v", got.Tally)
	}
	listed = []int{5}
	if got := step(0, 1, 2, 3, 4, 5); !note(got, "4 dari 5 tulisan tidak ada lagi di daftar, lebih dari separuh") {
		t.Errorf("notes %q", got.Notes)
	}
}
