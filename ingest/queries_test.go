package ingest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"
)

var parameter = regexp.MustCompile(`\{(\w+):([\w(), ']+)\}`)

// TestQueriesExplain has the engine plan every SQL file of the package.
func TestQueriesExplain(t *testing.T) {
	b := newBench(t)
	files, err := filepath.Glob("sql/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no queries: %v", err)
	}
	values := map[string]any{
		"String": "x", "UUID": "00000000-0000-0000-0000-000000000000", "UInt64": uint64(1), "Array(UInt64)": []uint64{1, 2}, "Array(String)": []string{"x"}, "DateTime64(3, 'UTC')": "2026-01-31 08:00:00.000",
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			table := "articles"
			if strings.Contains(string(text), "generation") {
				table = "stories"
			}
			var args []any
			given := map[string]bool{}
			for _, m := range parameter.FindAllStringSubmatch(string(text), -1) {
				if given[m[1]] {
					continue
				}
				given[m[1]] = true
				value, ok := values[m[2]]
				if m[2] == "Identifier" {
					value, ok = table, true
				}
				if !ok {
					t.Fatalf("no value for a parameter of type %s", m[2])
				}
				if m[1] == "zone" {
					value = "Asia/Makassar"
				}
				args = append(args, clickhouse.Named(m[1], value))
			}
			b.t = t
			if i := strings.Index(string(text), "\nSELECT"); strings.Contains(string(text), "INSERT INTO") && i > 0 {
				text = text[i:] // the engine explains no insert, only where its rows come from
			}
			if plan := b.rows("EXPLAIN "+string(text), args...); len(plan) == 0 {
				t.Error("empty plan")
			}
		})
	}
}
