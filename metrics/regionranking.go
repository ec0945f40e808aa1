package metrics

import (
	"context"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"golang.org/x/sync/errgroup"

	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// regionsAtOnce is how many regions are measured side by side; each asks
// several questions at a time itself.
const regionsAtOnce = 2

// RegionRanking is the kabupaten and kota of a province side by side: what the
// reports of each say of its OPD together, shrunk and drawn like the OPD of
// one report. Every region counts its days in its own zone. Rows are in
// ranking order of each table.
type RegionRanking struct {
	Province string `json:"province"`
	Name     string `json:"name"`
	Month    string `json:"month"`
	// Publication ranks by attainment. Weeks, active days and the target of a row
	// are those of its OPD added up.
	Publication   []PublicationOPD `json:"publication"`
	PPID          CaseTable        `json:"ppid"`
	FirstResponse CaseTable        `json:"first_response"`
	Resolve       CaseTable        `json:"resolve"`
	Regions       []RegionRow      `json:"regions"` // by code
}

// RegionRow is what is not ranked of a region. Problem says, in Indonesian, why
// a region could not be measured; its figures are zero then and it is in no
// table.
type RegionRow struct {
	Region         string   `json:"region"`
	Name           string   `json:"name"`
	Timezone       string   `json:"timezone"`
	AsOf           string   `json:"as_of"`
	OPD            int      `json:"opd"`
	Stories        int      `json:"stories"`
	PublishedShare *float64 `json:"published_share"`
	// PublishedOf is how many OPD the share is of.
	PublishedOf   int    `json:"published_of"`
	FailedSources int    `json:"failed_sources"`
	PPIDReceived  int    `json:"ppid_received"`
	Complaints    int    `json:"complaints"` // submitted in the month
	Problem       string `json:"problem"`
}

// regionFigures is what one region brings to the tables.
type regionFigures struct {
	row                     RegionRow
	publication             publicationRow
	ppid, response, resolve tally
}

// RegionRanking compares the kabupaten and kota of the province the query is
// about, as far as they hold data. Their names and zones come from the table.
// Errors are those of [Metrics.Report]; what is wrong with one of the regions
// is said in its row.
func (m *Metrics) RegionRanking(ctx context.Context, table *region.Table, q Query) (*RegionRanking, error) {
	q.Filter = Filter{Channel: q.Filter.Channel} // agencies are those of one region
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	codes, err := m.Regions(ctx)
	if err != nil {
		return nil, err
	}
	var members []region.Region
	for _, r := range table.All() {
		if strings.HasPrefix(r.Code, q.Region.Code+".") && slices.Contains(codes, r.Code) {
			members = append(members, r)
		}
	}
	found := make([]regionFigures, len(members))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(regionsAtOnce)
	for i, r := range members {
		g.Go(func() (err error) { found[i], err = m.regionFigures(ctx, q, r); return err })
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return s.rankRegions(found), nil
}

// regionFigures measures one region.
func (m *Metrics) regionFigures(ctx context.Context, q Query, r region.Region) (regionFigures, error) {
	f := regionFigures{row: RegionRow{Region: r.Code, Name: r.Name, Timezone: r.Zone.String()}}
	q.Region = r
	s, err := m.open(ctx, q)
	if err == nil {
		f.row.AsOf = s.asOf.String()
		err = s.figures(ctx, m, &f)
	}
	if why, ok := unjudged(err); ok {
		return regionFigures{row: RegionRow{Region: r.Code, Name: r.Name, Timezone: r.Zone.String(), Problem: why}}, nil
	}
	return f, err
}

// figures reads what a report reads and adds the OPD up.
func (s *snapshot) figures(ctx context.Context, m *Metrics, f *regionFigures) error {
	j, err := s.judging(ctx, m)
	if err != nil {
		return err
	}
	c := s.clock(j.book, j.calendar)
	var requests PPID
	var complaints Complaints
	var ppid, response, resolve tallies
	var agreed targets
	var src sources
	var data publicationData
	var heard bool
	err = together(ctx,
		func(ctx context.Context) (err error) { ppid, err = s.ppidWaits(ctx, c, &PPID{}, &doubts{}); return err },
		func(ctx context.Context) error { return s.ppidReceived(ctx, &requests) },
		func(ctx context.Context) (err error) { response, resolve, err = s.complaintWaits(ctx, c); return err },
		func(ctx context.Context) error {
			complaints.ByKind = map[string]int{}
			return s.complaintsSubmitted(ctx, c, &complaints)
		},
		func(ctx context.Context) (err error) { agreed, err = s.targets(ctx, j.agencies); return err },
		func(ctx context.Context) (err error) { src, err = s.sources(ctx); return err },
		func(ctx context.Context) (err error) { data, err = s.publicationData(ctx, j.agencies); return err },
		func(ctx context.Context) (err error) { heard, err = s.heard(ctx); return err },
	)
	if err != nil {
		return err
	}
	f.ppid, f.response, f.resolve = ppid.merged(), response.merged(), resolve.merged()
	rows := s.publicationRows(j.agencies, agreed, src, data)
	f.publication = s.regionPublication(rows, heard)
	f.row.OPD, f.row.FailedSources = len(rows), len(src.failed)
	for _, counts := range data.stories {
		n, _ := inPeriod(counts, s.period())
		f.row.Stories += n
	}
	listed := make([]PublicationOPD, len(rows))
	for i, r := range rows {
		if listed[i] = r.PublicationOPD; r.Heard() {
			f.row.PublishedOf++
		}
	}
	f.row.PublishedShare, f.row.PPIDReceived = publishedShare(listed), requests.Received
	for _, n := range complaints.ByKind {
		f.row.Complaints += n
	}
	if !heard {
		f.row.PublishedShare = nil
	}
	return nil
}

// heard reports whether any story of the region is known by the end of the
// period. Until then the silence of its OPD says nothing: it may be that
// nothing has been imported yet.
func (s *snapshot) heard(ctx context.Context) (ok bool, err error) {
	err = s.each(ctx, "firstStory", rollupArticles, func(r driver.Rows) error {
		var first *int32
		if err := r.Scan(&first); err != nil {
			return err
		}
		ok = first != nil && calendar.Day(*first) <= s.to
		return nil
	})
	return ok, err
}

// merged is the cases of a region together, those of unknown OPD included.
func (t tallies) merged() tally {
	var sum tally
	for _, code := range append(t.codes(), "") {
		if c := t[code]; c != nil {
			sum.OnTime += c.OnTime
			sum.Late += c.Late
			sum.Pending += c.Pending
			sum.Excluded += c.Excluded
			sum.waits = sum.waits.Plus(c.waits)
		}
	}
	return sum
}

// regionPublication adds up the OPD whose publication can be judged: stories
// against the stories expected of the same OPD. Without one, or in a region that
// was never heard, it is not ranked; its status says why.
func (s *snapshot) regionPublication(rows []publicationRow, heard bool) publicationRow {
	out := publicationRow{PublicationOPD: PublicationOPD{OPD: s.query.Region.Code, Name: s.query.Region.Name, Status: StatusNoSource, Channels: map[string]int{}}}
	if !heard {
		return out
	}
	previous := 0
	for _, r := range rows {
		if out.DaysSinceLast == nil || r.DaysSinceLast != nil && *r.DaysSinceLast < *out.DaysSinceLast {
			out.DaysSinceLast = r.DaysSinceLast
		}
		if !r.ranked() {
			if r.Status == StatusSourceFailed {
				out.Status = StatusSourceFailed
			}
			continue
		}
		out.Stories += r.Stories
		out.Articles += r.Articles
		out.WeeksMet += r.WeeksMet
		out.ActiveDays += r.ActiveDays
		out.Weeks += r.Weeks
		out.TargetPerWeek += r.TargetPerWeek
		out.expected += r.expected
		for channel, n := range r.Channels {
			out.Channels[channel] += n
		}
		if r.PreviousStories != nil {
			previous += *r.PreviousStories
		}
		out.PreviousStories = &previous
	}
	if out.PreviousStories != nil {
		out.Status = StatusQuiet
	}
	if out.Stories > 0 {
		out.Status = StatusOK
	}
	return out
}

// rankRegions ranks the regions like the OPD of a report.
func (s *snapshot) rankRegions(found []regionFigures) *RegionRanking {
	out := &RegionRanking{Province: s.query.Region.Code, Name: s.query.Region.Name, Month: s.query.Month.String(), Regions: []RegionRow{}}
	names := &agencies{byCode: map[string]int{}}
	var rows []publicationRow
	ppid, response, resolve := tallies{}, tallies{}, tallies{}
	for _, f := range found {
		out.Regions = append(out.Regions, f.row)
		if f.row.Problem != "" {
			continue
		}
		code := f.row.Region
		names.byCode[code] = len(names.list)
		names.list = append(names.list, agency{code: code, name: f.row.Name})
		rows = append(rows, f.publication)
		for _, t := range []struct {
			all tallies
			own tally
		}{{ppid, f.ppid}, {response, f.response}, {resolve, f.resolve}} {
			if t.own.waits.N() > 0 {
				t.all[code] = &t.own
			}
		}
	}
	out.Publication = s.rankPublication(names, rows)
	out.PPID.OPD, out.PPID.Funnel = s.rankCases("regions "+tablePPID, names, ppid)
	out.FirstResponse.OPD, out.FirstResponse.Funnel = s.rankCases("regions "+tableFirstResponse, names, response)
	out.Resolve.OPD, out.Resolve.Funnel = s.rankCases("regions "+tableResolve, names, resolve)
	return out
}
