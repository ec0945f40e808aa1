package delivery

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestContest looks at what a process concludes from the claims it sees.
func TestContest(t *testing.T) {
	now := time.Date(2026, 11, 6, 1, 0, 0, 0, time.UTC)
	c := claimant{now: func() time.Time { return now }}
	mine := row{Attempt: 2, Owner: "M", Status: StatusPending, Lease: now.Add(lease)}
	other := func(owner string, status Status, attempt uint32, left time.Duration) row {
		return row{Attempt: attempt, Owner: owner, Status: status, Lease: now.Add(left)}
	}
	for _, x := range []struct {
		name string
		rows []row
		want verdict
	}{
		{"alone", []row{mine}, alone},
		{"after a failure of before", []row{other("A", StatusFailed, 1, 0), mine}, alone},
		{"a lower token", []row{other("A", StatusPending, 2, lease), mine}, behind},
		{"a higher token", []row{other("Z", StatusPending, 2, lease), mine}, first},
		{"a higher and a lower token", []row{other("Z", StatusPending, 2, lease), other("A", StatusPending, 2, lease), mine}, behind},
		{"one who gave way", []row{other("A", statusWithdrawn, 2, lease), mine}, alone},
		{"one who is gone", []row{other("A", StatusPending, 1, 0), mine}, alone},
		{"sent meanwhile", []row{other("Z", StatusSent, 2, 0), mine}, behind},
		{"failed meanwhile", []row{other("Z", StatusFailed, 2, 0), mine}, behind},
		{"lost meanwhile", []row{other("Z", StatusUnknown, 2, 0), mine}, behind},
	} {
		if got := c.contest(mine, x.rows); got != x.want {
			t.Errorf("%s: %d, want %d", x.name, got, x.want)
		}
	}
}

// TestClaimsNeverMeet interleaves the steps of several processes in every way
// rapid thinks of, on a table that shows each step to all: at most one of them
// may go on to send, and if nobody stops half-way, one does.
func TestClaimsNeverMeet(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		now := time.Date(2026, 11, 6, 1, 0, 0, 0, time.UTC)
		c := claimant{now: func() time.Time { return now }}
		type process struct {
			token string
			state string // "", "looked", "claimed", "sending", "done", "gone"
			try   uint32
		}
		n := rapid.IntRange(2, 4).Draw(rt, "processes")
		tokens := rapid.Permutation([]string{"A", "B", "C", "D"}).Draw(rt, "tokens")
		crash := rapid.Bool().Draw(rt, "crashes")
		processes := make([]*process, n)
		for i := range processes {
			processes[i] = &process{token: tokens[i]}
		}
		var table []row
		sent := 0
		step := func(p *process) {
			switch p.state {
			case "":
				s := fold(newest(table), now, false)
				if p.state = "looked"; !s.due(now) {
					p.state = "done"
				}
				p.try = s.Attempt + 1
			case "looked":
				table = append(table, row{Attempt: p.try, Owner: p.token, Status: StatusPending, Lease: now.Add(lease), Version: 1})
				p.state = "claimed"
			case "claimed":
				mine := row{Attempt: p.try, Owner: p.token}
				switch c.contest(mine, newest(table)) {
				case alone:
					p.state = "sending"
					sent++
				case behind:
					table = append(table, row{Attempt: p.try, Owner: p.token, Status: statusWithdrawn, Version: 2})
					p.state = "done"
				}
			case "sending":
				table = append(table, row{Attempt: p.try, Owner: p.token, Status: StatusSent, Version: 2})
				p.state = "done"
			}
		}
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, n-1), 0, 60).Draw(rt, "order") {
			if crash && processes[i].state == "sending" && rapid.Bool().Draw(rt, "crash") {
				processes[i].state = "gone"
			}
			step(processes[i])
		}
		for range 10 { // let everybody finish
			for _, p := range processes {
				step(p)
			}
		}
		if sent > 1 || (!crash && sent != 1) {
			rt.Fatalf("sent %d times", sent)
		}
	})
}

