package delivery

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSentOnceAndNotAgainAfterARestart(t *testing.T) {
	conn := newConn(t)
	c := &clock{now: wib(t, "2026-11-06 07:59")}
	b := &box{}
	d := newDesk(t, conn, scheduleConfig, c, b)
	// The month before is long past its time: nothing is made up for.
	d.Once(t.Context())
	if got, _ := b.count(); got != 0 {
		t.Fatalf("%d sent a minute early", got)
	}
	c.set(wib(t, "2026-11-06 08:00"))
	for range 3 {
		d.Once(t.Context())
		c.add(time.Minute)
	}
	restarted := newDesk(t, conn, scheduleConfig, c, b)
	for range 3 {
		restarted.Once(t.Context())
		c.add(time.Hour)
	}
	if got, tries := b.count(); got != 1 || tries != 1 {
		t.Fatalf("%d sent in %d tries, want one", got, tries)
	}
	if diff := cmp.Diff([]string{"2026-10"}, d.content.months); diff != "" {
		t.Errorf("months measured: %s", diff)
	}
	p := b.got[0]
	if p.To != "bupati@contoh.example" || p.Period != "2026-10" || p.Region != "19.71" || p.Subject != testMessage.Subject {
		t.Errorf("parcel %+v", p)
	}
	got := restarted.only(t)
	if got.Status != StatusSent || got.Tries != 1 || got.To != "b…@contoh.example" || got.Kind != Monthly || got.ID != p.ID {
		t.Errorf("delivery %+v", got)
	}
	if strings.Contains(got.Recipient, "bupati") {
		t.Errorf("the record holds the address: %s", got.Recipient)
	}
	if list, err := restarted.Failures(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("failures %v, %v", list, err)
	}
	// A month later the next report is due.
	c.set(wib(t, "2026-12-06 08:00"))
	restarted.Once(t.Context())
	if got, _ := b.count(); got != 2 || b.got[1].Period != "2026-11" {
		t.Errorf("%d sent in December", got)
	}
}

// TestNoAddressIsStored looks at every text column of the table.
func TestNoAddressIsStored(t *testing.T) {
	conn := newConn(t)
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	d := newDesk(t, conn, scheduleConfig, c, &box{fail: func(int) error { return notSent("x") }})
	d.Once(t.Context())
	var rows, found uint64
	err := conn.QueryRow(t.Context(), `SELECT count(), countIf(positionCaseInsensitive(toString(tuple(*)), 'bupati') > 0) FROM deliveries`).Scan(&rows, &found)
	if err != nil || rows != 2 || found != 0 {
		t.Errorf("%d rows, %d with the address, %v; want 2 without", rows, found, err)
	}
}

func TestRetriesBackOffAndGiveUp(t *testing.T) {
	conn := newConn(t)
	start := wib(t, "2026-11-06 08:00")
	c := &clock{now: start}
	b := &box{fail: func(int) error { return notSent("server SMTP tidak dapat dihubungi") }}
	d := newDesk(t, conn, scheduleConfig, c, b)
	var at []time.Duration
	for range 60 {
		_, before := b.count()
		d.Once(t.Context())
		if _, after := b.count(); after > before {
			at = append(at, c.Now().Sub(start))
		}
		c.add(30 * time.Second)
	}
	if diff := cmp.Diff([]time.Duration{0, time.Minute, 5 * time.Minute}, at); diff != "" {
		t.Errorf("tries at (-want +got):\n%s", diff)
	}
	got := d.only(t)
	if got.Status != StatusGivenUp || got.Tries != 3 || got.Error != "server SMTP tidak dapat dihubungi (menyerah setelah 3 kali)" {
		t.Errorf("delivery %+v", got)
	}
	failures, err := d.Failures(t.Context())
	if err != nil || len(failures) != 1 || failures[0].ID != got.ID {
		t.Errorf("failures %+v, %v", failures, err)
	}

	// A person puts it right and asks again; the count starts anew.
	b.fail = func(try int) error {
		if try == 4 {
			return notSent("masih mati")
		}
		return nil
	}
	again, err := d.Retry(t.Context(), " "+strings.ToLower(got.ID))
	if err != nil || again.Status != StatusFailed || again.Tries != 1 || again.Error != "masih mati" {
		t.Fatalf("retry %+v, %v", again, err)
	}
	if again, err = d.Retry(t.Context(), got.ID); err != nil || again.Status != StatusSent {
		t.Fatalf("second retry %+v, %v", again, err)
	}
	_, err = d.Retry(t.Context(), got.ID)
	var user *UserError
	if !errors.As(err, &user) || !strings.Contains(user.Words, "tidak dikirim dua kali") {
		t.Errorf("retry of what was sent: %v", err)
	}
	if sent, _ := b.count(); sent != 1 {
		t.Errorf("%d sent", sent)
	}
}

