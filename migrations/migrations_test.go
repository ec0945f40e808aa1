package migrations_test

import (
	"io/fs"
	"log/slog"
	"testing"

	"gaung/migrations"
	"gaung/warehouse/warehousetest"
)

var quiet = slog.New(slog.DiscardHandler)

func TestUpDownUp(t *testing.T) {
	w := warehousetest.Empty(t)
	db := w.SQL()
	defer db.Close()
	m, err := migrations.New(db, migrations.Topology{}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	status, err := m.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if status.Current != 0 || !status.Behind() {
		t.Fatalf("status of an empty database = %+v", status)
	}
	applied, err := m.Up(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	files, err := migrations.Render(migrations.Topology{})
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	if applied != len(names) {
		t.Errorf("applied %d migrations of %d files", applied, len(names))
	}
	if again, err := m.Up(t.Context()); err != nil || again != 0 {
		t.Errorf("second Up = %d, %v; want 0 and no error", again, err)
	}
	for range applied {
		if err := m.Down(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var tables uint64
	if err := w.Conn().QueryRow(t.Context(), "SELECT count() FROM system.tables WHERE database = currentDatabase()").Scan(&tables); err != nil {
		t.Fatal(err)
	}
	if tables != 1 { // the book of versions stays
		t.Errorf("%d tables are left after taking everything back, want 1", tables)
	}
	if _, err := m.Up(t.Context()); err != nil {
		t.Fatalf("Up after Down: %v", err)
	}
	status, err = m.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if status.Behind() || status.Newer() {
		t.Errorf("status after Up = %+v", status)
	}
}
