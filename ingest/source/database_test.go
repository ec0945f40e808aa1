package source

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/warehouse/region"
)

// application is a SQLite database of an invented application.
type application struct {
	t    *testing.T
	path string
	db   *sql.DB
}

func newApplication(t *testing.T, schema string) *application {
	t.Helper()
	a := &application{t: t, path: filepath.Join(t.TempDir(), "aplikasi ppid.sqlite")}
	db, err := sql.Open("sqlite", a.path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	a.db = db
	a.exec(schema)
	return a
}

func (a *application) exec(statement string, args ...any) {
	a.t.Helper()
	if _, err := a.db.Exec(statement, args...); err != nil {
		a.t.Fatalf("%s: %v", statement, err)
	}
}

func databaseSource(t testing.TB, d Database) Source {
	t.Helper()
	s := Source{Name: "ppid-aplikasi", Kind: "database", Region: "19.71", Database: &d}
	if problems := s.ValidateAndSetDefaults("19.71", testRegions); len(problems) != 0 {
		t.Fatal(problems)
	}
	return s
}

// rowsOf polls once, wanting every column but those named.
func rowsOf(t testing.TB, s Source, state RowState, zone *time.Location, unwanted ...string) ([][]string, RowState, RowAnswer, error) {
	t.Helper()
	reader, err := OpenRows(s, zone, func() time.Time { return testNow })
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{}
	answer, err := reader.ReadRows(context.Background(), state, func(columns []string) ([]bool, error) {
		wanted := make([]bool, len(columns))
		for i, c := range columns {
			wanted[i] = !strings.Contains(strings.Join(unwanted, " "), c)
		}
		return wanted, nil
	}, func(page RowPage) error {
		rows = append(rows, page.Rows...)
		state = page.State
		return nil
	})
	if err == nil && answer.Rows != len(rows) {
		t.Errorf("Answer.Rows = %d, delivered %d", answer.Rows, len(rows))
	}
	return rows, state, answer, err
}

const requests = `CREATE TABLE permohonan (id INTEGER PRIMARY KEY, nama_pemohon TEXT, topik TEXT, biaya REAL, updated_at DATETIME)`

func TestDatabaseMark(t *testing.T) {
	a := newApplication(t, requests)
	a.exec(`INSERT INTO permohonan VALUES (1, 'Siti', 'APBD', 1.5, '2026-10-01 08:00:00'), (2, 'Joko', NULL, NULL, '2026-10-01 08:00:00')`)
	s := databaseSource(t, Database{Driver: "sqlite", DSN: a.path, Import: "ppid", Mark: "UPDATED_AT", Query: "SELECT * FROM permohonan WHERE updated_at >= {since} -- semua\n;"})
	if s.Database.Limit != defaultRows {
		t.Errorf("limit %d", s.Database.Limit)
	}
	got, state, _, err := rowsOf(t, s, RowState{}, wibZone, "nama_pemohon")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"1", "APBD", "1.5", "2026-10-01 08:00:00"}, {"2", "", "", "2026-10-01 08:00:00"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if state.Mark != "2026-10-01 08:00:00" || state.Class != classTime || len(state.Seen) != 2 {
		t.Errorf("state %+v", state)
	}
	if text := fmt.Sprint(state); strings.Contains(text, "Siti") || strings.Contains(text, "APBD") {
		t.Errorf("the state holds text of rows: %s", text)
	}

	// Nothing new, then a tie, a late row of a slow transaction, an update.
	if got, _, _, err = rowsOf(t, s, state, wibZone, "nama_pemohon"); err != nil || len(got) != 0 {
		t.Errorf("second poll %v, %v", got, err)
	}
	a.exec(`INSERT INTO permohonan VALUES (3, 'Ani', 'seri', 0, '2026-10-01 08:00:00'), (4, 'Ali', 'telat', 0, '2026-10-01 07:58:30')`)
	a.exec(`UPDATE permohonan SET topik = 'APBD 2026', updated_at = '2026-10-02 09:00:00' WHERE id = 1`)
	got, state, _, err = rowsOf(t, s, state, wibZone, "nama_pemohon")
	if err != nil {
		t.Fatal(err)
	}
	want = [][]string{{"4", "telat", "0.0", "2026-10-01 07:58:30"}, {"3", "seri", "0.0", "2026-10-01 08:00:00"}, {"1", "APBD 2026", "1.5", "2026-10-02 09:00:00"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if state.Mark != "2026-10-02 09:00:00" || len(state.Seen) != 1 {
		t.Errorf("state %+v: rows long past are still remembered", state)
	}
}

// TestDatabaseFutureMark has a row stamped years ahead, as typing errors do:
// it is read, and does not hide the rest.
func TestDatabaseFutureMark(t *testing.T) {
	a := newApplication(t, requests)
	a.exec(`INSERT INTO permohonan VALUES (1, '', 'a', 0, '2026-10-01 08:00:00'), (2, '', 'b', 0, '2062-10-01 08:00:00')`)
	s := databaseSource(t, Database{Driver: "sqlite", DSN: a.path, Import: "ppid", Mark: "updated_at", Query: "SELECT id, updated_at FROM permohonan"})
	got, state, _, err := rowsOf(t, s, RowState{}, wibZone)
	if err != nil || len(got) != 2 || state.Mark != "2026-10-01 08:00:00" {
		t.Fatalf("%v, %+v, %v", got, state, err)
	}
	a.exec(`INSERT INTO permohonan VALUES (3, '', 'c', 0, '2026-10-03 08:00:00')`)
	for range 3 {
		got, state, _, err = rowsOf(t, s, state, wibZone)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 1 && got[0][0] == "3" {
			break
		}
	}
	if len(got) != 1 || got[0][0] != "3" || state.Mark != "2026-10-03 08:00:00" {
		t.Errorf("%v, %+v", got, state)
	}
	if got, _, _, err = rowsOf(t, s, state, wibZone); err != nil || len(got) != 0 {
		t.Errorf("afterwards %v, %v", got, err)
	}
}

func TestDatabaseNumberMark(t *testing.T) {
	a := newApplication(t, "CREATE TABLE aduan (nomor INTEGER PRIMARY KEY, jenis TEXT)")
	a.exec("INSERT INTO aduan VALUES (10, 'pengaduan'), (9, 'aspirasi')")
	s := databaseSource(t, Database{Driver: "sqlite", DSN: a.path, Import: "complaints", Mark: "nomor", Query: "SELECT nomor + 0 AS nomor, jenis FROM aduan WHERE nomor >= {since}"})
	got, state, _, err := rowsOf(t, s, RowState{}, wibZone)
	if err != nil || len(got) != 2 || got[0][0] != "9" || state.Mark != "10" || state.Class != classNumber {
		t.Fatalf("%v, %+v, %v", got, state, err)
	}
	a.exec("INSERT INTO aduan VALUES (100, 'aspirasi')")
	if got, state, _, err = rowsOf(t, s, state, wibZone); err != nil || len(got) != 1 || state.Mark != "100" {
		t.Errorf("%v, %+v, %v", got, state, err)
	}
}

// TestDatabasePages reads more rows than fit a page and a poll, most of them
// with the same mark, and loses none.
func TestDatabasePages(t *testing.T) {
	a := newApplication(t, requests)
	a.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 11000)
		INSERT INTO permohonan SELECT i, 'x', 'topik ' || i, 0, CASE WHEN i <= 1500 THEN '2026-09-01 00:00:00' WHEN i <= 9000 THEN '2026-10-01 00:00:00' ELSE '2026-10-02 00:00:' || printf('%02d', i % 60) END FROM n`)
	s := databaseSource(t, Database{Driver: "sqlite", DSN: a.path, Import: "ppid", Mark: "updated_at", Limit: 3000, Query: "SELECT id, updated_at FROM permohonan"})
	seen := map[string]int{}
	state, polls := RowState{}, 0
	for more := true; more; polls++ {
		got, next, answer, err := rowsOf(t, s, state, wibZone)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range got {
			seen[row[0]]++
		}
		if answer.More == (len(answer.Notes) == 0) {
			t.Errorf("poll %d: more %v, notes %v", polls, answer.More, answer.Notes)
		}
		state, more = next, answer.More
		if polls > 10 {
			t.Fatal("no end")
		}
	}
	if len(seen) != 11000 || polls < 2 {
		t.Errorf("%d rows in %d polls", len(seen), polls)
	}
}

func TestDatabaseWithoutMark(t *testing.T) {
	a := newApplication(t, requests)
	a.exec(`INSERT INTO permohonan VALUES (1, 'Siti', 'a', 0, NULL), (2, 'Joko', 'b', 0, NULL)`)
	d := Database{Driver: "sqlite3", DSN: a.path, Import: "ppid", Query: "WITH p AS (SELECT id, topik FROM permohonan) SELECT * FROM p"}
	for range 2 {
		got, state, _, err := rowsOf(t, databaseSource(t, d), RowState{}, wibZone)
		if err != nil || len(got) != 2 || state.Mark != "" {
			t.Errorf("%v, %+v, %v", got, state, err)
		}
	}
	d.Limit = 1
	_, _, _, err := rowsOf(t, databaseSource(t, d), RowState{}, wibZone)
	wantFailure(t, err, ReasonTooLarge)
}

// TestDatabaseZone reads stamps that the application writes in UTC.
func TestDatabaseZone(t *testing.T) {
	a := newApplication(t, requests)
	for i, stamp := range []string{"2026-10-01 01:30:00", "2026-10-02", "2026-10-03T01:30:00.250+07", "0000-00-00 00:00:00", "kemarin"} {
		a.exec("INSERT INTO permohonan VALUES (?, '', '', 0, ?)", i+1, stamp)
	}
	d := Database{Driver: "sqlite", DSN: a.path, Import: "ppid", Zone: "utc", Query: "SELECT updated_at FROM permohonan ORDER BY id"}
	got, _, _, err := rowsOf(t, databaseSource(t, d), RowState{}, wibZone)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"2026-10-01T01:30:00Z"}, {"2026-10-02"}, {"2026-10-03T01:30:00.25+07:00"}, {"0000-00-00 00:00:00"}, {"kemarin"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	d.Zone = "WIB"
	if got, _, _, err = rowsOf(t, databaseSource(t, d), RowState{}, wibZone); err != nil || got[0][0] != "2026-10-01 01:30:00" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestDatabaseFailures(t *testing.T) {
	a := newApplication(t, requests)
	a.exec("INSERT INTO permohonan VALUES (1, 'Siti', 'a', 0, '2026-10-01 08:00:00')")
	d := Database{Driver: "sqlite", DSN: a.path, Import: "ppid", Mark: "updated_at", Query: "SELECT id, updated_at FROM permohonan"}
	cases := []struct {
		name, reason string
		change       func(*Database)
	}{
		{"no file", ReasonFile, func(d *Database) { d.DSN += ".tidak-ada" }},
		{"no database", ReasonFile, func(d *Database) { d.DSN = "database_test.go" }},
		{"no table", ReasonQuery, func(d *Database) { d.Query = "SELECT id, updated_at FROM tidak_ada" }},
		{"no mark", ReasonMapping, func(d *Database) { d.Mark = "diubah" }},
		{"writing", ReasonQuery, func(d *Database) { d.Query = "WITH x AS (SELECT 1) DELETE FROM permohonan RETURNING id, updated_at" }},
		{"no secret", ReasonSecret, func(d *Database) { d.DSN = "${GAUNG_SECRET_TIDAK_ADA}" }},
		{"bad postgres", ReasonBadURL, func(d *Database) { d.Driver, d.DSN = "postgres", "${GAUNG_SECRET_RUSAK}" }},
		{"bad mysql", ReasonBadURL, func(d *Database) { d.Driver, d.DSN = "mysql", "${GAUNG_SECRET_RUSAK}" }},
		{"refused", ReasonRefused, func(d *Database) { d.Driver, d.DSN = "mysql", "${GAUNG_SECRET_TUTUP}" }},
	}
	t.Setenv("GAUNG_SECRET_RUSAK", "postgres://u:sandi%zz@:x/rahasia-negara")
	t.Setenv("GAUNG_SECRET_TUTUP", "mysql://u:rahasia-negara@127.0.0.1:1/ppid")
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := d
			c.change(&d)
			_, _, _, err := rowsOf(t, databaseSource(t, d), RowState{}, wibZone)
			f := wantFailure(t, err, c.reason)
			if strings.Contains(f.Error(), "rahasia-negara") || strings.Contains(f.Words, "\n") {
				t.Errorf("failure %v", f)
			}
		})
	}
	var left int
	if err := a.db.QueryRow("SELECT count(*) FROM permohonan").Scan(&left); err != nil || left != 1 {
		t.Errorf("%d rows left, %v", left, err)
	}
}

func TestDatabaseCallerErrors(t *testing.T) {
	a := newApplication(t, requests)
	a.exec("INSERT INTO permohonan VALUES (1, 'Siti', 'a', 0, '2026-10-01 08:00:00')")
	s := databaseSource(t, Database{Driver: "sqlite", DSN: a.path, Import: "ppid", Query: "SELECT * FROM permohonan"})
	reader, err := OpenRows(s, wibZone, func() time.Time { return testNow })
	if err != nil {
		t.Fatal(err)
	}
	refuse := errors.New("kolom wajib tidak ada")
	all := func(columns []string) ([]bool, error) { return make([]bool, len(columns)), nil }
	for name, read := range map[string]func() (RowAnswer, error){
		"bind": func() (RowAnswer, error) {
			return reader.ReadRows(context.Background(), RowState{}, func([]string) ([]bool, error) { return nil, refuse }, nil)
		},
		"emit": func() (RowAnswer, error) {
			return reader.ReadRows(context.Background(), RowState{}, all, func(RowPage) error { return refuse })
		},
	} {
		var failure *Failure
		if _, err := read(); !errors.Is(err, refuse) || errors.As(err, &failure) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := reader.ReadRows(ctx, RowState{}, all, func(RowPage) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

var (
	testRegions = region.Builtin()
	wibZone     = mustZone("Asia/Jakarta")
)

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return zone
}

func wantAll(columns []string) ([]bool, error) {
	wanted := make([]bool, len(columns))
	for i := range wanted {
		wanted[i] = true
	}
	return wanted, nil
}

func clockAt(at time.Time) func() time.Time { return func() time.Time { return at } }
