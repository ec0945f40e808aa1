package ingest_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
	"gaung/ingest/source"
	"gaung/ingest/source/databasetest"
	"gaung/warehouse/region"
)

func TestMain(m *testing.M) {
	code := m.Run()
	databasetest.Stop()
	os.Exit(code)
}

// ppidApplication is the schema of an invented PPID application as Laravel
// programs have it, with the identities they keep.
var ppidApplication = []string{
	`CREATE TABLE skpds (id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, nama VARCHAR(191) NOT NULL)`,
	`INSERT INTO skpds (nama) VALUES ('Dinas Kesehatan'), ('Dinas Sosial')`,
	`CREATE TABLE permohonan_informasis (
		id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, nomor_registrasi VARCHAR(50), skpd_id BIGINT UNSIGNED NOT NULL,
		nama_pemohon VARCHAR(191), nik CHAR(16), alamat TEXT, no_hp VARCHAR(20), email VARCHAR(191), pekerjaan VARCHAR(100),
		rincian_informasi TEXT, status ENUM('baru', 'proses', 'selesai', 'ditolak') DEFAULT 'baru', diperpanjang TINYINT(1) DEFAULT 0,
		tanggal_diterima DATETIME, tanggal_pemberitahuan DATETIME NULL, tanggal_selesai DATE NULL,
		created_at TIMESTAMP NULL, updated_at TIMESTAMP(6) NULL)`,
}

const ppidQuery = `SELECT p.*, s.nama AS skpd FROM (SELECT * FROM permohonan_informasis WHERE updated_at >= {since}) p JOIN skpds s ON s.id = p.skpd_id`

func ppidRow(number, opd int, status, received, notified, updated string) string {
	if notified != "NULL" {
		notified = "'" + notified + "'"
	}
	return fmt.Sprintf(`INSERT INTO permohonan_informasis (nomor_registrasi, skpd_id, nama_pemohon, nik, alamat, no_hp, email, pekerjaan, rincian_informasi, status, diperpanjang, tanggal_diterima, tanggal_pemberitahuan, created_at, updated_at)
		VALUES ('%03d/2026', %d, 'Siti Rahasia', '1971012345678901', 'Jl. Mawar 1', '081234567890', 'siti@contoh.id', 'Guru', 'Anggaran puskesmas', '%s', 1, '%s', %s, '%s', '%s')`,
		number, opd, status, received, notified, received, updated)
}

func ppidSource(dsn string, t testing.TB) source.Source {
	t.Setenv("GAUNG_SECRET_PPID_DSN", dsn)
	return source.Source{Name: "ppid-aplikasi", Kind: "database", Database: &source.Database{
		Driver: "mariadb", DSN: "${GAUNG_SECRET_PPID_DSN}", Import: "ppid", Query: ppidQuery, Mark: "updated_at",
		Map: map[string]string{
			"nomor_registrasi": "registration_no", "tanggal_diterima": "received_at", "tanggal_pemberitahuan": "notified_at", "tanggal_selesai": "delivered_at",
			"skpd": "opd", "rincian_informasi": "topic", "diperpanjang": "extended",
		},
		Values: map[string]map[string]string{"status": {"selesai": "diberikan seluruhnya"}},
	}}
}

// only fails unless the pull has one source, and gives it.
func (b *bench) only(result *ingest.PullResult) ingest.SourceResult {
	b.t.Helper()
	if len(result.Sources) != 1 {
		b.t.Fatalf("%d sources", len(result.Sources))
	}
	return result.Sources[0]
}

func (b *bench) wantTally(got ingest.SourceResult, accepted, updated, unchanged, rejected int) {
	b.t.Helper()
	want := ingest.Tally{Rows: accepted + updated + unchanged + rejected, Accepted: accepted, Updated: updated, Unchanged: unchanged, Rejected: rejected}
	if got.Tally != want {
		b.t.Fatalf("%s: %+v, want %+v; failure %+v, rejects %+v, notes %q", got.Source, got.Tally, want, got.Failure, got.Rejects, got.Notes)
	}
}

