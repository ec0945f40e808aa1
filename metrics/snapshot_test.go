package metrics

import (
	"regexp"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
	"gaung/warehouse/warehousetest"
)

// everyParam gives a value to each parameter any statement has.
func everyParam() map[string]any {
	day := calendar.Date(2026, 10, 1)
	return map[string]any{
		"region": "19.71", "generation": uint64(1), "articles": uint64(1), "ppid": uint64(1), "complaints": uint64(1),
		"from": day, "to": day.Add(30), "as_of": day.Add(35),
		"cumulative": make([]int32, 36), "changes": []int32{},
		"month_start": "2026-09-30 17:00:00.000", "as_of_end": "2026-11-05 17:00:00.000",
		"sources": []string{"it's", "b"}, "zone": "Asia/Jakarta", "history_start": "2024-10-31 17:00:00.000", "month": "2026-10", "most": uint32(1), "id": "1971-202610-1-X", "skipped": uint64(0),
		"coverage": uint64(1), "objections": uint64(1), "only_open": false, "first": day, "last": day.Add(30), "at": "2026-10-31 17:00:00.000",
		"opd": "", "opds": []string{"a"}, "person": "p1", "year_from": day.Add(-334), "trend_from": day.Add(-334),
		"only": []string{"a", "b"}, "channel": "portal", "parts_id": "x", "section": "rows", "bounds": []int64{1, 2}, "months": []string{"2026-10"}, "items": []string{"story"},
		"source": "it's", "since": "2026-09-30 17:00:00.000", "before": "2026-11-05 17:00:00.000", "by_opd": true, "only_opd": "a", "kind": "opd", "text": "it's", "agenda": uint64(1), "run": "00000000-0000-0000-0000-000000000001",
	}
}

var parameter = regexp.MustCompile(`\{([a-z_]+):`)

// Every statement parses, finds its tables and columns, and is named after a
// method that is in this package.
func TestExplainEveryStatement(t *testing.T) {
	conn := warehousetest.New(t).Conn()
	entries, err := statements.ReadDir("sql")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) < 20 {
		t.Fatalf("only %d statements", len(entries))
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".sql")
		t.Run(name, func(t *testing.T) {
			text, err := statements.ReadFile("sql/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			values, seen := everyParam(), map[string]bool{}
			var params []any
			for _, m := range parameter.FindAllStringSubmatch(string(text), -1) {
				if seen[m[1]] {
					continue
				}
				seen[m[1]] = true
				value, ok := values[m[1]]
				if !ok {
					t.Fatalf("no value for the parameter %s", m[1])
				}
				params = append(params, named(m[1], value))
			}
			plan := 0
			rows, err := conn.Query(t.Context(), "EXPLAIN "+string(text), params...)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			for rows.Next() {
				plan++
			}
			if err := rows.Err(); err != nil || plan == 0 {
				t.Errorf("%d lines of plan: %v", plan, err)
			}
			for _, fact := range []string{"articles_current", "ppid_current", "complaints_current", " FINAL"} {
				if strings.Contains(string(text), fact) {
					t.Errorf("reads %s", fact)
				}
			}
			if err := each(t.Context(), conn, name, func(driver.Rows) error { return nil }, params...); err != nil {
				t.Errorf("run: %v", err)
			}
		})
	}
}
