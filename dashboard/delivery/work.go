package delivery

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// job is one message for one recipient: a report, or all the alerts that are
// new to that recipient.
type job struct {
	schedule *Schedule
	channel  *Channel
	to       string
	keys     []Key
	// message writes the message for those of the keys that are to be sent.
	message func(ctx context.Context, keys []Key) (Message, error)
	// period names the message; that of the key unless there are several.
	period string
}

// work sends what an occurrence of a schedule asks for and says where every
// delivery of it stands.
func (s *Service) work(ctx context.Context, schedule *Schedule, o occurrence) ([]Delivery, error) {
	jobs, err := s.jobs(ctx, schedule, o)
	if err != nil {
		return nil, err
	}
	var all []Delivery
	for _, j := range jobs {
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		if err := s.do(ctx, j); err != nil {
			return all, err
		}
		standings, err := s.standings(ctx, j)
		if err != nil {
			return all, err
		}
		all = append(all, standings...)
	}
	return all, nil
}

// jobs lists the messages of an occurrence.
func (s *Service) jobs(ctx context.Context, schedule *Schedule, o occurrence) ([]job, error) {
	build, periods, err := s.build(ctx, schedule, o)
	if err != nil || len(periods) == 0 {
		return nil, err
	}
	name := o.period
	if name == "" {
		name = s.now().In(schedule.Region.Zone).Format(time.DateOnly)
	}
	var jobs []job
	for _, target := range schedule.To {
		channel := s.config.Channel(target.Channel)
		for _, to := range target.addresses() {
			j := job{schedule: schedule, channel: channel, to: to, message: build, period: name}
			for _, period := range periods {
				j.keys = append(j.keys, Key{schedule.Region.Code, schedule.Name, period, channel.Name, hashOf(channel.Name, to)})
			}
			jobs = append(jobs, j)
		}
	}
	return jobs, nil
}

type builder func(ctx context.Context, keys []Key) (Message, error)

// build prepares the content of an occurrence: how it is written, and the
// periods of its keys. A report is measured when the first recipient needs it,
// and once for all of them.
func (s *Service) build(ctx context.Context, schedule *Schedule, o occurrence) (builder, []string, error) {
	r := schedule.Region
	var once Message
	written := false
	write := func(make func(context.Context) (Message, error)) builder {
		return func(ctx context.Context, _ []Key) (Message, error) {
			if written {
				return once, nil
			}
			m, err := make(ctx)
			once, written = m, err == nil
			return m, err
		}
	}
	switch schedule.Kind {
	case Monthly:
		return write(func(ctx context.Context) (Message, error) {
			return s.content.Monthly(ctx, r, o.month, schedule.Files, s.now())
		}), []string{o.period}, nil
	case Weekly:
		return write(func(ctx context.Context) (Message, error) { return s.content.Digest(ctx, r, o.week, s.now()) }), []string{o.period}, nil
	}
	alerts, err := s.content.Alerts(ctx, r, schedule.Rules, s.now())
	if err != nil {
		return nil, nil, fmt.Errorf("delivery: find alerts: %w", err)
	}
	byPeriod := make(map[string]Alert, len(alerts))
	var periods []string
	for _, a := range alerts {
		period := a.Cause + "@" + a.Period
		if _, twice := byPeriod[period]; !twice && (o.period == "" || o.period == period) {
			periods = append(periods, period)
		}
		byPeriod[period] = a
	}
	return func(_ context.Context, keys []Key) (Message, error) {
		told := make([]Alert, len(keys))
		for i, k := range keys {
			told[i] = byPeriod[k.Period]
		}
		return s.content.Alarm(r, told, s.now())
	}, periods, nil
}

