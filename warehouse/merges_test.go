package warehouse_test

import (
	"testing"

	"gaung/warehouse/warehousetest"
)

// TestPauseMerges writes parts that the engine would merge and asks it to: it
// must refuse during a pause and not after.
func TestPauseMerges(t *testing.T) {
	w := warehousetest.Empty(t)
	ctx := t.Context()
	run := func(statement string) error { return w.Conn().Exec(ctx, statement) }
	must := func(statement string) {
		t.Helper()
		if err := run(statement); err != nil {
			t.Fatal(err)
		}
	}
	parts := func() (n uint64) {
		t.Helper()
		const count = "SELECT count() FROM system.parts WHERE database = currentDatabase() AND table = 'numbered' AND active"
		if err := w.Conn().QueryRow(ctx, count).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	must("CREATE TABLE numbered (n UInt64) ENGINE = MergeTree ORDER BY n")
	resume, err := w.PauseMerges(ctx, "numbered")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		must("INSERT INTO numbered SELECT number FROM numbers(10)")
	}
	// Asking for a merge during a pause is an error, or does nothing.
	if err := run("OPTIMIZE TABLE numbered FINAL SETTINGS optimize_throw_if_noop = 1"); err == nil {
		t.Error("merged during the pause")
	}
	if got := parts(); got != 3 {
		t.Errorf("%d parts during the pause, want 3", got)
	}
	for range 2 { // a second call does no harm
		if err := resume(); err != nil {
			t.Fatal(err)
		}
	}
	must("OPTIMIZE TABLE numbered FINAL SETTINGS optimize_throw_if_noop = 1")
	if got := parts(); got != 1 {
		t.Errorf("%d parts after the pause, want 1", got)
	}
	if _, err := w.PauseMerges(ctx, "numbered; DROP TABLE numbered"); err == nil {
		t.Error("a name that is no name was sent to the engine")
	}
}