func TestPullMariaDB(t *testing.T) {
	db := databasetest.MariaDB(t).Database(t)
	db.Exec(ppidApplication...)
	db.Exec(
		ppidRow(1, 1, "selesai", "2026-10-01 23:30:00", "2026-10-08 10:00:00", "2026-10-08 10:00:00"),
		ppidRow(2, 2, "proses", "2026-10-02 08:00:00", "NULL", "2026-10-08 10:00:00"),
		ppidRow(3, 2, "baru", "0000-00-00 00:00:00", "NULL", "2026-10-08 10:00:00"),
	)
	b := newBench(t)
	b.give("opd", fiveOPD)
	c := testConfig(t, ppidSource(db.DSN, t))

	first := b.only(pull(t, b, c))
	b.wantTally(first, 2, 0, 0, 1)
	if len(first.Rejects) != 1 || first.Rejects[0].Column != "received_at" || first.Rejects[0].Row != 3 {
		t.Errorf("rejects %+v", first.Rejects)
	}
	notes := strings.Join(first.Notes, "\n")
	if !strings.Contains(notes, "kolom nama_pemohon, nik, alamat, no_hp, email, pekerjaan dibuang: identitas") {
		t.Errorf("notes %s", notes)
	}
	columns := "registration_no, opd, received_day, notified_day, status, extended, topic"
	want := []string{
		"001/2026|1.02|2026-10-01|2026-10-08|diberikan_seluruhnya|true|Anggaran puskesmas",
		"002/2026|1.06|2026-10-02||diproses|true|Anggaran puskesmas",
	}
	if diff := cmp.Diff(want, b.current("ppid_cases", "ppid", columns, "registration_no")); diff != "" {
		t.Error(diff)
	}

	// Nothing new: no row again, not even the reject.
	again := b.only(pull(t, b, c))
	b.wantTally(again, 0, 0, 0, 0)
	if !again.NotModified {
		t.Error("a poll without rows is not said to bring nothing new")
	}

	// A new row with the mark of the last, a repaired one and a decided one.
	db.Exec(
		ppidRow(4, 1, "baru", "2026-10-08 09:59:00", "NULL", "2026-10-08 10:00:00"),
		"UPDATE permohonan_informasis SET tanggal_diterima = '2026-10-07 08:00:00', updated_at = '2026-10-09 08:00:00.000001' WHERE nomor_registrasi = '003/2026'",
		"UPDATE permohonan_informasis SET status = 'ditolak', tanggal_pemberitahuan = '2026-10-09 08:00:00', updated_at = '2026-10-09 08:00:00.000001' WHERE nomor_registrasi = '002/2026'",
	)
	b.wantTally(b.only(pull(t, b, c)), 2, 1, 0, 0)
	if got := b.current("ppid_cases", "ppid", "registration_no, status", "registration_no"); strings.Join(got, " ") != "001/2026|diberikan_seluruhnya 002/2026|ditolak_dikecualikan 003/2026|diajukan 004/2026|diajukan" {
		t.Errorf("cases %q", got)
	}
	if got := b.rows("SELECT source, kind, opd, toString(answered), toString(items), toString(new_items) FROM polls ORDER BY items"); strings.Join(got, " ") !=
		"ppid-aplikasi|database||true|0|0 ppid-aplikasi|database||true|3|2 ppid-aplikasi|database||true|3|2" {
		t.Errorf("polls %q", got)
	}

	// A changed setting reads everything again and writes what it changes.
	s := ppidSource(db.DSN, t)
	s.Database.Values["status"]["baru"] = "belum lengkap"
	b.wantTally(b.only(pull(t, b, testConfig(t, s))), 0, 2, 2, 0)
	b.wantNowhere(citizens...)
}

// citizens are the identities in the test databases and files.
var citizens = []string{"siti", "rahasia", "1971012345678901", "jl. mawar", "0812", "contoh.id", "guru", "jalan berlubang", "depan rumah", "sandi-basis"}

