package delivery

import (
	"context"
	"crypto/rand"
	"time"
)

const (
	// sendTimeout bounds one sending. It is far shorter than the lease, so
	// that a claim can run out only when its process is gone.
	sendTimeout = 45 * time.Second
	lease       = 10 * time.Minute
	// claimRounds and claimPause bound the wait for another process to make up
	// its mind.
	claimRounds = 40
	claimPause  = 50 * time.Millisecond
)

// claimant takes deliveries for one process to send.
//
// ClickHouse has no conditional write, so the claim is a small protocol on
// appended rows, right as long as a reader sees every row written before it
// began (see [strictly]):
//
//  1. write a claim under a random token,
//  2. read all claims of the delivery,
//  3. nobody else's stands: it is ours. Somebody else's stands: whoever has
//     the higher token gives its claim back; the lowest waits for the others
//     to do so and reads again.
//
// Two processes cannot both find themselves alone: the one that wrote later
// reads the earlier claim, which stands until its outcome is written.
type claimant struct {
	ledger ledger
	now    func() time.Time
	pause  func(ctx context.Context, d time.Duration)
}

// claim takes those of the keys that are due and that no other process has.
// The keys share everything but the period. It returns the claims, all under
// one token.
func (c claimant) claim(ctx context.Context, keys []Key, kind ScheduleKind, repeatable bool) ([]row, error) {
	present, err := c.ledger.rows(ctx, keys)
	if err != nil {
		return nil, err
	}
	now := c.now()
	owner := rand.Text()
	var mine []row
	for _, k := range keys {
		s := fold(present[k], now, repeatable)
		if s.due(now) {
			mine = append(mine, row{
				Key: k, Attempt: s.Attempt + 1, Owner: owner, Kind: kind, Status: StatusPending,
				At: now, Lease: now.Add(lease), NextAt: now, Version: 1,
			})
		}
	}
	if len(mine) == 0 {
		return nil, nil
	}
	if err := c.ledger.write(ctx, mine); err != nil {
		return nil, err
	}
	return c.settle(ctx, mine)
}

// settle finds out which of the claims hold and gives the others back.
func (c claimant) settle(ctx context.Context, mine []row) ([]row, error) {
	var won, lost []row
	for round := 0; len(mine) > 0; round++ {
		keys := make([]Key, len(mine))
		for i, r := range mine {
			keys[i] = r.Key
		}
		present, err := c.ledger.rows(ctx, keys)
		if err != nil {
			// What was won is not known to be ours alone unless all is read.
			return nil, c.giveBack(ctx, append(append(mine, won...), lost...), err)
		}
		var undecided []row
		for _, r := range mine {
			switch c.contest(r, present[r.Key]) {
			case alone:
				won = append(won, r)
			case behind:
				lost = append(lost, r)
			default:
				undecided = append(undecided, r)
			}
		}
		if mine = undecided; len(mine) == 0 {
			break
		}
		if round == claimRounds || ctx.Err() != nil {
			lost = append(lost, mine...)
			break
		}
		c.pause(ctx, claimPause)
	}
	return won, c.giveBack(ctx, lost, nil)
}

// verdict is what the other claims mean for one's own.
type verdict int

const (
	alone  verdict = iota
	behind         // another process has it, or has done it
	first          // others have yet to give way
)

func (c claimant) contest(r row, all []row) verdict {
	result := alone
	for _, other := range all {
		if other.Owner == r.Owner {
			continue
		}
		switch other.Status {
		case StatusSent:
			return behind
		case StatusPending:
			if !c.now().Before(other.Lease) {
				continue // its process is gone, and fold has judged it
			}
			if other.Owner < r.Owner {
				return behind
			}
			result = first
		case StatusFailed, StatusGivenUp, StatusUnknown, statusReopened:
			if other.Attempt >= r.Attempt {
				return behind // tried since we looked
			}
		}
	}
	return result
}

// giveBack withdraws claims; cause, if any, comes back as it is.
func (c claimant) giveBack(ctx context.Context, rows []row, cause error) error {
	if len(rows) == 0 {
		return cause
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTimeout)
	defer cancel()
	for i := range rows {
		rows[i].Status, rows[i].Version, rows[i].At = statusWithdrawn, 2, c.now()
	}
	if err := c.ledger.write(ctx, rows); err != nil && cause == nil {
		return err
	}
	return cause
}
