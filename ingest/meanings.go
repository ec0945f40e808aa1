package ingest

import (
	"context"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// meanings resolves every name that a query lists with its local day, and
// writes down from which day on each means whom, so that the engine can put it
// beside the rows. The query gives kind, text and day in this order, sorted.
func (job *rebuild) meanings(ctx context.Context, list string) error {
	out := job.into("name_meanings", "kind", "text", "from_day", "target")
	var kind, text, target string
	args := named("region", job.region.Code, "zone", job.region.Zone.String())
	err := each(ctx, job.in.conn, list, args, func(rows driver.Rows) error {
		var nextKind, nextText string
		var day int32
		if err := rows.Scan(&nextKind, &nextText, &day); err != nil {
			return err
		}
		names, err := job.namesOf(nextKind)
		if err != nil {
			return err
		}
		means := names.resolve(nextText, time.Unix(int64(day)*86400, 0).UTC())
		if nextKind == kind && nextText == text && means == target {
			return nil
		}
		kind, text, target = nextKind, nextText, means
		return out.add(ctx, job, kind, text, day, target)
	})
	if err != nil {
		return err
	}
	return out.flush(ctx)
}

func (job *rebuild) namesOf(kind string) (*resolver, error) {
	switch kind {
	case aliasOPD:
		return job.names.opd, nil
	case aliasPerson:
		return job.names.people, nil
	}
	return nil, fmt.Errorf("ingest: no names of kind %q", kind)
}