func TestOtherSideSaysWhen(t *testing.T) {
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	b := &box{fail: func(try int) error {
		if try == 1 {
			return &Failure{Outcome: NotSent, Words: "dibatasi", RetryAfter: 30 * time.Minute}
		}
		return nil
	}}
	d := newDesk(t, newConn(t), scheduleConfig, c, b)
	d.Once(t.Context())
	if got := d.only(t); !got.NextAt.Equal(c.Now().Add(30 * time.Minute)) {
		t.Errorf("next at %s", got.NextAt)
	}
	c.add(29 * time.Minute)
	d.Once(t.Context())
	if _, tries := b.count(); tries != 1 {
		t.Errorf("%d tries before it may", tries)
	}
	c.add(time.Minute)
	d.Once(t.Context())
	if got := d.only(t); got.Status != StatusSent || got.Tries != 2 {
		t.Errorf("delivery %+v", got)
	}
}

func TestRefusedIsNotTriedAgain(t *testing.T) {
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	b := &box{fail: func(int) error { return refused("ditolak") }}
	d := newDesk(t, newConn(t), scheduleConfig, c, b)
	for range 5 {
		d.Once(t.Context())
		c.add(6 * time.Hour)
	}
	if _, tries := b.count(); tries != 1 {
		t.Errorf("%d tries", tries)
	}
	if got := d.only(t); got.Status != StatusGivenUp || got.Error != "ditolak" {
		t.Errorf("delivery %+v", got)
	}
}

func TestUnknownWaitsForAPerson(t *testing.T) {
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	b := &box{fail: func(try int) error {
		if try == 1 {
			return unsure("putus sebelum dijawab")
		}
		return nil
	}}
	d := newDesk(t, newConn(t), scheduleConfig, c, b)
	for range 5 {
		d.Once(t.Context())
		c.add(6 * time.Hour)
	}
	got := d.only(t)
	if _, tries := b.count(); tries != 1 || got.Status != StatusUnknown {
		t.Fatalf("%d tries, %+v", tries, got)
	}
	if again, err := d.Retry(t.Context(), got.ID); err != nil || again.Status != StatusSent {
		t.Errorf("retry %+v, %v", again, err)
	}
}

// TestCrashBetweenClaimAndRecord leaves a claim behind, as a process does that
// is killed while it sends.
func TestCrashBetweenClaimAndRecord(t *testing.T) {
	for _, repeat := range []bool{false, true} {
		conn := newConn(t)
		c := &clock{now: wib(t, "2026-11-06 08:00")}
		b := &box{repeat: repeat}
		d := newDesk(t, conn, scheduleConfig, c, b)
		key := Key{"19.71", "bulanan", "2026-10", "surel", hashOf("surel", "bupati@contoh.example")}
		claims, err := d.claimant.claim(t.Context(), []Key{key}, Monthly, repeat)
		if err != nil || len(claims) != 1 {
			t.Fatalf("claim %v, %v", claims, err)
		}
		d.Once(t.Context())
		if got := d.only(t); got.Status != StatusPending {
			t.Errorf("while the lease runs: %+v", got)
		}
		if _, err := d.Retry(t.Context(), key.ID()); err == nil {
			t.Error("a delivery that may be on its way was tried again")
		}
		c.add(lease)
		d.Once(t.Context())
		_, tries := b.count()
		got := d.only(t)
		switch {
		case repeat && (tries != 1 || got.Status != StatusSent):
			t.Errorf("a repeatable delivery: %d tries, %+v", tries, got)
		case !repeat && (tries != 0 || got.Status != StatusUnknown || got.Error == ""):
			t.Errorf("a message: %d tries, %+v", tries, got)
		}
		if !repeat {
			if again, err := d.Retry(t.Context(), key.ID()); err != nil || again.Status != StatusSent {
				t.Errorf("retry %+v, %v", again, err)
			}
		}
	}
}

