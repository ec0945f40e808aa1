package metrics

import (
	"context"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/warehouse/region"
)

// PlaceStories counts stories by the place of their dateline.
type PlaceStories struct {
	Place   string `json:"place"`
	Stories int    `json:"stories"`
}

// PlaceCoverage sorts the month's stories by where they took place. Areas has
// every kabupaten and kota of a province, those without a story too; it is
// empty for a region that is not a province. The numbers add up to the
// stories of the month.
type PlaceCoverage struct {
	Areas   []AreaStories `json:"areas"`
	Central int           `json:"central"` // in the nation's capital ("pusat")
	Other   int           `json:"other"`   // any other place
	Unknown int           `json:"unknown"` // no dateline
}

// AreaStories counts the stories of a kabupaten or kota.
type AreaStories struct {
	Region  string `json:"region"`
	Name    string `json:"name"`
	Stories int    `json:"stories"`
}

// capital is the province whose name on a dateline means "pusat".
const capital = "31"

// places counts the month's stories by the place of their dateline, most
// first. Stories without one are in the coverage alone.
func (s *snapshot) places(ctx context.Context) ([]PlaceStories, PlaceCoverage, error) {
	out := []PlaceStories{}
	areas, index := areasOf(s.query.Region.Code)
	coverage := PlaceCoverage{Areas: areas}
	err := s.each(ctx, "places", rollupArticles, func(r driver.Rows) error {
		var p PlaceStories
		var n uint64
		if err := r.Scan(&p.Place, &n); err != nil {
			return err
		}
		p.Stories = int(n)
		i, own := index[placeKey(p.Place)]
		switch {
		case p.Place == "":
			coverage.Unknown += p.Stories
			return nil
		case own:
			coverage.Areas[i].Stories += p.Stories
		case central(p.Place) && !strings.HasPrefix(s.query.Region.Code, capital):
			coverage.Central += p.Stories
		default:
			coverage.Other += p.Stories
		}
		out = append(out, p)
		return nil
	})
	return out, coverage, err
}

// areasOf lists the kabupaten and kota of a province in order of their code,
// and the names that mean one of them.
func areasOf(province string) ([]AreaStories, map[string]int) {
	areas, index := []AreaStories{}, map[string]int{}
	if strings.Contains(province, ".") {
		return areas, index
	}
	short := map[string][]int{}
	for _, r := range region.Builtin().All() {
		if !strings.HasPrefix(r.Code, province+".") {
			continue
		}
		i := len(areas)
		areas = append(areas, AreaStories{Region: r.Code, Name: r.Name})
		index[placeKey(r.Name)] = i
		kind, name, _ := strings.Cut(r.Name, " ")
		if kind == "Kabupaten" {
			index[placeKey("Kab "+name)] = i
		}
		short[placeKey(name)] = append(short[placeKey(name)], i)
	}
	// "Bogor" alone means neither the kabupaten nor the kota of that name.
	for key, list := range short {
		if len(list) == 1 {
			index[key] = list[0]
		}
	}
	return areas, index
}

// placeKey makes the spellings of a place comparable: "PANGKALPINANG" and
// "Pangkal Pinang" are one.
func placeKey(place string) string { return strings.ReplaceAll(fold(place), " ", "") }

// central reports a dateline of the capital.
func central(place string) bool {
	return strings.HasPrefix(placeKey(place), "jakarta") || strings.HasPrefix(placeKey(place), "dkijakarta") || placeKey(place) == "pusat"
}
