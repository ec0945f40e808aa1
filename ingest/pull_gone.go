package ingest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/ingest/source"
)

const (
	// listSpan bounds how far back a list is compared with what is known.
	listSpan = 14 * 24 * time.Hour
	// wordpressList is how far behind the last change a WordPress increment
	// lists all posts, less a margin for clocks that differ.
	wordpressList = 47 * time.Hour
	// maxAsked bounds the addresses asked in one poll, and askAgain how soon
	// one that still answered is asked again.
	maxAsked = 10
	askAgain = 24 * time.Hour
)

// missing is a known article that its source's list no longer names.
type missing struct {
	key     uint64
	address string
}

// lookForVanished asks for the articles that ought to stand in the list just
// read and do not: an answer of 404 or 410 marks them deleted. Absence alone
// proves nothing; feeds leave posts out for many reasons. A source of kind
// page reports by itself what is gone.
func (p *pull) lookForVanished(ctx context.Context, before source.State, answer source.Answer) error {
	from, to := p.listed(before, answer)
	if from.IsZero() || !from.Before(to) {
		return nil
	}
	candidates, err := p.missing(ctx, from, to)
	if err != nil {
		return err
	}
	now := p.in.now().UTC()
	present := maps.Clone(p.kept.Present)
	if present == nil {
		present = map[uint64]time.Time{}
	}
	maps.DeleteFunc(present, func(_ uint64, at time.Time) bool { return now.Sub(at) > listSpan })
	asked := 0
	for _, m := range candidates {
		if at, ok := present[m.key]; ok && now.Sub(at) < askAgain {
			continue
		}
		if asked++; asked > maxAsked {
			break
		}
		gone, err := p.isGone(ctx, m.address)
		if err != nil {
			return err
		}
		if gone {
			p.pending = append(p.pending, arrival{item: source.Item{URL: m.address, Gone: true}, at: now, firstAt: now})
			delete(present, m.key)
			continue
		}
		present[m.key] = now
	}
	p.kept.Present = present
	return p.flush(ctx)
}

// listed is the stretch of publication dates that the list just read covers
// without gaps, zero when that cannot be said.
func (p *pull) listed(before source.State, answer source.Answer) (from, to time.Time) {
	now := p.in.now().UTC()
	switch {
	case answer.NotModified:
		return time.Time{}, time.Time{}
	case p.source.Kind == "wordpress" && answer.State.FeedURL == "" && !before.Since.IsZero():
		from, to = before.Since.Add(-wordpressList), now
	case p.source.Kind == "feed":
		// The ends themselves are left out: the list may break off within
		// their second.
		from, to = p.intake.oldest.Add(time.Second), p.intake.newest
	default:
		return time.Time{}, time.Time{}
	}
	if p.items == 0 && p.source.Kind == "feed" {
		return time.Time{}, time.Time{}
	}
	if edge := now.Add(-listSpan); from.Before(edge) {
		from = edge
	}
	return from, to
}

// missing lists the source's articles of the stretch that were not delivered.
// Only addresses on the source's own host are asked for: an item could name
// any machine of the office's network.
func (p *pull) missing(ctx context.Context, from, to time.Time) ([]missing, error) {
	var found []missing
	args := named("region", p.region.Code, "source", p.source.Name, "from", instant(from), "to", instant(to))
	err := each(ctx, p.in.conn, "listed_articles", args, func(rows driver.Rows) error {
		var m missing
		if err := rows.Scan(&m.key, &m.address); err != nil {
			return err
		}
		if !p.intake.met[m.key] && sameHost(m.address, p.source.URL) {
			found = append(found, m)
		}
		return nil
	})
	return found, err
}

func sameHost(a, b string) bool {
	u, err := url.Parse(a)
	if err != nil {
		return false
	}
	v, err := url.Parse(b)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, v.Host)
}

// isGone asks for one address. Only 404 and 410 say that it is gone.
func (p *pull) isGone(ctx context.Context, address string) (bool, error) {
	_, err := p.fetcher.Get(ctx, source.Request{
		URL: address, AllowPrivate: p.source.AllowPrivate, RatePerSecond: p.source.RatePerSecond,
	})
	if ctx.Err() != nil {
		return false, fmt.Errorf("ingest: ask for %s: %w", address, ctx.Err())
	}
	var failure *source.Failure
	if !errors.As(err, &failure) {
		return false, nil
	}
	return failure.HTTPStatus == http.StatusNotFound || failure.HTTPStatus == http.StatusGone, nil
}
