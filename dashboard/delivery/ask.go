package delivery

import (
	"context"
	"crypto/rand"
	"strings"
	"time"
)

// Planned is what a schedule would send now.
type Planned struct {
	Delivery
	Subject     string   `json:"subject"`
	Attachments []string `json:"attachments"`
	// WouldSend is false for what was sent already, waits for its next try, or
	// was given up.
	WouldSend bool `json:"would_send"`
}

// RunNow does what the schedule was last due for, also when that is long ago.
// What was sent is not sent again. The error is a *UserError when there is no
// such schedule.
func (s *Service) RunNow(ctx context.Context, name string) ([]Delivery, error) {
	schedule := s.config.Schedule(name)
	if schedule == nil {
		return nil, s.noSchedule(name)
	}
	return s.work(ctx, schedule, schedule.last(s.now()))
}

// Plan says what RunNow would do; nothing is sent or recorded.
func (s *Service) Plan(ctx context.Context, name string) ([]Planned, error) {
	schedule := s.config.Schedule(name)
	if schedule == nil {
		return nil, s.noSchedule(name)
	}
	jobs, err := s.jobs(ctx, schedule, schedule.last(s.now()))
	if err != nil {
		return nil, err
	}
	plan := []Planned{}
	for _, j := range jobs {
		standings, err := s.standings(ctx, j)
		if err != nil {
			return nil, err
		}
		message, err := j.message(ctx, j.keys)
		if err != nil {
			return nil, err
		}
		files := make([]string, len(message.Attachments))
		for i, a := range message.Attachments {
			files[i] = a.Name
		}
		for _, d := range standings {
			due := standing{Status: d.Status, NextAt: d.NextAt}.due(s.now())
			plan = append(plan, Planned{Delivery: d, Subject: oneLine(message.Subject, 200), Attachments: files, WouldSend: due})
		}
	}
	return plan, nil
}

func (s *Service) noSchedule(name string) error {
	list := make([]string, len(s.config.Schedules))
	for i, schedule := range s.config.Schedules {
		list[i] = schedule.Name
	}
	if len(list) == 0 {
		return userf("belum ada jadwal pengiriman; tulis bagian deliveries di gaung.yaml")
	}
	return userf("jadwal %q tidak ada; yang ada: %s", oneLine(name, 60), strings.Join(list, ", "))
}

// Retry tries one delivery again because a person asked: one that failed, was
// given up, or whose fate is not known. Whoever asks answers for a message that
// may arrive twice. What has been sent, or is being sent, is refused with a
// *UserError.
func (s *Service) Retry(ctx context.Context, id string) (Delivery, error) {
	id = strings.ToUpper(strings.TrimSpace(id))
	rows, err := s.ledger.find(ctx, s.regions(), id)
	if err != nil {
		return Delivery{}, err
	}
	for k, list := range rows {
		if k.ID() == id {
			return s.retry(ctx, k, list)
		}
	}
	return Delivery{}, userf("pengiriman %q tidak ada; lihat gaung deliver status", oneLine(id, 40))
}

func (s *Service) retry(ctx context.Context, k Key, rows []row) (Delivery, error) {
	now, st := s.now(), s.fold(k, rows)
	switch st.Status {
	case StatusSent:
		return Delivery{}, userf("pengiriman %s sudah terkirim pada %s; tidak dikirim dua kali", k.ID(), st.At.Format(time.DateOnly))
	case StatusPending:
		return Delivery{}, userf("pengiriman %s sedang dikerjakan; tunggu sebentar, lalu lihat gaung deliver status", k.ID())
	}
	schedule, channel := s.config.Schedule(k.Schedule), s.config.Channel(k.Channel)
	if schedule == nil || channel == nil {
		return Delivery{}, userf("jadwal %s atau saluran %s tidak ada lagi di gaung.yaml", k.Schedule, k.Channel)
	}
	to, known := s.recipientOf(schedule, k)
	if !known {
		return Delivery{}, userf("penerima pengiriman %s tidak ada lagi pada jadwal %s", k.ID(), k.Schedule)
	}
	o, err := schedule.again(k.Period)
	if err != nil {
		return Delivery{}, err
	}
	build, periods, err := s.build(ctx, schedule, o)
	if err != nil {
		return Delivery{}, err
	}
	if len(periods) == 0 {
		return Delivery{}, userf("sebab peringatan %s sudah tidak ada; tidak ada yang perlu dikirim", k.ID())
	}
	reopened := row{
		Key: k, Attempt: st.Attempt + 1, Owner: rand.Text(), Kind: schedule.Kind, Status: statusReopened, At: now, Version: 1,
	}
	if err := s.ledger.write(ctx, []row{reopened}); err != nil {
		return Delivery{}, err
	}
	j := job{schedule: schedule, channel: channel, to: to, keys: []Key{k}, message: build, period: s.label(schedule, k)}
	if err := s.do(ctx, j); err != nil {
		return Delivery{}, err
	}
	standings, err := s.standings(ctx, j)
	if err != nil {
		return Delivery{}, err
	}
	return standings[0], nil
}

// label names the message of a key: its period, or today for an alert.
func (s *Service) label(schedule *Schedule, k Key) string {
	if schedule.Kind == Alerts {
		return s.now().In(schedule.Region.Zone).Format(time.DateOnly)
	}
	return k.Period
}

// recipientOf finds the recipient of a key among those of its schedule.
func (s *Service) recipientOf(schedule *Schedule, k Key) (string, bool) {
	for _, target := range schedule.To {
		for _, to := range target.addresses() {
			if target.Channel == k.Channel && hashOf(k.Channel, to) == k.Recipient {
				return to, true
			}
		}
	}
	return "", false
}
