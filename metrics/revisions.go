package metrics

import (
	"context"
	"fmt"

	"gaung/metrics/calendar"
)

// Revision is a figure of a closed month that would be different today: the
// edition keeps its figure, the difference is shown beside it.
type Revision struct {
	// OPD and Name say whose figure it is; both are empty for the region's.
	OPD  string `json:"opd"`
	Name string `json:"name"`
	// Figure is the key of the figure in the report, such as "stories".
	Figure string `json:"figure"`
	Frozen int    `json:"frozen"`
	Today  int    `json:"today"`
}

// Words is the revision as an Indonesian line.
func (r Revision) Words() string {
	name := r.Name
	if name == "" {
		name = "Seluruh wilayah"
	}
	return fmt.Sprintf("%s: %s %d → %d (%+d setelah tutup buku)", name, figureNames[r.Figure], r.Frozen, r.Today, r.Today-r.Frozen)
}

var figureNames = map[string]string{
	"articles": "artikel", "stories": "berita", "weeks_met": "minggu terpenuhi",
	"ppid.on_time": "PPID tepat waktu", "ppid.late": "PPID terlambat",
	"first_response.on_time": "tanggapan pertama tepat waktu", "first_response.late": "tanggapan pertama terlambat",
	"resolve.on_time": "penyelesaian tepat waktu", "resolve.late": "penyelesaian terlambat",
}

// Revisions compares the newest edition of the month with the same month at
// the same as-of day by today's data: late articles, late answers, corrected
// names. Cases are judged by the rules and days off the edition was judged by:
// what a rule or a holiday recorded since would change is told by
// [Metrics.Replay] and is no revision. It is empty when nothing differs and a
// *UserError when the month is not closed.
func (m *Metrics) Revisions(ctx context.Context, q Query) ([]Revision, error) {
	editions, err := m.Editions(ctx, q, 1)
	if err != nil {
		return nil, err
	}
	if len(editions) == 0 {
		return nil, userError(NotClosed, "bulan {1} belum ditutup, jadi belum ada revisi", q.Month)
	}
	frozen := editions[0].Report
	if q.AsOf, err = parseAsOf(frozen); err != nil {
		return nil, err
	}
	q.AsOfSet = true
	then, err := m.frozenBasis(ctx, &editions[0])
	if err != nil {
		return nil, err
	}
	today, err := m.under(ctx, q, then)
	if err != nil {
		return nil, err
	}
	return compareReports(frozen, today), nil
}

func compareReports(frozen, today *Report) []Revision {
	var list []Revision
	note := func(opd OPDRef, figure string, before, after int) {
		if before != after {
			list = append(list, Revision{OPD: opd.OPD, Name: opd.Name, Figure: figure, Frozen: before, Today: after})
		}
	}
	note(OPDRef{}, "articles", frozen.Publication.Articles, today.Publication.Articles)
	note(OPDRef{}, "stories", frozen.Publication.Stories, today.Publication.Stories)
	note(OPDRef{}, "ppid.on_time", frozen.PPID.OnTime, today.PPID.OnTime)
	note(OPDRef{}, "ppid.late", frozen.PPID.Late, today.PPID.Late)

	now := map[string]PublicationOPD{}
	for _, row := range today.Publication.OPD {
		now[row.OPD] = row
	}
	for _, row := range frozen.Publication.OPD {
		ref := OPDRef{row.OPD, row.Name}
		note(ref, "stories", row.Stories, now[row.OPD].Stories)
		note(ref, "weeks_met", row.WeeksMet, now[row.OPD].WeeksMet)
		delete(now, row.OPD)
	}
	for _, row := range today.Publication.OPD {
		if _, added := now[row.OPD]; added {
			note(OPDRef{row.OPD, row.Name}, "stories", 0, row.Stories)
		}
	}
	for _, table := range []struct {
		figure        string
		frozen, today []CaseOPD
	}{
		{"ppid", frozen.PPID.OPD, today.PPID.OPD},
		{"first_response", frozen.Complaints.FirstResponse.OPD, today.Complaints.FirstResponse.OPD},
		{"resolve", frozen.Complaints.Resolve.OPD, today.Complaints.Resolve.OPD},
	} {
		for _, pair := range pairCases(table.frozen, table.today) {
			note(pair.ref, table.figure+".on_time", pair.frozen.OnTime, pair.today.OnTime)
			note(pair.ref, table.figure+".late", pair.frozen.Late, pair.today.Late)
		}
	}
	return list
}

type casePair struct {
	ref           OPDRef
	frozen, today CaseOPD
}

// pairCases sets the rows of an OPD in two tables side by side, in the order
// of the first; an OPD that only the second has comes after.
func pairCases(frozen, today []CaseOPD) []casePair {
	now := map[string]CaseOPD{}
	for _, row := range today {
		now[row.OPD] = row
	}
	var pairs []casePair
	for _, row := range frozen {
		pairs = append(pairs, casePair{OPDRef{row.OPD, row.Name}, row, now[row.OPD]})
		delete(now, row.OPD)
	}
	for _, row := range today {
		if _, added := now[row.OPD]; added {
			pairs = append(pairs, casePair{OPDRef{row.OPD, row.Name}, CaseOPD{}, row})
		}
	}
	return pairs
}

func parseAsOf(r *Report) (calendar.Day, error) {
	day, err := calendar.ParseDay(r.AsOf)
	if err != nil {
		return 0, fmt.Errorf("metrics: as-of day of edition %s: %w", r.Closed.ID, err)
	}
	return day, nil
}
