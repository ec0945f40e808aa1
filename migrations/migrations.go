// Package migrations holds the numbered SQL files of the schema and brings a
// warehouse up to them with goose. One set of files serves a single node and a
// cluster; [Render] fills in what differs.
package migrations

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing/fstest"
)

//go:embed sql/*.sql
var files embed.FS

// Topology says where the tables live.
type Topology struct {
	// Cluster is the name of the cluster in the server's configuration; empty
	// means a single node, embedded or not.
	Cluster string
}

var clusterName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// Render returns the migration files for a topology.
//
// A file uses these marks:
//
//	${LOCAL}        _local on a cluster, where the plain name is the Distributed table
//	${ON_CLUSTER}   ON CLUSTER 'name'
//	${REPLICATED}   Replicated, before a MergeTree engine
//	-- +gaung DISTRIBUTED table   the Distributed table over table_local, cut by region
//	-- +gaung DROP table          drops the table, both of them on a cluster
//
// Rows of one region stay on one shard, so that joins and partitions of a
// region are local.
func Render(t Topology) (fs.FS, error) {
	if t.Cluster != "" && !clusterName.MatchString(t.Cluster) {
		return nil, fmt.Errorf("migrations: %q is not the name of a cluster", t.Cluster)
	}
	rendered := fstest.MapFS{}
	names, err := fs.Glob(files, "sql/*.sql")
	if err != nil {
		return nil, fmt.Errorf("migrations: list files: %w", err)
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("migrations: read %s: %w", name, err)
		}
		body, err := renderFile(string(text), t)
		if err != nil {
			return nil, fmt.Errorf("migrations: render %s: %w", name, err)
		}
		rendered[strings.TrimPrefix(name, "sql/")] = &fstest.MapFile{Data: body}
	}
	return rendered, nil
}

var (
	mark      = regexp.MustCompile(`\$\{([A-Z_]+)\}`)
	directive = regexp.MustCompile(`^-- \+gaung ([A-Z]+) ([a-z_]+)$`)
)

func renderFile(text string, t Topology) ([]byte, error) {
	values := map[string]string{"LOCAL": "", "ON_CLUSTER": "", "REPLICATED": ""}
	if t.Cluster != "" {
		values = map[string]string{"LOCAL": "_local", "ON_CLUSTER": "ON CLUSTER '" + t.Cluster + "'", "REPLICATED": "Replicated"}
	}
	var out bytes.Buffer
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if found := directive.FindStringSubmatch(line); found != nil {
			statement, err := expand(found[1], found[2], t)
			if err != nil {
				return nil, err
			}
			out.WriteString(statement)
			continue
		}
		if strings.HasPrefix(line, "-- +gaung") {
			return nil, fmt.Errorf("directive %q is not understood", line)
		}
		for _, found := range mark.FindAllStringSubmatch(line, -1) {
			value, known := values[found[1]]
			if !known {
				return nil, fmt.Errorf("mark ${%s} is not known", found[1])
			}
			if value == "" {
				line = strings.Replace(line, " "+found[0], "", 1)
			}
			line = strings.Replace(line, found[0], value, 1)
		}
		out.WriteString(line + "\n")
	}
	return out.Bytes(), nil
}

func expand(verb, table string, t Topology) (string, error) {
	on := ""
	if t.Cluster != "" {
		on = " ON CLUSTER '" + t.Cluster + "'"
	}
	switch {
	case verb == "DISTRIBUTED" && t.Cluster == "":
		return "", nil
	case verb == "DISTRIBUTED":
		return fmt.Sprintf("CREATE TABLE IF NOT EXISTS %[1]s%[2]s AS %[1]s_local\nENGINE = Distributed('%[3]s', currentDatabase(), '%[1]s_local', cityHash64(region));\n",
			table, on, t.Cluster), nil
	case verb == "DROP" && t.Cluster == "":
		return fmt.Sprintf("DROP TABLE IF EXISTS %s;\n", table), nil
	case verb == "DROP":
		return fmt.Sprintf("DROP TABLE IF EXISTS %[1]s%[2]s;\nDROP TABLE IF EXISTS %[1]s_local%[2]s;\n", table, on), nil
	}
	return "", fmt.Errorf("directive %s is not known", verb)
}
