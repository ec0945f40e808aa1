// Package warehousetest gives tests a real, migrated, throw-away warehouse.
package warehousetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/migrations"
	"gaung/warehouse"
)

// DSNVariable names a ClickHouse server to run the tests on instead of the
// embedded engine; every test then gets a database of its own there.
const DSNVariable = "TEST_CLICKHOUSE_DSN"

// New opens an empty migrated warehouse that the test has for itself. A missing
// engine fails the test and names the command that installs it.
//
// Migrating takes longer than most tests do, so the embedded engine's databases
// are emptied and used again.
func New(t testing.TB) *warehouse.Warehouse {
	t.Helper()
	if dsn := os.Getenv(DSNVariable); dsn != "" {
		w := onServer(t, dsn, newName())
		migrate(t, w)
		return w
	}
	dir := shared.join(t)
	base, used := shared.take()
	if !used {
		base.name = newName()
	}
	w := open(t, dir, base.name)
	if !used {
		migrate(t, w)
		base.fresh = remember(t, w)
	}
	t.Cleanup(func() {
		if !t.Failed() && base.clear(t, w) {
			shared.give(base)
		} else {
			drop(t, w.Conn(), base.name)
		}
		leave(t, w)
	})
	return w
}

// Empty opens a warehouse without a schema that disappears with the test.
func Empty(t testing.TB) *warehouse.Warehouse {
	t.Helper()
	name := newName()
	if dsn := os.Getenv(DSNVariable); dsn != "" {
		return onServer(t, dsn, name)
	}
	w := open(t, shared.join(t), name)
	t.Cleanup(func() {
		drop(t, w.Conn(), name)
		leave(t, w)
	})
	return w
}

func newName() string { return "test_" + strings.ToLower(rand.Text()) }

func open(t testing.TB, dir, database string) *warehouse.Warehouse {
	t.Helper()
	w, err := warehouse.Open(t.Context(), warehouse.Options{DSN: "chdb:" + dir, Database: database, Logger: quiet()})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func leave(t testing.TB, w *warehouse.Warehouse) {
	t.Helper()
	if err := w.Close(); err != nil {
		t.Errorf("close the warehouse: %v", err)
	}
}

func migrate(t testing.TB, w *warehouse.Warehouse) {
	t.Helper()
	db := w.SQL()
	defer db.Close()
	m, err := migrations.New(db, migrations.Topology{Cluster: w.Cluster()}, quiet())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func drop(t testing.TB, conn driver.Conn, database string) {
	t.Helper()
	// The test's own context has ended by now.
	if err := conn.Exec(context.Background(), fmt.Sprintf("DROP DATABASE IF EXISTS %s", database)); err != nil {
		t.Errorf("drop the test's database: %v", err)
	}
}
