package delivery

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Options are the parts of a [Service]. Conn, Config and Content are required.
type Options struct {
	// Conn is the warehouse that keeps the record.
	Conn    driver.Conn
	Config  *Config
	Content Content
	// Now is the clock; nil means [time.Now].
	Now func() time.Time
	// Logger receives one line per delivery and the whole story of every
	// failure, without an address or a secret; nil means [slog.Default].
	Logger *slog.Logger
	// Transport carries Telegram and webhooks; nil means a plain one.
	Transport http.RoundTripper
}

// Service sends what is due. It is safe to run several on one warehouse: each
// delivery is sent by one of them.
type Service struct {
	config   *Config
	content  Content
	ledger   ledger
	claimant claimant
	senders  map[string]sender
	now      func() time.Time
	log      *slog.Logger

	// look holds back schedules until something can have changed. It is used
	// by one goroutine, that of Run.
	look map[string]time.Time
	// tick starts the clock of Run.
	tick func() (ticks <-chan time.Time, stop func())
}

// recordTimeout bounds the writing of an outcome, which goes on when the
// program is told to stop.
const recordTimeout = 30 * time.Second

// tickEvery is how often Run looks whether something is due.
const tickEvery = 30 * time.Second

// New makes a service; nothing is sent yet.
func New(o Options) (*Service, error) {
	if o.Conn == nil || o.Config == nil || o.Content == nil {
		return nil, errors.New("delivery: Options.Conn, Options.Config and Options.Content are required")
	}
	if o.Transport == nil {
		o.Transport = http.DefaultTransport.(*http.Transport).Clone()
	}
	s := &Service{
		config: o.Config, content: o.Content, ledger: ledger{o.Conn}, senders: map[string]sender{},
		now: o.Now, log: cmp.Or(o.Logger, slog.Default()), look: map[string]time.Time{},
		tick: func() (<-chan time.Time, func()) {
			t := time.NewTicker(tickEvery)
			return t.C, t.Stop
		},
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.claimant = claimant{ledger: s.ledger, now: s.now, pause: pause}
	for i := range o.Config.Channels {
		c := &o.Config.Channels[i]
		s.senders[c.Name] = c.sender(o.Transport)
	}
	return s, nil
}

// pause waits, or less when ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// Run sends what falls due until ctx ends, and then returns nil once a message
// that is on its way has been recorded. Failures are recorded and logged; they
// do not end it. Without schedules it returns at once.
func (s *Service) Run(ctx context.Context) error {
	if len(s.config.Schedules) == 0 {
		return nil
	}
	ticks, stop := s.tick()
	defer stop()
	for {
		s.Once(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-ticks:
		}
	}
}

// Once sends everything that is due now.
func (s *Service) Once(ctx context.Context) {
	for i := range s.config.Schedules {
		schedule := &s.config.Schedules[i]
		now := s.now()
		if ctx.Err() != nil {
			return
		}
		if now.Before(s.look[schedule.Name]) {
			continue
		}
		o := schedule.last(now)
		if !now.Before(o.until) {
			s.look[schedule.Name] = o.next // missed, and too late to make up for
			continue
		}
		results, err := s.work(ctx, schedule, o)
		if err != nil {
			if ctx.Err() == nil {
				s.log.Error("delivery: schedule", "schedule", schedule.Name, "period", o.period, "error", err)
			}
			s.look[schedule.Name] = now.Add(failedLook)
			continue
		}
		s.look[schedule.Name] = nextLook(results, o, now)
	}
}

// failedLook is the wait after a content or a warehouse that failed.
const failedLook = 2 * time.Minute

// nextLook is the earliest time at which there may be something to do.
func nextLook(results []Delivery, o occurrence, now time.Time) time.Time {
	next := o.next
	for _, r := range results {
		at := next
		switch r.Status {
		case StatusFailed:
			at = r.NextAt
		case StatusPending, StatusOpen:
			at = now.Add(time.Minute) // another process has it
		}
		if at.Before(next) {
			next = at
		}
	}
	return next
}