// TestFold follows deliveries through their lives.
func TestFold(t *testing.T) {
	now := time.Date(2026, 11, 6, 1, 0, 0, 0, time.UTC)
	r := func(attempt uint32, owner string, status Status, version uint64) row {
		return row{Attempt: attempt, Owner: owner, Status: status, Version: version, Lease: now.Add(time.Minute), NextAt: now}
	}
	for _, c := range []struct {
		name  string
		rows  []row
		later time.Duration
		want  Status
		tries int
	}{
		{"nothing", nil, 0, StatusOpen, 0},
		{"claimed", []row{r(1, "a", StatusPending, 1)}, 0, StatusPending, 1},
		{"claimed, and the lease is over", []row{r(1, "a", StatusPending, 1)}, time.Minute, StatusUnknown, 1},
		{"sent", []row{r(1, "a", StatusPending, 1), r(1, "a", StatusSent, 2)}, 0, StatusSent, 1},
		{"given back", []row{r(1, "a", StatusPending, 1), r(1, "a", statusWithdrawn, 2)}, time.Hour, StatusOpen, 0},
		{"failed twice", []row{r(1, "a", StatusFailed, 2), r(2, "b", StatusFailed, 2)}, 0, StatusFailed, 2},
		{"given up", []row{r(1, "a", StatusFailed, 2), r(2, "b", StatusGivenUp, 2)}, 0, StatusGivenUp, 2},
		{"given up, asked again", []row{r(1, "a", StatusFailed, 2), r(2, "b", StatusGivenUp, 2), r(3, "c", statusReopened, 1)}, 0, StatusOpen, 0},
		{"asked again, failed", []row{r(2, "b", StatusGivenUp, 2), r(3, "c", statusReopened, 1), r(4, "d", StatusFailed, 2)}, 0, StatusFailed, 1},
		{"thought lost, came through after all", []row{r(1, "a", StatusSent, 2), r(2, "c", statusReopened, 1)}, 0, StatusSent, 1},
	} {
		got := fold(newest(c.rows), now.Add(c.later), false)
		if got.Status != c.want || got.Tries != c.tries {
			t.Errorf("%s: %q after %d tries, want %q after %d", c.name, got.Status, got.Tries, c.want, c.tries)
		}
	}
}

func TestBackoff(t *testing.T) {
	var got []time.Duration
	for n := 1; n <= 7; n++ {
		got = append(got, backoff(n, 0))
	}
	want := []time.Duration{time.Minute, 4 * time.Minute, 16 * time.Minute, 64 * time.Minute, 256 * time.Minute, 6 * time.Hour, 6 * time.Hour}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if backoff(1, time.Hour) != time.Hour || backoff(1, 365*24*time.Hour) != 24*time.Hour || backoff(3, time.Second) != 16*time.Minute {
		t.Error("what the other side asks for")
	}
}

// TestUndecidedGivesWay bounds the wait for a process that claimed with a
// higher token and then stopped.
func TestUndecidedGivesWay(t *testing.T) {
	conn := newConn(t)
	now := wib(t, "2026-11-06 08:00")
	waits := 0
	c := claimant{ledger: ledger{conn}, now: func() time.Time { return now }, pause: func(context.Context, time.Duration) { waits++ }}
	key := Key{"19.71", "bulanan", "2026-10", "surel", "x"}
	mine := row{Key: key, Attempt: 1, Owner: "A", Status: StatusPending, At: now, Lease: now.Add(lease), Version: 1}
	other := mine
	other.Owner = "Z"
	if err := c.ledger.write(t.Context(), []row{mine, other}); err != nil {
		t.Fatal(err)
	}
	won, err := c.settle(t.Context(), []row{mine})
	if err != nil || len(won) != 0 || waits != claimRounds {
		t.Errorf("won %v, %v after %d waits", won, err, waits)
	}
	rows, err := c.ledger.rows(t.Context(), []Key{key})
	if err != nil {
		t.Fatal(err)
	}
	if s := fold(rows[key], now, false); s.Status != StatusPending || s.Tries != 1 {
		t.Errorf("standing %+v", s)
	}
}

func TestMaskAndHash(t *testing.T) {
	for address, want := range map[string]string{
		"": "", "bupati@contoh.go.id": "b…@contoh.go.id", "Bupati <ébupati@contoh.go.id>": "é…@contoh.go.id",
		"-1001234567890": "…890", "@kanal": "…nal", "ab": "…b", "6281234567890": "…890",
	} {
		if got := mask(address); got != want {
			t.Errorf("mask(%q) = %q, want %q", address, got, want)
		}
	}
	if hashOf("a", "X@y ") != hashOf("a", "x@y") || hashOf("a", "x@y") == hashOf("b", "x@y") || len(hashOf("a", "")) != 32 {
		t.Error("hashes")
	}
	if id := (Key{Region: "19.71"}).ID(); len(id) != 12 || strings.ToUpper(id) != id {
		t.Errorf("id %q", id)
	}
}

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\nBcc: x": "a Bcc: x", "  a\t b ": "a b", "\u202egnp\u2028x": "gnp x", "abcdef": "abcd…", "\x00": "", "é—😀": "é—😀",
	} {
		if got := oneLine(in, 5); got != want && in != "a\r\nBcc: x" {
			t.Errorf("oneLine(%q) = %q, want %q", in, got, want)
		}
	}
	if got := oneLine("a\r\nBcc: x", 50); got != "a Bcc: x" {
		t.Errorf("%q", got)
	}
}
