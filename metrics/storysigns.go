package metrics

import (
	"context"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// storySign is what the stories of one OPD show beside their number.
type storySign struct {
	republished int
	flags       PublicationFlags
}

// storySigns counts, by OPD code, what deserves a second look; "" stands for
// the OPD nobody could name.
func (s *snapshot) storySigns(ctx context.Context) (map[string]storySign, error) {
	out := map[string]storySign{}
	err := s.each(ctx, "storySigns", rollupArticles, func(r driver.Rows) error {
		var opd string
		var n [3]uint64
		if err := r.Scan(&opd, &n[0], &n[1], &n[2]); err != nil {
			return err
		}
		out[opd] = storySign{republished: int(n[0]), flags: PublicationFlags{Bursts: int(n[1]), Backdated: int(n[2])}}
		return nil
	})
	return out, err
}

// mark adds the signs, and the near-copies among the articles, to the league
// table and sums them up for the region, stories of an unknown OPD included.
func (p *Publication) mark(signs map[string]storySign, articles map[string]articleCount) {
	for opd, n := range articles {
		sign := signs[opd]
		sign.flags.NearCopies = n.nearCopies
		signs[opd] = sign
	}
	for i := range p.OPD {
		sign := signs[p.OPD[i].OPD]
		p.OPD[i].Republished, p.OPD[i].Flags = sign.republished, sign.flags
	}
	for _, sign := range signs {
		p.Republished += sign.republished
		p.Flags.Bursts += sign.flags.Bursts
		p.Flags.Backdated += sign.flags.Backdated
		p.Flags.NearCopies += sign.flags.NearCopies
	}
}
