package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// stories are the stories of the month, or those that name the person.
func (d *details) stories(ctx context.Context) error {
	if d.person != nil {
		return d.works(ctx)
	}
	return d.detailsStories(ctx)
}

func (d *details) detailsStories(ctx context.Context) error {
	return d.pieces(ctx, "detailsStories", DetailStory)
}

func (d *details) detailsArticles(ctx context.Context) error {
	return d.pieces(ctx, "detailsArticles", DetailArticle)
}

// pieces reads stories or articles.
func (d *details) pieces(ctx context.Context, statement string, kind DetailKind) error {
	return d.each(ctx, statement, rollupArticles, func(r driver.Rows) error {
		row := Detail{Kind: kind}
		var day int32
		if err := r.Scan(&row.OPD, &row.ID, &row.Title, &row.URL, &row.Category, &row.Channel, &day); err != nil {
			return err
		}
		row.Day = calendar.Day(day)
		return d.give(row)
	})
}

func (d *details) detailsRequests(ctx context.Context) error {
	return d.each(ctx, "detailsRequests", rollupPPID, func(r driver.Rows) error {
		row := Detail{Kind: DetailRequest}
		var received, start, days int32
		var ended *int32
		var cohort bool
		var segment uint32
		var what, officer string
		if err := r.Scan(&row.OPD, &row.ID, &row.Category, &row.Channel, &received, &start, &ended, &cohort, &row.Extended, &row.Refused, &row.Reason, &segment, &what, &officer, &days); err != nil {
			return err
		}
		if d.handles(&row, officer) || d.person != nil && !cohort {
			return nil
		}
		row.Day, row.Ended = calendar.Day(start), optionalDay(ended)
		row.Received = optionalDay(&received)
		if cohort {
			if err := d.timed(&row, RulePPID, "", segment, what, days); err != nil {
				return err
			}
		}
		return d.give(row)
	}, d.clock.params...)
}

func (d *details) detailsObjections(ctx context.Context) error {
	return d.each(ctx, "detailsObjections", rollupObjections, func(r driver.Rows) error {
		row := Detail{Kind: DetailObjection}
		var start, days int32
		var ended *int32
		var segment uint32
		var what string
		if err := r.Scan(&row.OPD, &row.ID, &row.Type, &start, &ended, &segment, &what, &days); err != nil {
			return err
		}
		row.Day, row.Ended = calendar.Day(start), optionalDay(ended)
		if err := d.timed(&row, RuleObjection, "", segment, what, days); err != nil {
			return err
		}
		return d.give(row)
	}, d.clock.params...)
}

func (d *details) detailsComplaints(ctx context.Context) error {
	return d.each(ctx, "detailsComplaints", rollupComplaints, func(r driver.Rows) error {
		row := Detail{Kind: DetailComplaint}
		var start, days int32
		var ended *int32
		var segment uint32
		var what, progress string
		if err := r.Scan(&row.OPD, &row.ID, &row.Type, &row.Category, &row.Channel, &start, &ended, &progress, &segment, &what, &days); err != nil {
			return err
		}
		row.Day, row.Ended, row.Progress = calendar.Day(start), optionalDay(ended), Progress(progress)
		if err := d.timed(&row, RuleComplaintVerify, "", segment, what, days); err != nil {
			return err
		}
		return d.give(row)
	}, d.clock.params...)
}

func (d *details) detailsClocks(ctx context.Context) error {
	return d.each(ctx, "detailsClocks", rollupComplaints, func(r driver.Rows) error {
		var row Detail
		var name, what, officer string
		var start, days int32
		var ended *int32
		var segment uint32
		if err := r.Scan(&name, &row.OPD, &row.ID, &row.Type, &row.Category, &row.Channel, &start, &ended, &segment, &what, &officer, &days); err != nil {
			return err
		}
		if d.handles(&row, officer) {
			return nil
		}
		row.Day, row.Ended = calendar.Day(start), optionalDay(ended)
		rule, ruleKind := RuleComplaintFirstResponse, ""
		row.Kind = DetailFirstResponse
		if name == "resolve" {
			row.Kind, rule, ruleKind = DetailResolve, RuleComplaintResolve, row.Type
		}
		if err := d.timed(&row, rule, ruleKind, segment, what, days); err != nil {
			return err
		}
		return d.give(row)
	}, d.clock.params...)
}