func TestTwoServicesSendOnce(t *testing.T) {
	conn := newConn(t)
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	b := &box{}
	config := strings.Replace(scheduleConfig, "[bupati@contoh.example]",
		"[a@x.example, b@x.example, c@x.example, d@x.example, e@x.example]", 1)
	var services []*desk
	for range 4 {
		services = append(services, newDesk(t, conn, config, c, b))
	}
	var all sync.WaitGroup
	start := make(chan struct{})
	for _, s := range services {
		all.Go(func() {
			<-start
			s.Once(t.Context())
		})
	}
	close(start)
	all.Wait()
	// Whoever gave way did so for somebody who sends: one more look changes nothing.
	c.add(2 * time.Minute)
	for _, s := range services {
		s.Once(t.Context())
	}
	to := map[string]int{}
	for _, p := range b.got {
		to[p.To]++
	}
	want := map[string]int{"a@x.example": 1, "b@x.example": 1, "c@x.example": 1, "d@x.example": 1, "e@x.example": 1}
	if diff := cmp.Diff(want, to); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
	list, err := services[0].Status(t.Context(), time.Time{})
	if err != nil || len(list) != 5 {
		t.Fatalf("status %+v, %v", list, err)
	}
	for _, l := range list {
		if l.Status != StatusSent || l.Tries != 1 {
			t.Errorf("delivery %+v", l)
		}
	}
}

func TestAlertsAreToldOnce(t *testing.T) {
	config := strings.Replace(scheduleConfig, "kind: monthly\n    day: 6", "kind: alerts\n    every: 1h\n    sources: true", 1)
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	b := &box{}
	d := newDesk(t, newConn(t), config, c, b)
	a1, a2, a3 := Alert{Cause: "source/a", Period: "2026-11-05"}, Alert{Cause: "silent/b", Period: "2026-11"}, Alert{Cause: "due/c", Period: "2026-11-09"}
	step := func(alerts ...Alert) {
		d.content.alerts = alerts
		d.Once(t.Context())
		c.add(time.Hour)
	}
	step(a1, a2)
	step(a1, a2)
	step(a1, a2, a3)
	step()
	a1.Period = "2026-11-06" // it answered for a while, and broke again
	step(a1, a2)
	want := [][]string{{"source/a", "silent/b"}, {"due/c"}, {"source/a"}}
	if diff := cmp.Diff(want, d.content.alarms); diff != "" {
		t.Errorf("alarms (-want +got):\n%s", diff)
	}
	if len(b.got) != 3 || b.got[0].Period != "2026-11-06" {
		t.Errorf("%d messages", len(b.got))
	}
	// The service that starts in the evening knows what was told.
	again := newDesk(t, d.ledger.conn, config, c, b)
	again.content.alerts = []Alert{a1, a2, a3}
	again.Once(t.Context())
	if len(again.content.alarms) != 0 {
		t.Errorf("told again: %v", again.content.alarms)
	}
}

func TestFailedAlertIsJoinedByNewOnes(t *testing.T) {
	config := strings.Replace(scheduleConfig, "kind: monthly\n    day: 6", "kind: alerts\n    sources: true", 1)
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	b := &box{fail: func(try int) error {
		if try == 1 {
			return notSent("mati")
		}
		return nil
	}}
	d := newDesk(t, newConn(t), config, c, b)
	d.content.alerts = []Alert{{Cause: "source/a", Period: "1"}}
	d.Once(t.Context())
	d.content.alerts = append(d.content.alerts, Alert{Cause: "source/b", Period: "1"})
	c.add(time.Minute)
	d.Once(t.Context())
	if diff := cmp.Diff([][]string{{"source/a"}, {"source/a", "source/b"}}, d.content.alarms); diff != "" {
		t.Error(diff)
	}
	// A cause that is gone is not told any more, and says so.
	b.fail = func(int) error { return refused("x") }
	d.content.alerts = []Alert{{Cause: "source/c", Period: "1"}}
	c.add(24 * time.Hour)
	d.Once(t.Context())
	failures, err := d.Failures(t.Context())
	if err != nil || len(failures) != 1 {
		t.Fatalf("failures %+v, %v", failures, err)
	}
	d.content.alerts = nil
	if _, err := d.Retry(t.Context(), failures[0].ID); err == nil || !strings.Contains(err.Error(), "sudah tidak ada") {
		t.Errorf("retry of a gone cause: %v", err)
	}
}

