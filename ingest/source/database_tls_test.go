package source

import (
	"crypto/tls"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gaung/ingest/source/databasetest"
)

// testCA is the certificate of an HTTPS test server as a PEM file, and the
// server.
func testCA(t *testing.T) (*httptest.Server, string) {
	t.Helper()
	server := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return server, path
}

func TestDatabaseTLSIsChecked(t *testing.T) {
	_, ca := testCA(t)
	text := filepath.Join(t.TempDir(), "teks.pem")
	if err := os.WriteFile(text, []byte("bukan sertifikat"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ query, want string }{
		{"", ""},
		{"?sslmode=disable", ""},
		{"?sslmode=prefer", ""},
		{"?sslmode=require", ""},
		{"?sslmode=verify-ca&sslrootcert=" + ca, ""},
		{"?sslmode=verify-full&sslrootcert=" + ca, ""},
		{"?sslmode=wajib", "sslmode=wajib tidak dikenal; yang boleh: disable, allow, prefer, require, verify-ca, verify-full"},
		{"?sslmode=require&sslrootcert=" + ca, "sslrootcert hanya diperiksa dengan sslmode=verify-ca atau verify-full"},
		{"?sslmode=verify-full&sslrootcert=/tidak/ada.pem", "berkas sslrootcert /tidak/ada.pem tidak dapat dibaca"},
		{"?sslmode=verify-full&sslrootcert=" + text, "tidak memuat sertifikat PEM"},
		{"?sslmode=require&sslcert=" + ca, "sslcert dan sslkey ditulis keduanya"},
		{"?sslmode=require&sslcert=" + ca + "&sslkey=" + text, "tidak dapat dibaca atau bukan pasangan"},
	} {
		for driver, scheme := range map[string]string{driverPostgres: "postgres", driverMySQL: "mysql"} {
			t.Setenv("GAUNG_SECRET_UJI_TLS", scheme+"://gaung:rahasia123@db.contoh.id/ppid"+test.query)
			s := Source{Name: "x", Kind: kindDatabase, Database: &Database{Driver: driver, DSN: "${GAUNG_SECRET_UJI_TLS}"}}
			failure := s.CheckDSN()
			switch {
			case failure == nil && test.want != "":
				t.Errorf("%s %s is taken", scheme, test.query)
			case failure != nil && (test.want == "" || !strings.Contains(failure.Words, test.want) || failure.Reason != ReasonBadURL):
				t.Errorf("%s %s: %v", scheme, test.query, failure)
			case failure != nil && strings.Contains(failure.Error(), "rahasia123"):
				t.Errorf("the password is in %v", failure)
			}
		}
	}
}

// TestDatabaseTLSConfig asks an HTTPS server, whose handshake is the same.
func TestDatabaseTLSConfig(t *testing.T) {
	server, ca := testCA(t)
	address := server.Listener.Addr().String()
	for _, test := range []struct {
		query, name string
		good        bool
	}{
		{"sslmode=require", "127.0.0.1", true},
		{"sslmode=verify-ca&sslrootcert=" + ca, "nama.lain", true},
		{"sslmode=verify-ca", "127.0.0.1", false},
		{"sslmode=verify-full&sslrootcert=" + ca, "127.0.0.1", true},
		{"sslmode=verify-full&sslrootcert=" + ca, "nama.lain", false},
		{"sslmode=verify-full", "127.0.0.1", false},
	} {
		rest, secure, failure := splitTLS("mysql://u:p@" + address + "/x?charset=utf8mb4&" + test.query)
		if failure != nil {
			t.Fatal(failure)
		}
		if rest != "mysql://u:p@"+address+"/x?charset=utf8mb4" {
			t.Errorf("the rest of the DSN is %s", rest)
		}
		conn, err := tls.Dial("tcp", address, secure.config(test.name))
		if (err == nil) != test.good {
			t.Errorf("%s for %s: %v", test.query, test.name, err)
		}
		if err == nil {
			conn.Close()
		} else if !isTLS(err) {
			t.Errorf("%s: %T is not known as a fault of TLS", test.query, err)
		}
	}
}

// TestServersWithoutTLS: a server that has none is refused where TLS is asked
// for, and taken where it is only preferred.
func TestServersWithoutTLS(t *testing.T) {
	for driver, dsn := range map[string]string{
		"postgres": strings.TrimSuffix(databasetest.Postgres(t).Database(t).DSN, "?sslmode=disable"),
	} {
		d := Database{Query: "SELECT 1 AS registration_no"}
		if _, _, _, err := rowsOf(t, serverSource(t, driver, dsn+"?sslmode=prefer", d), RowState{}, wibZone); err != nil {
			t.Errorf("%s prefer: %v", driver, err)
		}
		_, _, _, err := rowsOf(t, serverSource(t, driver, dsn+"?sslmode=require", d), RowState{}, wibZone)
		if failure, ok := asFailure(err); !ok || failure.Reason != ReasonTLS {
			t.Errorf("%s require: %v", driver, err)
		}
	}
}

// TestServersWithTLS asks real servers, over TLS, whether the connection is
// encrypted, and refuses those that it should not believe.
func TestServersWithTLS(t *testing.T) {
	_, stranger := testCA(t)
	for _, driver := range []struct {
		name   string
		server *databasetest.Server
		query  string
	}{
		{"postgres", databasetest.SecurePostgres(t), "SELECT ssl::text AS registration_no FROM pg_stat_ssl WHERE pid = pg_backend_pid()"},
		{"mariadb", databasetest.SecureMariaDB(t), "SELECT IF(variable_value = '', 'false', 'true') AS registration_no FROM information_schema.session_status WHERE variable_name = 'Ssl_cipher'"},
	} {
		plain := driver.server.Database(t).DSN
		plain, _, _ = strings.Cut(plain, "?")
		byName := strings.Replace(plain, "127.0.0.1", "localhost", 1)
		authority := "&sslrootcert=" + driver.server.Authority()
		for _, test := range []struct{ dsn, encrypted string }{
			{plain + "?sslmode=disable", "false"},
			{plain + "?sslmode=prefer", "true"},
			{plain + "?sslmode=require", "true"},
			{plain + "?sslmode=verify-full" + authority, "true"},
			{byName + "?sslmode=verify-ca" + authority, "true"},
			{byName + "?sslmode=verify-full" + authority, ""},
			{plain + "?sslmode=verify-ca&sslrootcert=" + stranger, ""},
			{plain + "?sslmode=verify-full&sslrootcert=" + stranger, ""},
			{plain + "?sslmode=verify-full", ""},
		} {
			_, mode, _ := strings.Cut(test.dsn, "?")
			got, _, _, err := rowsOf(t, serverSource(t, driver.name, test.dsn, Database{Query: driver.query}), RowState{}, wibZone)
			if test.encrypted == "" {
				if failure, ok := asFailure(err); !ok || failure.Reason != ReasonTLS {
					t.Errorf("%s %s: %v", driver.name, mode, err)
				}
				continue
			}
			if err != nil || len(got) != 1 || got[0][0] != test.encrypted {
				t.Errorf("%s %s: %q, %v", driver.name, mode, got, err)
			}
		}
	}
}
