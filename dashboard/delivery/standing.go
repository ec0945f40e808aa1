package delivery

import (
	"cmp"
	"slices"
	"time"
)

// Status says where a delivery stands.
type Status string

// The states of a delivery. Withdrawn and reopened are states of single rows
// of the table and never that of a delivery.
const (
	StatusOpen    Status = ""        // nothing was tried, or a person asked to try again
	StatusPending Status = "pending" // claimed by a process that may be sending it right now
	StatusSent    Status = "sent"
	StatusFailed  Status = "failed"   // not sent; tried again at NextAt
	StatusGivenUp Status = "given_up" // not sent, and not tried again
	// StatusUnknown is a delivery that may have arrived: the process ended, or
	// the connection broke, between sending and the answer. It is not tried
	// again until a person says so.
	StatusUnknown Status = "unknown"

	statusWithdrawn Status = "withdrawn" // a claim given back to another process before sending
	statusReopened  Status = "reopened"  // a person asked to try again
)

// row is the newest version of one row of the table.
type row struct {
	Key
	Attempt uint32
	Owner   string
	Kind    ScheduleKind
	Status  Status
	Error   string
	NextAt  time.Time
	Lease   time.Time
	At      time.Time
	Version uint64
}

// standing is what the rows of one key amount to.
type standing struct {
	Status Status
	// Tries counts the attempts since the first, or since a person asked to
	// try again.
	Tries int
	// Attempt is the highest attempt number used.
	Attempt uint32
	Error   string
	NextAt  time.Time
	At      time.Time
	Kind    ScheduleKind
}

// newest keeps the newest version of every row: the table may still hold the
// older ones.
func newest(rows []row) []row {
	type id struct {
		Key
		attempt uint32
		owner   string
	}
	best := make(map[id]row, len(rows))
	for _, r := range rows {
		at := id{r.Key, r.Attempt, r.Owner}
		if old, seen := best[at]; !seen || r.Version > old.Version {
			best[at] = r
		}
	}
	out := make([]row, 0, len(best))
	for _, r := range best {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.Attempt, b.Attempt), a.At.Compare(b.At), cmp.Compare(a.Owner, b.Owner))
	})
	return out
}

// fold works out where one delivery stands from its newest rows. A claim whose
// lease has run out was made by a process that is gone: what it did is not
// known, unless the channel can do it again without harm (repeatable).
func fold(rows []row, now time.Time, repeatable bool) standing {
	var s standing
	for _, r := range rows {
		if r.Status == statusWithdrawn {
			continue
		}
		s.Attempt, s.Kind = max(s.Attempt, r.Attempt), r.Kind
		if r.Status == StatusSent {
			s.Status, s.At, s.Error = StatusSent, r.At, ""
			s.Tries++
			return s
		}
		if r.Status == statusReopened {
			s = standing{Attempt: s.Attempt, At: r.At, Kind: r.Kind}
			continue
		}
		if r.Status == StatusPending {
			switch {
			case now.Before(r.Lease):
			case repeatable:
				r.Status, r.NextAt, r.Error = StatusFailed, now, "proses yang mengerjakannya berhenti"
			default:
				r.Status, r.Error = StatusUnknown, "proses berhenti selagi mengirim; tidak diketahui apakah sampai"
			}
		}
		s.Tries++
		s.Status, s.Error, s.NextAt, s.At = r.Status, r.Error, r.NextAt, r.At
	}
	return s
}

// due says whether a delivery may be tried at now.
func (s standing) due(now time.Time) bool {
	return s.Status == StatusOpen || (s.Status == StatusFailed && !now.Before(s.NextAt))
}

// backoff is the wait after a number of tries: 1, 4, 16 minutes …, at most six
// hours, and never less than the other side asked for.
func backoff(tries int, asked time.Duration) time.Duration {
	const longest = 6 * time.Hour
	wait := time.Minute
	for range tries - 1 {
		if wait *= 4; wait >= longest {
			wait = longest
			break
		}
	}
	return max(wait, min(asked, 24*time.Hour))
}