// do claims, sends and records one job. The error is the warehouse's; what
// goes wrong with the message is recorded.
func (s *Service) do(ctx context.Context, j job) error {
	if s.recipientGone(j) {
		return nil
	}
	sender := s.senders[j.channel.Name]
	claims, err := s.claimant.claim(ctx, j.keys, j.schedule.Kind, sender.repeatable())
	if err != nil || len(claims) == 0 {
		return err
	}
	if ctx.Err() != nil {
		return s.claimant.giveBack(ctx, claims, ctx.Err())
	}
	return s.record(ctx, j, claims, s.deliver(ctx, j, claims, sender))
}

// recipientGone guards against a job whose channel was taken out of the
// configuration.
func (s *Service) recipientGone(j job) bool {
	return j.channel == nil || s.senders[j.channel.Name] == nil
}

// deliver writes the message and sends it. It is not broken off when the
// program is told to stop: an interrupted message is one nobody knows of.
func (s *Service) deliver(ctx context.Context, j job, claims []row, to sender) error {
	keys := make([]Key, len(claims))
	ids := make([]string, len(claims))
	for i, c := range claims {
		keys[i], ids[i] = c.Key, c.ID()
	}
	m, err := j.message(ctx, keys)
	if err != nil {
		return failuref(NotSent, err, "isi pesan tidak dapat disusun: %s", contentWords(err))
	}
	id := ids[0]
	if len(ids) > 1 {
		id = shortID(ids...)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTimeout)
	defer cancel()
	return to.send(ctx, parcel{
		Message: m, ID: id, To: j.to, Region: j.schedule.Region.Code, Schedule: j.schedule.Name,
		Kind: j.schedule.Kind, Period: j.period, At: s.now(),
	})
}

// record writes how the claims ended.
func (s *Service) record(ctx context.Context, j job, claims []row, sent error) error {
	// The tries so far are known only from the record.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), recordTimeout)
	defer cancel()
	present, err := s.ledger.rows(ctx, j.keys)
	if err != nil {
		s.log.Error("delivery: the number of tries is not known; counting this as the first", "schedule", j.schedule.Name, "error", err)
	}
	now := s.now()
	for i := range claims {
		c := &claims[i]
		c.Version, c.At, c.Status, c.Error = 2, now, StatusSent, ""
		if sent != nil {
			tries := max(fold(present[c.Key], now, s.senders[c.Channel].repeatable()).Tries, 1)
			c.fail(failure(sent), tries, j.channel.Attempts, now)
		}
	}
	s.tell(j, claims, sent)
	return s.insist(ctx, claims)
}

// fail turns a claim into the record of a failure.
func (r *row) fail(f *Failure, tries, most int, now time.Time) {
	r.Error, r.NextAt = oneLine(f.Words, 400), now
	switch {
	case f.Outcome == Unsure:
		r.Status = StatusUnknown
	case f.Outcome == Refused:
		r.Status = StatusGivenUp
	case tries >= most:
		r.Status = StatusGivenUp
		r.Error = oneLine(fmt.Sprintf("%s (menyerah setelah %d kali)", f.Words, tries), 400)
	default:
		r.Status, r.NextAt = StatusFailed, now.Add(backoff(tries, f.RetryAfter))
	}
}

// insist writes an outcome, several times if need be: without it the delivery
// stays claimed and becomes one nobody knows of.
func (s *Service) insist(ctx context.Context, rows []row) error {
	var err error
	for wait := 100 * time.Millisecond; ; wait *= 2 {
		if err = s.ledger.write(ctx, rows); err == nil || ctx.Err() != nil {
			return err
		}
		s.claimant.pause(ctx, wait)
	}
}

// tell logs an outcome.
func (s *Service) tell(j job, claims []row, err error) {
	c := claims[0]
	about := []any{"schedule", j.schedule.Name, "period", j.period, "channel", j.channel.Name, "id", c.ID(), "status", string(c.Status), "items", len(claims)}
	if err == nil {
		s.log.Info("delivery: sent", about...)
		return
	}
	if f := failure(err); f.Err != nil {
		about = append(about, "cause", f.Err)
	}
	s.log.Warn("delivery: not sent", append(about, "error", strings.TrimSpace(c.Error))...)
}
