package warehouse_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/go-cmp/cmp"

	"gaung/warehouse"
)

// longQuery runs for minutes when nobody stops it.
const longQuery = "SELECT max(sipHash64(number)) FROM numbers(100000000000)"

func TestTypesSurvive(t *testing.T) {
	w := openDir(t, warehouse.Options{})
	if err := w.Conn().Exec(t.Context(), `CREATE TABLE kinds (a LowCardinality(String), b Nullable(Float64), c Array(String),
		d DateTime64(3, 'UTC'), e UUID, f Date32, g Bool, h Nullable(DateTime64(3, 'UTC'))) ENGINE = MergeTree ORDER BY a`); err != nil {
		t.Fatal(err)
	}
	type row struct {
		A string
		B *float64
		C []string
		D time.Time
		E string
		F time.Time
		G bool
		H *time.Time
	}
	number := 2.5
	at := time.Date(2026, 10, 31, 16, 59, 59, 123e6, time.UTC)
	day := time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)
	want := []row{
		{"a", nil, []string{}, at, "6f9619ff-8b86-d011-b42d-00cf4fc964ff", day, false, nil},
		{"b\n\x00'\\", &number, []string{"x", "\n"}, at, "00000000-0000-0000-0000-000000000000", day, true, &at},
	}
	batch, err := w.Conn().PrepareBatch(t.Context(), "INSERT INTO kinds")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range want {
		if err := batch.Append(r.A, r.B, r.C, r.D, r.E, r.F, r.G, r.H); err != nil {
			t.Fatal(err)
		}
	}
	if err := batch.Send(); err != nil {
		t.Fatal(err)
	}
	rows, err := w.Conn().Query(t.Context(), "SELECT * FROM kinds ORDER BY a")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []row
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.A, &r.B, &r.C, &r.D, &r.E, &r.F, &r.G, &r.H); err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows changed on their way (-want +got):\n%s", diff)
	}
}

func TestParametersAreNotSQL(t *testing.T) {
	w := openDir(t, warehouse.Options{})
	for _, text := range []string{"", "'; DROP TABLE x; --", `back\slash`, "line\nbreak\ttab", "é ꦱ 🙂", `{a:String}`} {
		var got string
		if err := w.Conn().QueryRow(t.Context(), "SELECT {text:String}", clickhouse.Named("text", text)).Scan(&got); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if got != text {
			t.Errorf("parameter came back as %q, want %q", got, text)
		}
	}
	var sum uint64
	if err := w.Conn().QueryRow(t.Context(), "SELECT arraySum({list:Array(UInt64)})", clickhouse.Named("list", []uint64{1, 2, 39})).Scan(&sum); err != nil {
		t.Fatal(err)
	}
	if sum != 42 {
		t.Errorf("sum of the array parameter = %d, want 42", sum)
	}
}

func TestSettingsHoldForTheirQueryOnly(t *testing.T) {
	w := openDir(t, warehouse.Options{Sessions: 1})
	threads := func(ctx context.Context) (n uint64) {
		t.Helper()
		if err := w.Conn().QueryRow(ctx, "SELECT toUInt64(getSetting('max_threads'))").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := threads(t.Context())
	set := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"max_threads": 7}))
	if got := threads(set); got != 7 {
		t.Errorf("max_threads = %d under the setting, want 7", got)
	}
	if got := threads(t.Context()); got != before {
		t.Errorf("max_threads = %d after it, want %d", got, before)
	}
	bad := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"no_such_setting": 1}))
	var n uint8
	err := w.Conn().QueryRow(bad, "SELECT 1").Scan(&n)
	if code(err) != 115 {
		t.Errorf("an unknown setting gave %v, want code 115", err)
	}
	if got := threads(t.Context()); got != before {
		t.Errorf("max_threads = %d after a refused setting, want %d", got, before)
	}
}

func code(err error) int32 {
	var exception *clickhouse.Exception
	if errors.As(err, &exception) {
		return exception.Code
	}
	return 0
}

func TestErrorsAreTyped(t *testing.T) {
	w := openDir(t, warehouse.Options{})
	err := w.Conn().Exec(t.Context(), "SELECT nothing FROM nowhere")
	if code(err) != 60 {
		t.Errorf("error = %v, want code 60 (unknown table)", err)
	}
	// A failure in the middle of a result comes after blocks were sent.
	rows, err := w.Conn().Query(t.Context(), "SELECT number, throwIf(number = 3000000) FROM numbers(4000000) SETTINGS max_threads = 1, max_block_size = 65536")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
	}
	if code(rows.Err()) != 395 {
		t.Errorf("after %d rows the error = %v, want code 395", n, rows.Err())
	}
	if n == 0 {
		t.Error("no row came before the failure: the result was not streamed")
	}
}

func TestCancelStopsTheQuery(t *testing.T) {
	w := openDir(t, warehouse.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(100*time.Millisecond, cancel)
	var n uint64
	err := w.Conn().QueryRow(ctx, longQuery).Scan(&n)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
	waitForIdle(t, w)
}

// waitForIdle fails when a long query still runs in the engine.
func waitForIdle(t *testing.T, w *warehouse.Warehouse) {
	t.Helper()
	for range 100 {
		var n uint64
		if err := w.Conn().QueryRow(t.Context(), "SELECT count() FROM system.processes WHERE query LIKE '%sipHash64(number)%' AND query NOT LIKE '%system.processes%'").Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the cancelled query still runs")
}

func TestTimeLimit(t *testing.T) {
	w := openDir(t, warehouse.Options{QueryTimeout: 200 * time.Millisecond})
	var n uint64
	err := w.Conn().QueryRow(t.Context(), longQuery).Scan(&n)
	if code(err) != 394 {
		t.Errorf("error = %v, want code 394 (cancelled)", err)
	}
	waitForIdle(t, w)
	own := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"max_execution_time": "0.05"}))
	if err := w.Conn().QueryRow(own, longQuery).Scan(&n); code(err) != 159 {
		t.Errorf("error = %v, want code 159 (the query's own limit)", err)
	}
}

