package warehouse_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"

	"gaung/warehouse"
)

// overSocket sends a statement to the directory's socket as any program can.
func overSocket(t *testing.T, dir, parameters, statement string) (status int, text string) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", filepath.Join(dir, "gaung.sock"))
	}}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://gaung/"+parameters, strings.NewReader(statement))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// TestNothingOutlivesItsStatement sends what would lock a session or move it
// elsewhere, then what everybody does next: write, and ask with settings.
func TestNothingOutlivesItsStatement(t *testing.T) {
	dir := t.TempDir()
	w := openDir(t, warehouse.Options{DSN: "chdb:" + dir})
	if err := w.Conn().Exec(t.Context(), createShared); err != nil {
		t.Fatal(err)
	}
	limited := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"max_execution_time": 30, "max_threads": 1}))
	for _, c := range []struct {
		name, parameters, statement string
		status                      int
	}{
		{"read only", "?readonly=1", "SELECT 1", 200},
		{"read only with others", "?readonly=1&use_uncompressed_cache=0&max_threads=1", "SELECT 1", 200},
		{"read only, refused", "?readonly=1", "INSERT INTO shared SELECT 1, 'x'", 500},
		{"no DDL", "?allow_ddl=0", "SELECT 1", 200},
		{"a wrong value", "?max_threads=many", "SELECT 1", 500},
		{"no such setting", "?no_such_setting=1", "SELECT 1", 500},
		{"by a statement", "", "SET readonly = 1", 200},
		{"by a second statement", "", "SELECT 1; SET readonly = 1", 500},
		{"by a second statement of another kind", "", "EXPLAIN SELECT 1; SET readonly = 1", 200},
		{"behind a comment", "", "/* a */ -- b\n set readonly = 1", 200},
		{"elsewhere", "", "USE system", 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			// As often as there are sessions, so that none is left out.
			for range 12 {
				if status, text := overSocket(t, dir, c.parameters, c.statement); status != c.status {
					t.Fatalf("status %d, want %d: %s", status, c.status, text)
				}
			}
			for range 12 {
				if err := w.Conn().Exec(limited, "INSERT INTO shared SELECT number, 'x' FROM numbers(1)"); err != nil {
					t.Fatalf("the next statement: %v", err)
				}
				var n uint64
				if err := w.Conn().QueryRow(limited, "SELECT toUInt64(getSetting('max_threads') + getSetting('readonly'))").Scan(&n); err != nil || n != 1 {
					t.Fatalf("the next query: %d, %v", n, err)
				}
				if err := w.Conn().Exec(t.Context(), createShared); err != nil {
					t.Fatalf("the next DDL: %v", err)
				}
			}
		})
	}
}
