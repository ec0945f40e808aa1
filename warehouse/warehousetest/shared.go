package warehousetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"gaung/warehouse"
)

// shared is what the tests of one process have in common: the directory, for
// libchdb opens one at a time, and the databases that wait to be used again.
var shared directory

type directory struct {
	mu   sync.Mutex
	dir  string
	free []database
}

// database is a migrated database and what it looks like without the rows of a
// test. Each has its own look: the migrations write when they were applied.
type database struct {
	name  string
	fresh state
}

// state is a database's tables by name.
type state map[string]table

// table is how a table was made, and a hash of the rows that a migration put
// into it, 0 for none.
type table struct{ made, rows uint64 }

const prefix = "gaung-test-"

// join returns the directory, which is made for the first test. Nothing runs
// at the end of a test binary, so the directories of those that have ended are
// removed by those that begin.
func (d *directory) join(t testing.TB) string {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dir == "" {
		removeOld()
		dir, err := os.MkdirTemp("", fmt.Sprintf("%s%d-", prefix, os.Getpid()))
		if err != nil {
			t.Fatal(err)
		}
		d.dir = dir
	}
	return d.dir
}

func removeOld() {
	old, _ := filepath.Glob(filepath.Join(os.TempDir(), prefix+"*-*"))
	for _, dir := range old {
		number, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(dir), prefix), "-")
		pid, err := strconv.Atoi(number)
		if err == nil && errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) {
			os.RemoveAll(dir)
		}
	}
}

// take is a database that waits to be used again.
func (d *directory) take() (waiting database, ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.free) == 0 {
		return database{}, false
	}
	waiting = d.free[len(d.free)-1]
	d.free = d.free[:len(d.free)-1]
	return waiting, true
}

func (d *directory) give(used database) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.free = append(d.free, used)
}

// remember is what a database looks like that was migrated just now.
func remember(t testing.TB, w *warehouse.Warehouse) state {
	t.Helper()
	now, filled, err := look(w)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range filled {
		of := now[name]
		if of.rows, err = hash(w, name); err != nil {
			t.Fatal(err)
		}
		now[name] = of
	}
	return now
}

// clear empties a database. It reports false when the test has changed more
// than rows, or rows that a migration wrote.
func (d database) clear(t testing.TB, w *warehouse.Warehouse) bool {
	t.Helper()
	now, filled, err := look(w)
	if err != nil {
		return false // the test has closed or broken it: as good a reason as any
	}
	for _, name := range filled {
		of := now[name]
		if d.fresh[name].rows == 0 {
			if err := w.Conn().Exec(context.Background(), "TRUNCATE TABLE "+name); err != nil {
				t.Errorf("empty %s: %v", name, err)
				return false
			}
			continue
		}
		if of.rows, err = hash(w, name); err != nil {
			t.Errorf("look at %s: %v", name, err)
			return false
		}
		now[name] = of
	}
	return maps.Equal(now, d.fresh)
}

// look lists the tables, and those of them that have rows.
func look(w *warehouse.Warehouse) (all state, filled []string, err error) {
	rows, err := w.Conn().Query(context.Background(), `
		SELECT name, cityHash64(replaceAll(create_table_query, database, '')), coalesce(total_rows, 0) > 0
		FROM system.tables WHERE database = currentDatabase()`)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	all = state{}
	for rows.Next() {
		var name string
		var of table
		var any bool
		if err := rows.Scan(&name, &of.made, &any); err != nil {
			return nil, nil, err
		}
		if all[name] = of; any {
			filled = append(filled, name)
		}
	}
	return all, filled, rows.Err()
}

// hash looks at rows as text: cityHash64(*) is NULL for a row with a NULL.
func hash(w *warehouse.Warehouse, name string) (sum uint64, err error) {
	err = w.Conn().QueryRow(context.Background(), "SELECT greatest(toUInt64(1), sum(cityHash64(formatRow('TSV', *)))) FROM "+name).Scan(&sum)
	return sum, err
}
