package metrics

import (
	"context"

	"gaung/metrics/calendar"
)

// maxSeriesMonths bounds a series: ten years.
const maxSeriesMonths = 120

// Series is the months up to a chosen one beside each other: of each month,
// the counts and shares of its [Report], without the rankings.
type Series struct {
	Region     string        `json:"region"`
	RegionName string        `json:"region_name"`
	Timezone   string        `json:"timezone"`
	Months     []SeriesMonth `json:"months"` // oldest first
}

// SeriesMonth is what a series says of a month. Every figure is that of the
// month's report under the same name.
type SeriesMonth struct {
	Month      string           `json:"month"`
	AsOf       string           `json:"as_of"`
	Closed     *Closed          `json:"closed"`
	Articles   int              `json:"articles"`
	Stories    int              `json:"stories"`
	OPD        []SeriesOPD      `json:"opd"` // in order of name
	PPID       SeriesPPID       `json:"ppid"`
	Complaints SeriesComplaints `json:"complaints"`
}

// SeriesOPD is the publication of one OPD in a month.
type SeriesOPD struct {
	OPD           string    `json:"opd"`
	Name          string    `json:"name"`
	Status        OPDStatus `json:"status"`
	Stories       int       `json:"stories"`
	Weeks         int       `json:"weeks"`
	WeeksMet      int       `json:"weeks_met"`
	TargetPerWeek float64   `json:"target_per_week"`
}

// SeriesPPID is the information requests of a month.
type SeriesPPID struct {
	Received int `json:"received"`
	CaseCounts
	Extended   int `json:"extended"`
	Refused    int `json:"refused"`
	Objections int `json:"objections"`
}

// SeriesComplaints is the complaints of a month.
type SeriesComplaints struct {
	ByKind          map[string]int `json:"by_kind"`
	Verify          VerifyCounts   `json:"verify"`
	FollowedUpShare *float64       `json:"followed_up_share"`
	ResolvedShare   *float64       `json:"resolved_share"`
	SharesN         int            `json:"shares_n"`
}

// Submitted counts the complaints of every kind.
func (c SeriesComplaints) Submitted() int {
	n := 0
	for _, k := range c.ByKind {
		n += k
	}
	return n
}

// Series measures the month of q and those before it, as many as asked for, in
// a few statements. A month is what its own report says: as it was closed, or
// as it stood a few days after its end, or with an as-of day in q all of them
// as they stood on that day. Its errors are those of Report; a number of
// months outside 1 to 120 is a *UserError as well.
func (m *Metrics) Series(ctx context.Context, q Query, months int) (*Series, error) {
	if months < 1 || months > maxSeriesMonths {
		return nil, userError(BadValue, "{1} bulan di luar 1 sampai {2}", months, maxSeriesMonths)
	}
	closed, err := m.closedMonths(ctx, q, months)
	if err != nil {
		return nil, err
	}
	out := &Series{Region: q.Region.Code, RegionName: q.Region.Name, Timezone: q.Region.Zone.String(), Months: []SeriesMonth{}}
	first := q.Month.Add(1 - months)
	if len(closed) < months {
		h, err := m.openMonths(ctx, q, first)
		if err != nil {
			return nil, err
		}
		if err := h.readAll(ctx); err != nil {
			return nil, forUser(err)
		}
		for i := range h.months {
			if closed[h.months[i].query.Month.String()] != nil {
				out.Months = append(out.Months, SeriesMonth{})
				continue
			}
			month, err := h.month(ctx, i)
			if err != nil {
				return nil, forUser(err)
			}
			out.Months = append(out.Months, month)
		}
	} else {
		out.Months = make([]SeriesMonth, months)
	}
	for i := range out.Months {
		if r := closed[first.Add(i).String()]; r != nil {
			out.Months[i] = r.InSeries()
		}
	}
	return out, nil
}

// closedMonths are the reports of the closed months; none with an as-of day.
func (m *Metrics) closedMonths(ctx context.Context, q Query, months int) (map[string]*Report, error) {
	if _, err := q.asOf(); err != nil || q.AsOfSet || !q.Filter.empty() {
		return nil, err
	}
	names := make([]string, months)
	for i := range names {
		names[i] = q.Month.Add(-i).String()
	}
	editions, err := m.readEditions(ctx, "seriesEditions", named("region", q.Region.Code), named("months", names))
	if err != nil {
		return nil, err
	}
	out := map[string]*Report{}
	for _, e := range editions {
		out[e.Report.Month] = e.Report
	}
	return out, nil
}

// InSeries is what a series says of the month of the report.
func (r *Report) InSeries() SeriesMonth {
	out := SeriesMonth{
		Month: r.Month, AsOf: r.AsOf, Closed: r.Closed,
		Articles: r.Publication.Articles, Stories: r.Publication.Stories, OPD: []SeriesOPD{},
		PPID: SeriesPPID{
			Received: r.PPID.Received, CaseCounts: r.PPID.CaseCounts,
			Extended: r.PPID.Extended, Refused: r.PPID.Refused, Objections: r.PPID.Objections,
		},
		Complaints: SeriesComplaints{
			ByKind: r.Complaints.ByKind, Verify: r.Complaints.Verify,
			FollowedUpShare: r.Complaints.FollowedUpShare, ResolvedShare: r.Complaints.ResolvedShare, SharesN: r.Complaints.SharesN,
		},
	}
	for _, o := range r.Publication.OPD {
		out.OPD = append(out.OPD, o.inSeries())
	}
	sortSeries(out.OPD)
	return out
}

func (o PublicationOPD) inSeries() SeriesOPD {
	return SeriesOPD{
		OPD: o.OPD, Name: o.Name, Status: o.Status, Stories: o.Stories,
		Weeks: o.Weeks, WeeksMet: o.WeeksMet, TargetPerWeek: o.TargetPerWeek,
	}
}

// monthAsOf is the day at whose end an earlier month of a query is looked at.
func (q Query) monthAsOf(month calendar.Month) (calendar.Day, error) {
	return q.inMonth(month).asOf()
}
