package migrations_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/migrations"
	"gaung/warehouse/warehousetest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var topologies = map[string]migrations.Topology{
	"single":  {},
	"cluster": {Cluster: "gaung"},
}

func TestRenderGolden(t *testing.T) {
	for name, topology := range topologies {
		t.Run(name, func(t *testing.T) {
			got := renderAll(t, topology)
			golden := filepath.Join("testdata", name+".sql")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("the rendering differs from %s; go test ./migrations -update rewrites it (-want +got):\n%s", golden, diff)
			}
		})
	}
}

func renderAll(t *testing.T, topology migrations.Topology) []byte {
	t.Helper()
	files, err := migrations.Render(topology)
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "-- %s\n%s\n", name, text)
	}
	return all.Bytes()
}

var comment = regexp.MustCompile(`(?m)^--.*$`)

// TestRenderingsParse asks the engine's own parser about every statement of
// both renderings; a cluster itself cannot be had in a test.
func TestRenderingsParse(t *testing.T) {
	w := warehousetest.Empty(t)
	for name, topology := range topologies {
		n := 0
		for statement := range strings.SplitSeq(comment.ReplaceAllString(string(renderAll(t, topology)), ""), ";\n") {
			if strings.TrimSpace(statement) == "" {
				continue
			}
			n++
			rows, err := w.Conn().Query(t.Context(), "EXPLAIN AST "+statement)
			if err != nil {
				t.Errorf("%s: %v\n%s", name, err, statement)
				continue
			}
			for rows.Next() {
			}
			if err := rows.Err(); err != nil {
				t.Errorf("%s: %v\n%s", name, err, statement)
			}
			rows.Close()
			for _, mark := range []string{"${", "+gaung"} {
				if strings.Contains(statement, mark) {
					t.Errorf("%s: %q is left in\n%s", name, mark, statement)
				}
			}
			isTable := strings.Contains(statement, "CREATE TABLE")
			if name == "cluster" && isTable && !strings.Contains(statement, "Distributed(") && !strings.Contains(statement, "= Replicated") {
				t.Errorf("a table of the cluster is neither replicated nor distributed:\n%s", statement)
			}
			if name == "cluster" && strings.Contains(statement, "CREATE") && !strings.Contains(statement, "ON CLUSTER 'gaung'") {
				t.Errorf("not created on the cluster:\n%s", statement)
			}
		}
		if n < 40 {
			t.Errorf("%s has only %d statements", name, n)
		}
	}
}

func TestClusterNameIsChecked(t *testing.T) {
	if _, err := migrations.Render(migrations.Topology{Cluster: "a' ENGINE"}); err == nil {
		t.Error("a name with a quote was rendered into SQL")
	}
}

// TestNewerSchemaIsLeftAlone opens a schema that a later program has migrated.
func TestNewerSchemaIsLeftAlone(t *testing.T) {
	w := warehousetest.New(t)
	if err := w.Conn().Exec(t.Context(), "INSERT INTO schema_versions (version_id, is_applied) VALUES (99999, true)"); err != nil {
		t.Fatal(err)
	}
	db := w.SQL()
	defer db.Close()
	m, err := migrations.New(db, migrations.Topology{}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Up(t.Context()); err != migrations.ErrNewer {
		t.Errorf("Up = %v, want ErrNewer", err)
	}
	status, err := m.Status(t.Context())
	if err != nil || !status.Newer() {
		t.Errorf("status = %+v, %v; want a newer schema", status, err)
	}
}
