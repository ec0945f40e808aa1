// Package warehousetest gives tests a real, migrated, throw-away warehouse.
package warehousetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/migrations"
	"gaung/warehouse"
)

// DSNVariable names a ClickHouse server to run the tests on instead of the
// embedded engine; every test then gets a database of its own there.
const DSNVariable = "TEST_CLICKHOUSE_DSN"

// shared is the directory that the tests of one process use together: libchdb
// opens one directory per process. Every test has its own database in it.
var shared struct {
	sync.Mutex
	dir   string
	users int
}

// New opens an empty migrated warehouse that disappears with the test. A
// missing engine fails the test and names the command that installs it.
func New(t testing.TB) *warehouse.Warehouse {
	t.Helper()
	w := Empty(t)
	db := w.SQL()
	defer db.Close()
	m, err := migrations.New(db, migrations.Topology{Cluster: w.Cluster()}, quiet())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

// Empty opens a warehouse without a schema.
func Empty(t testing.TB) *warehouse.Warehouse {
	t.Helper()
	database := "test_" + strings.ToLower(rand.Text())
	if dsn := os.Getenv(DSNVariable); dsn != "" {
		return onServer(t, dsn, database)
	}
	dir := join(t)
	w, err := warehouse.Open(t.Context(), warehouse.Options{DSN: "chdb:" + dir, Database: database, Logger: quiet()})
	if err != nil {
		part()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		drop(t, w.Conn(), database)
		if err := w.Close(); err != nil {
			t.Errorf("close the warehouse: %v", err)
		}
		part()
	})
	return w
}

func join(t testing.TB) string {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.users == 0 {
		dir, err := os.MkdirTemp("", "gaung-test-")
		if err != nil {
			t.Fatal(err)
		}
		shared.dir = dir
	}
	shared.users++
	return shared.dir
}

func part() {
	shared.Lock()
	defer shared.Unlock()
	if shared.users--; shared.users == 0 {
		os.RemoveAll(shared.dir)
	}
}

func drop(t testing.TB, conn driver.Conn, database string) {
	t.Helper()
	// The test's own context has ended by now.
	if err := conn.Exec(context.Background(), fmt.Sprintf("DROP DATABASE IF EXISTS %s", database)); err != nil {
		t.Errorf("drop the test's database: %v", err)
	}
}
