package metrics

import (
	"cmp"
	"context"
	"slices"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// agenda counts the events of the month that have taken place by the as-of
// day. Which of them became a story is not matched yet and stays nil.
func (s *snapshot) agenda(ctx context.Context, a *agencies) (Agenda, error) {
	out := Agenda{OPD: []AgendaOPD{}}
	err := s.each(ctx, "agendaCounts", rollupAgenda, func(r driver.Rows) error {
		var opd string
		var n uint64
		if err := r.Scan(&opd, &n); err != nil {
			return err
		}
		out.Events += int(n)
		if opd != "" {
			out.OPD = append(out.OPD, AgendaOPD{OPD: opd, Name: a.name(opd), Events: int(n)})
		}
		return nil
	})
	slices.SortFunc(out.OPD, func(x, y AgendaOPD) int {
		return cmp.Or(cmp.Compare(y.Events, x.Events), byName(x.Name, x.OPD, y.Name, y.OPD))
	})
	return out, err
}

// places counts the month's stories by the place of their dateline, most
// first. Stories without one are left out.
func (s *snapshot) places(ctx context.Context) ([]PlaceStories, error) {
	out := []PlaceStories{}
	err := s.each(ctx, "places", rollupArticles, func(r driver.Rows) error {
		var p PlaceStories
		var n uint64
		err := r.Scan(&p.Place, &n)
		p.Stories = int(n)
		out = append(out, p)
		return err
	})
	return out, err
}
