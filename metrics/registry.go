package metrics

import (
	_ "embed" // for the registry
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
)

// registryFile lists every figure of the report. A place is a dotted path of
// keys in the report's JSON; {a,b} stands for either.
//
//go:embed registry.csv
var registryFile string

// registry is the list of figures, in the order of the file.
var registry, registryAt = mustRegistry(registryFile)

// Direction says which way a figure is better.
type Direction string

// The directions. A figure without one is a fact to know, not a merit.
const (
	HigherIsBetter Direction = "up"
	LowerIsBetter  Direction = "down"
	NoDirection    Direction = ""
)

// Metric describes a figure of the report: what pages, workbook, API and
// METHOD.md call it, how it is counted and what its absence means.
type Metric struct {
	Key string
	// In lists the objects of the report the figure stands in, as dotted paths
	// of keys; lists are passed over. The figures at the top are in "report".
	In []string
	// Name is its Indonesian, NameEN its English name.
	Name, NameEN string
	Unit         string // in English: "working days", "share", "stories" and so on
	Better       Direction
	// Method is the anchor in docs/METHOD.md of the formula.
	Method string
	// Null says in Indonesian what a missing value means; empty for a figure
	// that is never missing.
	Null string
}

// Registry lists every figure of the report.
func Registry() []Metric { return slices.Clone(registry) }

// Describe finds a figure by its path in the report's JSON, such as
// "ppid.opd.rmst_wd".
func Describe(path string) (Metric, bool) {
	i, ok := registryAt[path]
	if !ok {
		return Metric{}, false
	}
	return registry[i], true
}

// Paths lists where in the report's JSON the figure stands.
func (m Metric) Paths() []string {
	paths := make([]string, len(m.In))
	for i, in := range m.In {
		paths[i] = m.Key
		if in != "report" {
			paths[i] = in + "." + m.Key
		}
	}
	return paths
}

// readRegistry reads the list and indexes it by path.
func readRegistry(r io.Reader) ([]Metric, map[string]int, error) {
	lines := csv.NewReader(r)
	lines.Comma = ';'
	rows, err := lines.ReadAll()
	if err != nil {
		return nil, nil, fmt.Errorf("metrics: read registry: %w", err)
	}
	if len(rows) == 0 || strings.Join(rows[0], ";") != "in;key;name_id;name_en;unit;better;method;null" {
		return nil, nil, fmt.Errorf("metrics: read registry: unknown header")
	}
	var list []Metric
	at := map[string]int{}
	for i, row := range rows[1:] {
		m := Metric{Key: row[1], In: expand(row[0]), Name: row[2], NameEN: row[3], Unit: row[4], Better: Direction(row[5]), Method: row[6], Null: row[7]}
		if m.Key == "" || m.Name == "" || m.NameEN == "" || m.Unit == "" || m.Method == "" {
			return nil, nil, fmt.Errorf("metrics: registry, row %d: a cell is empty", i+2)
		}
		if !slices.Contains([]Direction{HigherIsBetter, LowerIsBetter, NoDirection}, m.Better) {
			return nil, nil, fmt.Errorf("metrics: registry, row %d: direction %q", i+2, m.Better)
		}
		for _, path := range m.Paths() {
			if _, ok := at[path]; ok {
				return nil, nil, fmt.Errorf("metrics: registry, row %d: %s is there twice", i+2, path)
			}
			at[path] = len(list)
		}
		list = append(list, m)
	}
	return list, at, nil
}

// mustRegistry reads the embedded file, whose faults are the programmer's.
func mustRegistry(text string) ([]Metric, map[string]int) {
	list, at, err := readRegistry(strings.NewReader(text))
	if err != nil {
		panic(err)
	}
	return list, at
}

// expand turns "{a,b}.c" into a.c and b.c.
func expand(path string) []string {
	head, rest, ok := strings.Cut(path, "{")
	if !ok {
		return []string{path}
	}
	choices, tail, _ := strings.Cut(rest, "}")
	var out []string
	for _, choice := range strings.Split(choices, ",") {
		out = append(out, head+choice+tail)
	}
	return out
}
