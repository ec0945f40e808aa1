package source

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest/source/databasetest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	databasetest.Stop()
	os.Exit(code)
}

func serverSource(t *testing.T, driver, dsn string, d Database) Source {
	t.Helper()
	t.Setenv("GAUNG_SECRET_UJI", dsn)
	d.Driver, d.DSN, d.Import = driver, "${GAUNG_SECRET_UJI}", "ppid"
	return databaseSource(t, d)
}

// TestMariaDBValues reads every sort of column that an application may have.
func TestMariaDBValues(t *testing.T) {
	db := databasetest.MariaDB(t).Database(t)
	db.Exec(
		`CREATE TABLE v (id BIGINT UNSIGNED PRIMARY KEY, benar TINYINT(1), bit1 BIT(1), bit16 BIT(16), harga DECIMAL(12,2), nilai DOUBLE, pecahan FLOAT,
			kode BINARY(16), berkas BLOB, teks LONGTEXT CHARACTER SET latin1, pilihan ENUM('a b','c'), hari DATE, jam DATETIME, stamp TIMESTAMP(3) NULL, tahun YEAR, data JSON, kosong TEXT)`,
		`INSERT INTO v VALUES (18446744073709551615, 1, b'1', 258, 1234567.50, 0.1, 2.5, UNHEX('00FF00FF00FF00FF00FF00FF00FF00FF'), 'isi', 'Café — "a"', 'a b', '2026-10-01', '2026-10-01 08:00:00', '2026-10-01 08:00:00.250', 2026, '{"a": [1]}', NULL),
			(1, 0, b'0', 0, -0.5, 1e20, 0, NULL, NULL, '', 'c', '0000-00-00', '0000-00-00 00:00:00', NULL, NULL, NULL, NULL)`,
	)
	want := [][]string{
		{"1", "0", "0", "0", "-0.50", "100000000000000000000", "0", "", "", "", "c", "0000-00-00", "0000-00-00 00:00:00", "", "", "", ""},
		{"18446744073709551615", "1", "1", "258", "1234567.50", "0.1", "2.5", "00ff00ff00ff00ff00ff00ff00ff00ff", "isi", "Café — \"a\"", "a b", "2026-10-01", "2026-10-01 08:00:00", "2026-10-01 08:00:00.250", "2026", `{"a": [1]}`, ""},
	}
	for name, d := range map[string]Database{
		"with a mark": {Query: "SELECT * FROM v WHERE id >= {since}", Mark: "id"},
		"without":     {Query: "SELECT * FROM v ORDER BY id"},
	} {
		got, state, _, err := rowsOf(t, serverSource(t, "mysql", db.DSN, d), RowState{}, wibZone)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if d.Mark != "" && state.Mark != "18446744073709551615" {
			t.Errorf("mark %q", state.Mark)
		}
	}
	// The form that the driver itself has for a DSN.
	dsn, ok := mysqlURL(db.DSN)
	if !ok {
		t.Fatal("no URL")
	}
	if got, _, _, err := rowsOf(t, serverSource(t, "mariadb", dsn+"?parseTime=true&multiStatements=true", Database{Query: "SELECT jam FROM v WHERE id = 1"}), RowState{}, wibZone); err != nil || got[0][0] != "0000-00-00 00:00:00" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestPostgresValues(t *testing.T) {
	db := databasetest.Postgres(t).Database(t)
	db.Exec(
		`CREATE TABLE v (id smallint, besar bigint, benar boolean, harga numeric(12,2), nilai double precision, kode uuid, berkas bytea, "Kolom Besar" varchar(20),
			hari date, jam timestamp(0), stamp timestamptz, lama interval, daftar text[], data jsonb, alamat inet, kosong text)`,
		`INSERT INTO v VALUES (10, 9223372036854775807, true, 1234567.50, 0.1, '6ba7b810-9dad-11d1-80b4-00c04fd430c8', '\x00ff', 'Café', '2026-10-01', '2026-10-01 08:00:00',
			'2026-10-01 08:00:00.5+07', '1 day', '{a,"b c"}', '{"a": [1]}', '10.0.0.1', NULL), (9, 0, false, 0, 'NaN', NULL, NULL, '', 'infinity', '-infinity', NULL, NULL, NULL, NULL, NULL, NULL)`,
	)
	got, state, _, err := rowsOf(t, serverSource(t, "postgresql", db.DSN, Database{Query: "SELECT * FROM v WHERE id >= {since}", Mark: "ID"}), RowState{}, wibZone)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"9", "0", "false", "0.00", "NaN", "", "", "", "infinity", "-infinity", "", "", "", "", "", ""},
		{
			"10", "9223372036854775807", "true", "1234567.50", "0.1", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", `\x00ff`, "Café", "2026-10-01", "2026-10-01 08:00:00",
			"2026-10-01T08:00:00.5+07:00", "1 day", `{a,"b c"}`, `{"a": [1]}`, "10.0.0.1/32", "",
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if state.Mark != "10" || state.Class != classNumber {
		t.Errorf("state %+v", state)
	}
	for _, mark := range []string{"hari", "jam", "stamp", "besar", "harga", "Kolom", "kode"} {
		query := `SELECT *, "Kolom Besar" AS "Kolom" FROM v WHERE id = 10`
		s := serverSource(t, "postgres", db.DSN, Database{Query: query, Mark: mark})
		got, state, _, err := rowsOf(t, s, RowState{}, wibZone)
		if err != nil || len(got) != 1 {
			t.Errorf("%s: %q, %v", mark, got, err)
			continue
		}
		if got, _, _, err = rowsOf(t, s, state, wibZone); err != nil || len(got) != 0 {
			t.Errorf("%s, second poll: %q, %v", mark, got, err)
		}
	}
}

// TestServersLeaveUnwantedColumns asks the servers for the columns that are
// wanted only: a value that cannot be given at all shows which were asked for.
func TestServersLeaveUnwantedColumns(t *testing.T) {
	postgres := databasetest.Postgres(t).Database(t)
	postgres.Exec("CREATE TABLE p (id int, nama text, at timestamp)", "INSERT INTO p VALUES (1, 'Siti', '2026-10-01')")
	query := "SELECT id, (nama || 'x')::int AS nama, at FROM p"
	got, _, _, err := rowsOf(t, serverSource(t, "postgres", postgres.DSN, Database{Query: query, Mark: "at"}), RowState{}, wibZone, "nama")
	if err != nil || len(got) != 1 || len(got[0]) != 2 {
		t.Errorf("%q, %v", got, err)
	}
	_, _, _, err = rowsOf(t, serverSource(t, "postgres", postgres.DSN, Database{Query: query, Mark: "at"}), RowState{}, wibZone)
	if f := wantFailure(t, err, ReasonQuery); strings.Contains(f.Error(), "Siti") {
		t.Errorf("the failure repeats a value: %v", f)
	}
}

// TestServersAreOnlyRead tries to write through a function that a SELECT can
// call.
func TestServersAreOnlyRead(t *testing.T) {
	postgres := databasetest.Postgres(t).Database(t)
	postgres.Exec("CREATE TABLE p (id int)", "CREATE FUNCTION tulis() RETURNS int LANGUAGE sql AS 'INSERT INTO p VALUES (1) RETURNING id'")
	_, _, _, err := rowsOf(t, serverSource(t, "postgres", postgres.DSN, Database{Query: "SELECT tulis() AS id"}), RowState{}, wibZone)
	if f := wantFailure(t, err, ReasonQuery); !strings.Contains(f.Words, "25006") {
		t.Errorf("failure %v", f)
	}
}

// TestServerDiesWhileDelivering has the server die when the first page is
// delivered: the Failure comes beside the answer, and the state that came
// with the page reads the rest.
func TestServerDiesWhileDelivering(t *testing.T) {
	server := databasetest.Postgres(t)
	db := server.Database(t)
	db.Exec("CREATE TABLE p AS SELECT i AS id, timestamp '2026-10-01 08:00:00' + i * interval '1 second' AS at FROM generate_series(1, 5000) i")
	s := serverSource(t, "postgres", db.DSN, Database{Query: "SELECT * FROM p", Mark: "at"})
	reader, err := OpenRows(s, wibZone, clockAt(testNow))
	if err != nil {
		t.Fatal(err)
	}
	var state RowState
	rows := 0
	answer, err := reader.ReadRows(t.Context(), state, wantAll, func(page RowPage) error {
		rows += len(page.Rows)
		state = page.State
		if rows == len(page.Rows) {
			server.Kill()
		}
		return nil
	})
	wantFailure(t, err, ReasonConnection)
	if rows != pageRows || answer.Rows != rows {
		t.Errorf("%d rows delivered, %d said", rows, answer.Rows)
	}
	_, _, _, err = rowsOf(t, s, state, wibZone)
	if f := wantFailure(t, err, ReasonRefused); errors.Unwrap(f) == nil || strings.Contains(f.Error(), db.Password) {
		t.Errorf("failure %v", f)
	}
	server.Restart(t)
	rest, _, _, err := rowsOf(t, s, state, wibZone)
	if err != nil || rows+len(rest) != 5000 {
		t.Errorf("%d rows after the restart, %v", len(rest), err)
	}
}
