package ingest

import (
	"context"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/source"
)

var insertConfigured = insertInto("configured_sources", "region", "source", "kind", "opd", "channel", "every_seconds", "configured_at", "removed", "version")

// configuredSource is a source as the warehouse last knew it.
type configuredSource struct {
	kind, opd, channel string
	every              uint32
	since              time.Time
	removed            bool
	version            uint64
}

type regionSource struct{ region, source string }

// configured notes which sources there are and since when, so that their
// health can be told: new ones, changed ones, and those no longer configured
// in the regions of the configuration.
func (in *Ingester) configured(ctx context.Context, config *source.Config) error {
	known, err := in.knownSources(ctx)
	if err != nil {
		return err
	}
	var rows [][]any
	regions := map[string]bool{}
	for _, s := range config.Sources {
		regions[s.Region] = true
		key := regionSource{s.Region, s.Name}
		old, there := known[key]
		delete(known, key)
		now := configuredSource{kind: s.Kind, opd: s.SiteOPD(), channel: s.Channel, every: uint32(s.Every / time.Second)}
		if there && !old.removed {
			now.since, now.version = old.since, old.version
			if now == old {
				continue
			}
		} else {
			now.since = in.now().UTC()
		}
		rows = append(rows, in.configuredRow(key, now, old.version))
	}
	for key, old := range known {
		if regions[key.region] && !old.removed {
			gone := old
			gone.removed = true
			rows = append(rows, in.configuredRow(key, gone, old.version))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if err := insert(ctx, in.conn, insertConfigured, rows...); err != nil {
		return fmt.Errorf("ingest: note the configured sources: %w", err)
	}
	return nil
}

func (in *Ingester) configuredRow(key regionSource, s configuredSource, previous uint64) []any {
	return []any{key.region, key.source, s.kind, s.opd, s.channel, s.every, s.since, s.removed, in.nextVersion(previous)}
}

func (in *Ingester) knownSources(ctx context.Context) (map[regionSource]configuredSource, error) {
	known := map[regionSource]configuredSource{}
	err := each(ctx, in.conn, "configured_sources", nil, func(rows driver.Rows) error {
		var key regionSource
		var s configuredSource
		if err := rows.Scan(&key.region, &key.source, &s.kind, &s.opd, &s.channel, &s.every, &s.since, &s.removed, &s.version); err != nil {
			return err
		}
		s.since = s.since.UTC()
		known[key] = s
		return nil
	})
	return known, err
}
