package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Fairness says how far the report's rankings can be trusted, for the panel
// beside them.
type Fairness struct {
	Tables []FairnessTable `json:"tables"`
	// NoSource and SourceFailed count the OPD that are not ranked for want of
	// a source, and because theirs failed.
	NoSource     int `json:"no_source"`
	SourceFailed int `json:"source_failed"`
	// LateArticles counts the month's articles first seen more than three days
	// after they were published, ArticlesAfterAsOf those first seen after the
	// as-of day: a report made on that day did not have them.
	LateArticles      int  `json:"late_articles"`
	ArticlesAfterAsOf int  `json:"articles_after_as_of"`
	MedianLagDays     *int `json:"median_lag_days"` // calendar days
	// Weights is what the weights of the index decide.
	Weights Sensitivity `json:"weights"`
}

// FairnessTable is about one ranking: publication, ppid, first_response,
// resolve or index.
type FairnessTable struct {
	Table        string `json:"table"`
	Ranked       int    `json:"ranked"`
	Insufficient int    `json:"insufficient"` // listed without a place
	// SmallestN is the evidence of the ranked OPD with the least: cases,
	// stories, or components.
	SmallestN *int `json:"smallest_n"`
	HasTiers  bool `json:"has_tiers"`
	// TopThreeSurvives is the probability that the first three would stand
	// before all others if luck were drawn again; nil with nobody else.
	TopThreeSurvives *float64 `json:"top_three_survives"`
}

// fairness gathers the panel from the rankings made.
func (s *snapshot) fairness(r *Report, lags articleLags) Fairness {
	f := Fairness{
		Tables:       []FairnessTable{},
		LateArticles: lags.late, ArticlesAfterAsOf: lags.afterAsOf, MedianLagDays: lags.median,
		Weights: r.Index.Sensitivity,
	}
	for _, table := range [...]string{tablePublication, tablePPID, tableFirstResponse, tableResolve, tableIndex} {
		st := s.standings.of(table)
		f.Tables = append(f.Tables, FairnessTable{
			Table: table, Ranked: len(st.order), Insufficient: st.unranked, SmallestN: st.smallest,
			HasTiers: st.tiers, TopThreeSurvives: st.topSurvives(),
		})
	}
	for _, o := range r.Publication.OPD {
		switch o.Status {
		case StatusNoSource:
			f.NoSource++
		case StatusSourceFailed:
			f.SourceFailed++
		}
	}
	return f
}

// articleLags is how late the month's articles came in.
type articleLags struct {
	late, afterAsOf int
	median          *int
}

// lateArticles measures how late the month's articles came in.
func (s *snapshot) lateArticles(ctx context.Context) (articleLags, error) {
	var out articleLags
	err := s.each(ctx, "lateArticles", rollupArticles, func(r driver.Rows) error {
		var late, after, articles uint64
		var median int32
		if err := r.Scan(&late, &after, &median, &articles); err != nil {
			return err
		}
		out.late, out.afterAsOf = int(late), int(after)
		if articles > 0 {
			days := int(median)
			out.median = &days
		}
		return nil
	})
	return out, err
}
