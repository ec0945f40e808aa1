package ingest

import (
	"context"
	"fmt"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/source"
)

// lookForUnlisted marks the articles deleted that a list, read from its start
// to its end, names no longer. A list that lost more than half of them is
// rather broken; that is said, and nothing is marked.
func (p *pull) lookForUnlisted(ctx context.Context, answer *source.Answer) error {
	if answer.Listed == nil {
		return nil
	}
	listed := make(map[uint64]bool, len(answer.Listed))
	for _, address := range answer.Listed {
		if f, bad := p.intake.fact(arrival{item: source.Item{URL: address, Gone: true}}); bad == nil {
			listed[f.keyHash()] = true
		}
	}
	total := 0
	var gone []string
	args := named("region", p.region.Code, "source", p.source.Name, "from", fmt.Sprintf("%s 00:00:00.000", p.firstDay()))
	err := each(ctx, p.in.conn, "source_articles", args, func(rows driver.Rows) error {
		var key uint64
		var address string
		if err := rows.Scan(&key, &address); err != nil {
			return err
		}
		total++
		if !listed[key] {
			gone = append(gone, address)
		}
		return nil
	})
	if err != nil || len(gone) == 0 {
		return err
	}
	if tooMany(len(gone), total) && p.source.Removed != source.RemovedMarkAll {
		answer.Notes = append(answer.Notes, fmt.Sprintf("%d dari %d tulisan tidak ada lagi di daftar, lebih dari separuh; tidak ditandai terhapus. Periksa API-nya; bila memang benar, tulis removed: %s pada sumber ini", len(gone), total, source.RemovedMarkAll))
		return nil
	}
	now := p.in.now().UTC()
	for _, address := range gone {
		p.pending = append(p.pending, arrival{item: source.Item{URL: address, Gone: true}, at: now, firstAt: now})
	}
	answer.Notes = append(answer.Notes, fmt.Sprintf("%d tulisan tidak ada lagi di daftar dan ditandai terhapus", len(gone)))
	return p.flush(ctx)
}

// firstDay is the first day that the source is read from: older articles are
// not expected in its list.
func (p *pull) firstDay() string {
	if p.source.Since.IsZero() {
		return "1970-01-01"
	}
	return p.source.Since.String()
}
