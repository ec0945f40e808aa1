package warehousetest_test

import (
	"os"
	"strconv"
	"testing"

	"gaung/warehouse"
	"gaung/warehouse/warehousetest"
)

// TestNewForgets: whatever a test does to its warehouse, the next one gets one
// as the migrations leave it.
func TestNewForgets(t *testing.T) {
	number := func(t *testing.T, w *warehouse.Warehouse, query string) (n uint64) {
		t.Helper()
		if err := w.Conn().QueryRow(t.Context(), query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	const (
		opd    = "SELECT count() FROM opd"
		rules  = "SELECT count() FROM rules"
		tables = "SELECT count() FROM system.tables WHERE database = currentDatabase()"
	)
	var allRules, allTables uint64
	t.Run("first", func(t *testing.T) {
		w := warehousetest.New(t)
		allRules, allTables = number(t, w, rules), number(t, w, tables)
	})
	if allRules == 0 {
		t.Fatal("no rule was written by the migrations")
	}
	for name, change := range map[string]string{
		"rows":   "INSERT INTO opd (region, code, name) VALUES ('19.71', '1', 'Dinas')",
		"rules":  "TRUNCATE TABLE rules",
		"rule":   "INSERT INTO rules (region, rule, limit_days, unit, valid_from, valid_to, version) VALUES ('', 'ppid', 1, 'working day', '2026-11-10', NULL, 2)",
		"table":  "CREATE TABLE more (n UInt64) ENGINE = MergeTree ORDER BY n",
		"column": "ALTER TABLE opd ADD COLUMN more String",
		"gone":   "DROP TABLE opd",
	} {
		t.Run(name, func(t *testing.T) {
			if err := warehousetest.New(t).Conn().Exec(t.Context(), change); err != nil {
				t.Fatal(err)
			}
		})
		t.Run(name+" after", func(t *testing.T) {
			w := warehousetest.New(t)
			if got := number(t, w, opd); got != 0 {
				t.Errorf("%d OPD left over", got)
			}
			if got := number(t, w, rules); got != allRules {
				t.Errorf("%d rules, want %d", got, allRules)
			}
			if got := number(t, w, tables); got != allTables {
				t.Errorf("%d tables, want %d", got, allTables)
			}
			if got := number(t, w, "SELECT count() FROM system.columns WHERE database = currentDatabase() AND name = 'more'"); got != 0 {
				t.Error("a column is left over")
			}
		})
	}
}

// TestNewUsesAgain: migrating is what makes tests slow, so a database is used
// again, also after another one was spoiled and dropped.
func TestNewUsesAgain(t *testing.T) {
	if os.Getenv(warehousetest.DSNVariable) != "" {
		return // there every test has a database of its own
	}
	var names []string
	for i, change := range []string{
		"CREATE TABLE more (n UInt64) ENGINE = MergeTree ORDER BY n",
		"INSERT INTO opd (region, code, name) VALUES ('19.71', '1', 'Dinas')",
		"SELECT 1",
	} {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			w := warehousetest.New(t)
			var name string
			if err := w.Conn().QueryRow(t.Context(), "SELECT currentDatabase()").Scan(&name); err != nil {
				t.Fatal(err)
			}
			names = append(names, name)
			if err := w.Conn().Exec(t.Context(), change); err != nil {
				t.Fatal(err)
			}
		})
	}
	if names[1] == names[0] {
		t.Error("a changed database was used again")
	}
	if names[2] != names[1] {
		t.Error("a database that was only written to was not used again")
	}
}