func TestMemoryLimit(t *testing.T) {
	const limit = 600 << 20
	w := openDir(t, warehouse.Options{MemoryLimit: limit})
	var set string
	if err := w.Conn().QueryRow(t.Context(), "SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'").Scan(&set); err != nil {
		t.Fatal(err)
	}
	if set != fmt.Sprint(limit) {
		t.Errorf("max_server_memory_usage = %s, want %d", set, limit)
	}
	var n uint64
	if err := w.Conn().QueryRow(t.Context(), "SELECT length(groupArray(number)) FROM numbers(500000000)").Scan(&n); code(err) != 241 {
		t.Errorf("error = %v, want code 241 (memory limit)", err)
	}
	small := clickhouse.Context(t.Context(), clickhouse.WithSettings(clickhouse.Settings{"max_memory_usage": 8 << 20}))
	if err := w.Conn().QueryRow(small, "SELECT length(groupArray(number)) FROM numbers(50000000)").Scan(&n); code(err) != 241 {
		t.Errorf("error = %v, want code 241 (the query's own limit)", err)
	}
	if err := w.Conn().QueryRow(t.Context(), "SELECT count() FROM numbers(10)").Scan(&n); err != nil || n != 10 {
		t.Errorf("after the refusals a small query gave %d, %v", n, err)
	}
}

func TestLargeResultsAreStreamed(t *testing.T) {
	w := openDir(t, warehouse.Options{})
	const rowsWanted = 3_000_000 // 200 MB of text
	query := fmt.Sprintf("SELECT number, repeat('gaung', 12) FROM numbers(%d)", rowsWanted)
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	rows, err := w.Conn().Query(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var n, sum, peak uint64
	for rows.Next() {
		var number uint64
		var text string
		if err := rows.Scan(&number, &text); err != nil {
			t.Fatal(err)
		}
		sum += number
		if n++; n%500_000 == 0 {
			var now runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if n != rowsWanted || sum != rowsWanted*(rowsWanted-1)/2 {
		t.Errorf("read %d rows with sum %d", n, sum)
	}
	if grown := int64(peak) - int64(before.HeapAlloc); grown > 60<<20 {
		t.Errorf("the heap grew by %d MB while reading 200 MB: the result was copied whole", grown>>20)
	}
}

func TestAbandonedResultFreesItsSession(t *testing.T) {
	w := openDir(t, warehouse.Options{Sessions: 2})
	for range 6 {
		ctx, cancel := context.WithCancel(t.Context())
		rows, err := w.Conn().Query(ctx, "SELECT number, sipHash64(number) FROM numbers(100000000000)")
		if err != nil {
			t.Fatal(err)
		}
		if !rows.Next() {
			t.Fatal(rows.Err())
		}
		cancel()
		rows.Close()
	}
	var n uint8
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if err := w.Conn().QueryRow(ctx, "SELECT 1").Scan(&n); err != nil {
		t.Fatalf("no session is free after abandoned results: %v", err)
	}
}

func TestConcurrentQueriesInsertsAndFailures(t *testing.T) {
	w := openDir(t, warehouse.Options{})
	if err := w.Conn().Exec(t.Context(), "CREATE TABLE load (worker UInt64, n UInt64) ENGINE = MergeTree ORDER BY n"); err != nil {
		t.Fatal(err)
	}
	const workers, rounds, size = 8, 12, 500
	var group sync.WaitGroup
	failed := make(chan error, workers)
	for worker := range workers {
		group.Go(func() {
			for round := range rounds {
				if err := oneRound(t, w, uint64(worker), uint64(round), size); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	group.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	var n uint64
	if err := w.Conn().QueryRow(t.Context(), "SELECT count() FROM load").Scan(&n); err != nil {
		t.Fatal(err)
	}
	if n != workers*rounds*size {
		t.Errorf("%d rows are in the table, want %d", n, workers*rounds*size)
	}
}

func oneRound(t *testing.T, w *warehouse.Warehouse, worker, round, size uint64) error {
	batch, err := w.Conn().PrepareBatch(t.Context(), "INSERT INTO load (worker, n)")
	if err != nil {
		return err
	}
	for n := range size {
		if err := batch.Append(worker, round*size+n); err != nil {
			return err
		}
	}
	if err := batch.Send(); err != nil {
		return err
	}
	if err := w.Conn().Exec(t.Context(), "SELECT broken("); code(err) != 62 {
		return fmt.Errorf("a broken statement gave %v, want code 62", err)
	}
	runtime.GC()
	var seen uint64
	if err := w.Conn().QueryRow(t.Context(), "SELECT count() FROM load WHERE worker = {worker:UInt64}", clickhouse.Named("worker", worker)).Scan(&seen); err != nil {
		return err
	}
	if seen != (round+1)*size {
		return fmt.Errorf("worker %d sees %d rows after round %d, want %d", worker, seen, round, (round+1)*size)
	}
	return nil
}

// TestGoSignalsSurvive proves that Go still turns a nil dereference into a
// panic although libchdb has installed handlers of its own.
func TestGoSignalsSurvive(t *testing.T) {
	openDir(t, warehouse.Options{})
	defer func() {
		err, ok := recover().(runtime.Error)
		if !ok || !strings.Contains(err.Error(), "nil pointer") {
			t.Errorf("recovered %v, want a nil pointer error", err)
		}
	}()
	var nowhere *warehouse.Options
	t.Log(nowhere.DSN)
}
