package delivery

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gaung/metrics"
)

// Delivery is where one delivery stands. Instants are UTC.
type Delivery struct {
	ID       string       `json:"id"`
	Region   string       `json:"region"`
	Schedule string       `json:"schedule"`
	Kind     ScheduleKind `json:"kind"`
	Period   string       `json:"period"`
	Channel  string       `json:"channel"`
	// Recipient is the hash of the address; To shows a part of it while the
	// configuration still has it.
	Recipient string `json:"recipient"`
	To        string `json:"to"`
	Status    Status `json:"status"`
	// Tries counts the attempts since a person last asked for it.
	Tries int `json:"tries"`
	// Error is one line in Indonesian, empty when all is well.
	Error string `json:"error"`
	// NextAt is when a failed delivery is tried again.
	NextAt time.Time `json:"next_at,omitzero"`
	At     time.Time `json:"at,omitzero"`
}

// keep is how far back failures stay visible.
const keep = 60 * 24 * time.Hour

// Status lists the deliveries touched since some time, newest first.
func (s *Service) Status(ctx context.Context, since time.Time) ([]Delivery, error) {
	rows, err := s.ledger.recent(ctx, s.regions(), since)
	if err != nil {
		return nil, err
	}
	return s.list(rows), nil
}

// Failures lists the deliveries of the last 60 days that have not arrived or
// of which that is not known, newest first: what a page should show until
// somebody has seen to it.
func (s *Service) Failures(ctx context.Context) ([]Delivery, error) {
	all, err := s.Status(ctx, s.now().Add(-keep))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(d Delivery) bool { return !d.Failed() }), nil
}

// Failed says that a delivery wants to be looked at.
func (d Delivery) Failed() bool {
	return d.Status == StatusFailed || d.Status == StatusGivenUp || d.Status == StatusUnknown
}

// regions lists the regions of the schedules; never none, as an empty list
// would be none of them.
func (s *Service) regions() []string {
	codes := []string{""}
	for _, schedule := range s.config.Schedules {
		codes = append(codes, schedule.Region.Code)
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func (s *Service) list(rows map[Key][]row) []Delivery {
	out := make([]Delivery, 0, len(rows))
	for k, list := range rows {
		if st := s.fold(k, list); st.Attempt > 0 && (st.Tries > 0 || st.Status != StatusOpen || !st.At.IsZero()) {
			out = append(out, s.describe(k, st))
		}
	}
	slices.SortFunc(out, func(a, b Delivery) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return out
}

func (s *Service) fold(k Key, rows []row) standing {
	sender := s.senders[k.Channel]
	return fold(rows, s.now(), sender != nil && sender.repeatable())
}

func (s *Service) describe(k Key, st standing) Delivery {
	d := Delivery{
		ID: k.ID(), Region: k.Region, Schedule: k.Schedule, Kind: st.Kind, Period: k.Period, Channel: k.Channel,
		Recipient: k.Recipient, To: mask(s.address(k)), Status: st.Status, Tries: st.Tries, Error: st.Error, At: st.At,
	}
	if st.Status == StatusFailed {
		d.NextAt = st.NextAt
	}
	return d
}

// address finds the address behind a hash in the configuration, empty when it
// is not there any more.
func (s *Service) address(k Key) string {
	for _, schedule := range s.config.Schedules {
		for _, target := range schedule.To {
			for _, to := range target.addresses() {
				if target.Channel == k.Channel && hashOf(target.Channel, to) == k.Recipient {
					return to
				}
			}
		}
	}
	return ""
}

// standings says where the deliveries of a job stand.
func (s *Service) standings(ctx context.Context, j job) ([]Delivery, error) {
	rows, err := s.ledger.rows(ctx, j.keys)
	if err != nil {
		return nil, err
	}
	out := make([]Delivery, len(j.keys))
	for i, k := range j.keys {
		st := s.fold(k, rows[k])
		st.Kind = j.schedule.Kind
		out[i] = s.describe(k, st)
	}
	return out, nil
}

// contentWords finds the words for a person in an error of the content.
func contentWords(err error) string {
	var user *metrics.UserError
	if errors.As(err, &user) {
		return user.Words
	}
	return "angka tidak dapat dihitung; lihat catatan program"
}

// UserError is a mistake a person can put right; its text is one line in
// Indonesian.
type UserError struct{ Words string }

// Error is the words for the person at the edge.
func (e *UserError) Error() string { return e.Words }

func userf(format string, args ...any) error { return &UserError{fmt.Sprintf(format, args...)} }