func TestContentThatFailsIsRecorded(t *testing.T) {
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	b := &box{}
	d := newDesk(t, newConn(t), scheduleConfig, c, b)
	d.content.err = errors.New("code: 60, table secret_name")
	d.Once(t.Context())
	got := d.only(t)
	if got.Status != StatusFailed || got.Error != "isi pesan tidak dapat disusun: angka tidak dapat dihitung; lihat catatan program" {
		t.Errorf("delivery %+v", got)
	}
	d.content.err = nil
	c.add(time.Minute)
	d.Once(t.Context())
	if got := d.only(t); got.Status != StatusSent {
		t.Errorf("delivery %+v", got)
	}
}

func TestPlanSendsNothing(t *testing.T) {
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	b := &box{}
	d := newDesk(t, newConn(t), scheduleConfig, c, b)
	plan, err := d.Plan(t.Context(), "bulanan")
	if err != nil || len(plan) != 1 || !plan[0].WouldSend || plan[0].Subject != testMessage.Subject || len(plan[0].Attachments) != 1 {
		t.Fatalf("plan %+v, %v", plan, err)
	}
	if list, err := d.Status(t.Context(), time.Time{}); err != nil || len(list) != 0 {
		t.Errorf("the plan was recorded: %+v, %v", list, err)
	}
	if list, err := d.RunNow(t.Context(), "bulanan"); err != nil || len(list) != 1 || list[0].Status != StatusSent {
		t.Fatalf("run %+v, %v", list, err)
	}
	plan, err = d.Plan(t.Context(), "bulanan")
	if err != nil || plan[0].WouldSend || plan[0].Status != StatusSent {
		t.Errorf("plan after sending %+v, %v", plan, err)
	}
	if list, err := d.RunNow(t.Context(), "bulanan"); err != nil || list[0].Tries != 1 {
		t.Errorf("second run %+v, %v", list, err)
	}
	if got, tries := b.count(); got != 1 || tries != 1 {
		t.Errorf("%d sent in %d tries", got, tries)
	}
	var user *UserError
	if _, err := d.RunNow(t.Context(), "tahunan"); !errors.As(err, &user) || !strings.Contains(user.Words, "bulanan") {
		t.Errorf("an unknown schedule: %v", err)
	}
	if _, err := d.Retry(t.Context(), "ZZZZ"); !errors.As(err, &user) {
		t.Errorf("an unknown delivery: %v", err)
	}
}

// TestRunStops ends the loop while a message is on its way: it is recorded
// first.
func TestRunStops(t *testing.T) {
	c := &clock{now: wib(t, "2026-11-06 08:00")}
	ctx, cancel := context.WithCancel(t.Context())
	b := &box{fail: func(int) error {
		cancel()
		return nil
	}}
	d := newDesk(t, newConn(t), strings.Replace(scheduleConfig, "[bupati@contoh.example]", "[a@x.example, b@x.example]", 1), c, b)
	ticks := make(chan time.Time, 1)
	stopped := false
	d.tick = func() (<-chan time.Time, func()) { return ticks, func() { stopped = true } }
	if err := d.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if !stopped {
		t.Error("the ticker goes on")
	}
	if got := d.only(t); got.Status != StatusSent {
		t.Errorf("delivery %+v", got)
	}
}

func TestRunWorksOnTicks(t *testing.T) {
	c := &clock{now: wib(t, "2026-11-06 07:00")}
	ctx, cancel := context.WithCancel(t.Context())
	b := &box{fail: func(int) error {
		cancel()
		return nil
	}}
	d := newDesk(t, newConn(t), scheduleConfig, c, b)
	ticks := make(chan time.Time)
	d.tick = func() (<-chan time.Time, func()) { return ticks, func() {} }
	done := make(chan error)
	go func() { done <- d.Run(ctx) }()
	ticks <- c.Now() // received only once the first look is over
	c.set(wib(t, "2026-11-06 08:00"))
	for {
		select {
		case err := <-done:
			if got, _ := b.count(); err != nil || got != 1 {
				t.Errorf("%v, %d sent", err, got)
			}
			return
		case ticks <- c.Now():
		}
	}
}

func TestNewRefusesMissingParts(t *testing.T) {
	if _, err := New(Options{}); err == nil {
		t.Error("a service of nothing")
	}
	if _, err := NewMeasured(MeasuredOptions{}); err == nil {
		t.Error("content of nothing")
	}
}