// wantNowhere searches every text column of every table.
func (b *bench) wantNowhere(secrets ...string) {
	b.t.Helper()
	searched := 0
	for _, column := range b.rows("SELECT table, name FROM system.columns WHERE database = currentDatabase() AND type LIKE '%String%' AND table NOT LIKE '%goose%' ORDER BY table, name") {
		table, name, _ := strings.Cut(column, "|")
		for _, value := range b.rows(fmt.Sprintf("SELECT DISTINCT toString(%s) FROM %s", name, table)) {
			searched++
			for _, secret := range secrets {
				if strings.Contains(strings.ToLower(value), secret) {
					b.t.Errorf("%s.%s holds %q in %q", table, name, secret, value)
				}
			}
		}
	}
	if searched < 30 {
		b.t.Errorf("only %d values searched", searched)
	}
}

func TestPullPostgres(t *testing.T) {
	db := databasetest.Postgres(t).Database(t)
	db.Exec(
		`CREATE TYPE jenis AS ENUM ('pengaduan', 'aspirasi', 'informasi', 'pengawasan')`,
		`CREATE TABLE aduan (id serial PRIMARY KEY, "Nomor Tiket" uuid DEFAULT '6ba7b810-9dad-11d1-80b4-00c04fd430c8', pelapor text, isi_laporan text, jenis jenis,
			instansi text, masuk timestamptz, disposisi timestamp, selesai timestamptz, nilai numeric(3,1), rahasia boolean DEFAULT true, diubah timestamptz)`,
		`INSERT INTO aduan ("Nomor Tiket", pelapor, isi_laporan, jenis, instansi, masuk, disposisi, selesai, nilai, diubah) VALUES
			('00000000-0000-0000-0000-000000000001', 'Siti Rahasia', 'Jalan berlubang di depan rumah', 'pengaduan', 'Dishub', '2026-10-01 18:00:00+00', '2026-10-02 09:15:30.5', NULL, 4.5, '2026-10-02 09:15:30.123456+07'),
			('00000000-0000-0000-0000-000000000002', 'Siti Rahasia', 'Jalan berlubang', 'aspirasi', 'Dinas Kesehatan', '2026-10-02 08:00:00+07', NULL, '2026-10-05 08:00:00+08', NULL, '2026-10-05 08:00:00+08')`,
	)
	t.Setenv("GAUNG_SECRET_LAPOR", db.DSN)
	b := newBench(t)
	b.give("opd", fiveOPD)
	c := testConfig(t, source.Source{Name: "lapor-lokal", Kind: "database", OPD: "Dinas Sosial", Database: &source.Database{
		Driver: "postgres", DSN: "${GAUNG_SECRET_LAPOR}", Import: "complaints", Mark: "diubah",
		Query: "SELECT *, coalesce(nullif(instansi, ''), NULL) AS opd FROM aduan WHERE diubah >= {since}",
		Map:   map[string]string{"nomor tiket": "tracking_id", "jenis": "kind", "masuk": "submitted_at", "disposisi": "assigned_at", "selesai": "resolved_at", "nilai": "rating"},
	}})
	b.wantTally(b.only(pull(t, b, c)), 2, 0, 0, 0)
	got := b.rows("SELECT tracking_id, kind, opd_raw, toString(submitted_at), ifNull(toString(assigned_at), ''), ifNull(toString(resolved_at), ''), ifNull(toString(rating), '') FROM complaints_current ORDER BY tracking_id")
	want := []string{
		"00000000-0000-0000-0000-000000000001|complaint|Dishub|2026-10-01 18:00:00.000|2026-10-02 02:15:30.500||4.5",
		"00000000-0000-0000-0000-000000000002|aspiration|Dinas Kesehatan|2026-10-02 01:00:00.000||2026-10-05 00:00:00.000|",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	b.wantTally(b.only(pull(t, b, c)), 0, 0, 0, 0)
	db.Exec(`INSERT INTO aduan (pelapor, jenis, instansi, masuk, diubah) VALUES ('Siti Rahasia', 'pengawasan', '', '2026-10-06 08:00:00+07', '2026-10-05 00:00:00+00')`)
	b.wantTally(b.only(pull(t, b, c)), 1, 0, 0, 0)
	if got := b.rows("SELECT opd_raw, kind FROM complaints_current WHERE tracking_id LIKE '6ba7%'"); strings.Join(got, " ") != "Dinas Sosial|supervision" {
		t.Errorf("the row without an OPD is %q", got)
	}
	b.wantNowhere(citizens...)
}

// TestPullDatabaseFailures has every way a database can fail, beside a source
// that goes on.
func TestPullDatabaseFailures(t *testing.T) {
	server := databasetest.Postgres(t)
	db := server.Database(t)
	db.Exec("CREATE TABLE p (no text, opd text, received_at timestamp, rahasia text)", "INSERT INTO p VALUES ('1', 'Dinkes', '2026-10-01 08:00:00', 'siti')")
	maria := databasetest.MariaDB(t).Database(t)
	maria.Exec("CREATE TABLE p (no INT, opd TEXT, received_at DATETIME)", "INSERT INTO p VALUES (1, 'Dinkes', '2026-10-01 08:00:00')")
	t.Setenv("GAUNG_SECRET_BENAR", db.DSN)
	t.Setenv("GAUNG_SECRET_SALAH", strings.Replace(db.DSN, db.Password, "sandi-basis-data", 1))
	t.Setenv("GAUNG_SECRET_MARIA", maria.DSN)
	t.Setenv("GAUNG_SECRET_MARIA_SALAH", strings.Replace(maria.DSN, maria.Password, "sandi-basis-data", 1))
	t.Setenv("GAUNG_SECRET_MARIA_LAIN", maria.DSN+"x")
	const query = `SELECT no AS registration_no, opd, received_at FROM p`
	cases := []struct{ name, driver, secret, query, mark, reason, words string }{
		{"baik", "postgres", "BENAR", query, "", "", ""},
		{"sandi-postgres", "postgres", "SALAH", query, "", source.ReasonAuth, "menolak pengguna atau kata sandi"},
		{"sandi-maria", "mysql", "MARIA_SALAH", query, "", source.ReasonAuth, "menolak pengguna atau kata sandi"},
		{"basis-lain", "mysql", "MARIA_LAIN", query, "", source.ReasonAuth, "hak SELECT"},
		{"tabel-postgres", "postgres", "BENAR", strings.Replace(query, "FROM p", "FROM q", 1), "", source.ReasonQuery, `relation "q" does not exist`},
		{"tabel-maria", "mysql", "MARIA", strings.Replace(query, "FROM p", "FROM q", 1), "", source.ReasonQuery, "q' doesn't exist"},
		{"kolom", "mysql", "MARIA", strings.Replace(query, "opd", "instansi", 1), "", source.ReasonQuery, "instansi"},
		{"kolom-ganda", "mysql", "MARIA", "SELECT a.*, b.* FROM p a JOIN p b ON a.no = b.no", "", source.ReasonQuery, "Duplicate column name"},
		{"wajib", "postgres", "BENAR", "SELECT opd FROM p", "", source.ReasonMapping, "kolom wajib tidak ada di hasil query: registration_no, received_at"},
		{"tanda", "postgres", "BENAR", query, "updated_at", source.ReasonMapping, `kolom mark "updated_at" tidak ada di hasil query; yang ada: registration_no, opd, received_at`},
		{"nilai", "postgres", "BENAR", "SELECT no AS registration_no, opd, rahasia::timestamp AS received_at FROM p", "", source.ReasonQuery, "22007"},
		{"menulis", "postgres", "BENAR", "WITH d AS (DELETE FROM p RETURNING *) SELECT no AS registration_no, opd, received_at FROM d", "", source.ReasonQuery, ""},
	}
	var sources []source.Source
	for _, c := range cases {
		sources = append(sources, source.Source{Name: c.name, Kind: "database", Database: &source.Database{
			Driver: c.driver, DSN: "${GAUNG_SECRET_" + c.secret + "}", Import: "ppid", Query: c.query, Mark: c.mark,
		}})
	}
	b := newBench(t)
	result := pull(t, b, testConfig(t, sources...))
	for i, c := range cases {
		got := result.Sources[i]
		switch {
		case c.reason == "" && (got.Failure != nil || got.Accepted != 1):
			t.Errorf("%s: %+v", c.name, got)
		case c.reason == "":
		case got.Failure == nil || got.Failure.Reason != c.reason || !strings.Contains(got.Failure.Words, c.words) || strings.Contains(got.Failure.Words, "\n"):
			t.Errorf("%s: %+v, want %s with %q", c.name, got.Failure, c.reason, c.words)
		}
	}
	b.wantNowhere("sandi-basis-data", db.Password, maria.Password, `"siti"`)
	if got := b.rows("SELECT message FROM ingest_runs_current WHERE source = 'nilai'"); len(got) != 1 || strings.Contains(got[0], "siti") {
		t.Errorf("the book of runs repeats a value: %q", got)
	}
}

// TestPullServerKilled has the server die between two pages of a first
// reading: what was read is kept, the reason is booked, other sources are
// unharmed, and the next poll reads the rest.
func TestPullServerKilled(t *testing.T) {
	server := databasetest.MariaDB(t)
	db := server.Database(t)
	db.Exec(ppidApplication...)
	db.Exec(`INSERT INTO permohonan_informasis (nomor_registrasi, skpd_id, nama_pemohon, tanggal_diterima, updated_at)
		SELECT CONCAT(seq, '/2026'), 1, 'Siti Rahasia', '2026-10-01 08:00:00', '2026-10-01 08:00:00' + INTERVAL seq DIV 7 SECOND FROM seq_1_to_5000`)
	b := newBench(t)
	var calls atomic.Int64
	killed := make(chan struct{})
	b.in = ingest.New(ingest.Options{
		Warehouse: b.w, Regions: region.Builtin().With(b.reg), Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Now: func() time.Time {
			// The clock is read for every fact that is written, and not a
			// hundred times before.
			if calls.Add(1) == 1000 {
				server.Kill()
				close(killed)
			}
			return b.clock.Now()
		},
	})
	folder := t.TempDir()
	write(t, filepath.Join(folder, "agenda.csv"), "agenda_id,date,opd,title\n1,2026-10-05,Dinkes,Rapat\n")
	c := testConfig(t, ppidSource(db.DSN, t), registerSource("agenda-folder", folder, "agenda"))

	result := pull(t, b, c)
	select {
	case <-killed:
	default:
		t.Fatal("the server was not killed")
	}
	got := result.Sources[0]
	if got.Failure == nil || got.Failure.Reason != source.ReasonConnection && got.Failure.Reason != source.ReasonRefused || got.Accepted != 2000 {
		t.Errorf("%+v, failure %+v", got.Tally, got.Failure)
	}
	b.wantTally(result.Sources[1], 1, 0, 0, 0)
	if cases := b.current("ppid_cases", "ppid", "count()", "1"); strings.Join(cases, "") != "2000" {
		t.Errorf("%q cases are published", cases)
	}
	if dead := pull(t, b, c).Sources[0]; dead.Failure == nil || dead.Failure.Reason != source.ReasonRefused {
		t.Errorf("server dead: %+v", dead.Failure)
	}
	server.Restart(t)
	rest := pull(t, b, c).Sources[0]
	if rest.Failure != nil || rest.Accepted != 3000 || rest.Rejected != 0 {
		t.Errorf("%+v, failure %+v", rest.Tally, rest.Failure)
	}
	if cases := b.current("ppid_cases", "ppid", "count()", "1"); strings.Join(cases, "") != "5000" {
		t.Errorf("%q cases in the end", cases)
	}
}

func TestPullDatabaseCancelled(t *testing.T) {
	db := databasetest.Postgres(t).Database(t)
	t.Setenv("GAUNG_SECRET_LAMBAT", db.DSN)
	b := newBench(t)
	ctx, cancel := context.WithCancel(t.Context())
	c := testConfig(t, source.Source{Name: "lambat", Kind: "database", Database: &source.Database{
		Driver: "postgres", DSN: "${GAUNG_SECRET_LAMBAT}", Import: "opd",
		Query: "SELECT pg_sleep(100)::text AS code, 'x' AS name",
	}})
	time.AfterFunc(300*time.Millisecond, cancel)
	if _, err := b.in.Pull(ctx, c, nil); err == nil {
		t.Error("a cancelled pull ends without an error")
	}
	if got := b.rows("SELECT toString(count()) FROM polls"); strings.Join(got, "") != "0" {
		t.Errorf("polls %q", got)
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func registerSource(name, path, kind string) source.Source {
	return source.Source{Name: name, Kind: "register", Register: &source.Register{Path: path, Import: kind, Settle: time.Millisecond}}
}
