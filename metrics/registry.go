package metrics

import (
	_ "embed" // for the registry
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
)

// registryFile lists every figure of the report, and the key figures that are
// sums or shares of its figures. A place is a dotted path of keys in the
// report's JSON; {a,b} stands for either.
//
//go:embed registry.csv
var registryFile string

// registry is the list of figures, in the order of the file.
var registry, registryAt = mustRegistry(registryFile)

// The places that are no object of the report: its own figures stand in "report",
// and what pages work out of several of its figures stands in [Derived].
const (
	top     = "report"
	Derived = "figures"
)

const registryHead = "in;key;name_id;name_en;head_id;head_en;unit_id;unit_en;better;method;null"

// Direction says which way a figure is better.
type Direction string

// The directions. A figure without one is a fact to know, not a merit.
const (
	HigherIsBetter Direction = "up"
	LowerIsBetter  Direction = "down"
	NoDirection    Direction = ""
)

// Label is a text in both languages.
type Label struct {
	ID string `json:"id"` // Indonesian
	EN string `json:"en"` // English
}

// Metric describes a figure: what pages, workbook, API and METHOD.md call it,
// how it is counted and what its absence means.
type Metric struct {
	Key string `json:"key"`
	// In lists the objects of the report the figure stands in, as dotted paths
	// of keys; lists are passed over. The figures at the top are in "report",
	// those that are not in the report itself in [Derived].
	In []string `json:"-"`
	// Name is the whole name, Head the short one over columns.
	Name Label `json:"name"`
	Head Label `json:"head"`
	// Unit is what the figure counts or is measured in: working days, stories,
	// a share from 0 to 1 and so on.
	Unit   Label     `json:"unit"`
	Better Direction `json:"better"`
	// Method is the anchor in docs/METHOD.md of the formula.
	Method string `json:"method"`
	// Null says in Indonesian what a missing value means; empty for a figure
	// that is never missing.
	Null string `json:"null"`
}

// Registry lists every figure.
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
		if in != top {
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
	if len(rows) == 0 || strings.Join(rows[0], ";") != registryHead {
		return nil, nil, fmt.Errorf("metrics: read registry: unknown header")
	}
	var list []Metric
	at := map[string]int{}
	for i, row := range rows[1:] {
		m, err := readMetric(row)
		if err != nil {
			return nil, nil, fmt.Errorf("metrics: registry, row %d: %w", i+2, err)
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

// readMetric reads a row. Where the short name is empty, the name is short.
func readMetric(row []string) (Metric, error) {
	m := Metric{
		In: expand(row[0]), Key: row[1],
		Name: Label{row[2], row[3]}, Head: Label{row[4], row[5]}, Unit: Label{row[6], row[7]},
		Better: Direction(row[8]), Method: row[9], Null: row[10],
	}
	for _, needed := range []string{m.Key, m.Name.ID, m.Name.EN, m.Unit.ID, m.Unit.EN, m.Method} {
		if needed == "" {
			return m, fmt.Errorf("a cell is empty")
		}
	}
	if (m.Head.ID == "") != (m.Head.EN == "") {
		return m, fmt.Errorf("the short name is there in one language only")
	}
	if m.Head.ID == "" {
		m.Head = m.Name
	}
	if !slices.Contains([]Direction{HigherIsBetter, LowerIsBetter, NoDirection}, m.Better) {
		return m, fmt.Errorf("direction %q", m.Better)
	}
	return m, nil
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
