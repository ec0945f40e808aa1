package account

import (
	"context"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

const (
	// SessionLife is how long a session lasts at most: a working day.
	SessionLife = 12 * time.Hour
	// SessionIdle is how long a session lasts without a request.
	SessionIdle = 2 * time.Hour
	// seenEvery is how often use is written down; a session ends this much
	// early at worst.
	seenEvery = 5 * time.Minute
)

// session is a row of the table.
type session struct {
	hash, name string
	epoch      uint64
	startedAt  time.Time
	seenAt     time.Time
	ended      bool
	version    uint64
}

// StartSession opens a session of a user and returns its token, which only the
// user's browser ever keeps.
func (b *Book) StartSession(ctx context.Context, u *User, now time.Time) (token string, err error) {
	token, hash := newSecret("")
	return token, b.writeSession(ctx, &session{hash: hash, name: u.Name, epoch: u.epoch, startedAt: now, seenAt: now}, now)
}

// BySession gives the user of a session that still stands, and notes that it
// is in use; nil when it has ended, by a logout, by time, or with the user.
func (b *Book) BySession(ctx context.Context, token string, now time.Time) (*User, error) {
	s, err := b.session(ctx, token)
	if err != nil || s == nil || s.ended {
		return nil, err
	}
	if now.Sub(s.startedAt) >= SessionLife || now.Sub(s.seenAt) >= SessionIdle || now.Before(s.startedAt.Add(-seenEvery)) {
		return nil, nil
	}
	u, err := b.find(ctx, s.name)
	if err != nil || u == nil || u.Disabled || u.epoch != s.epoch {
		return nil, err
	}
	if now.Sub(s.seenAt) >= seenEvery {
		s.seenAt = now
		if err := b.writeSession(ctx, s, now); err != nil {
			return nil, err
		}
	}
	return u, nil
}

// EndSession ends a session; a token of none changes nothing.
func (b *Book) EndSession(ctx context.Context, token string, now time.Time) error {
	s, err := b.session(ctx, token)
	if err != nil || s == nil || s.ended {
		return err
	}
	s.ended = true
	return b.writeSession(ctx, s, now)
}

func (b *Book) session(ctx context.Context, token string) (*session, error) {
	var found *session
	err := b.ask(ctx, "session", func(rows driver.Rows) error {
		found = &session{}
		return rows.Scan(&found.hash, &found.name, &found.epoch, &found.startedAt, &found.seenAt, &found.ended, &found.version)
	}, clickhouse.Named("token", secretHash(token)))
	return found, err
}

// endedVersion lies above every other version of a session: a request that is
// answered while the user logs out cannot bring the session back.
const endedVersion = 1 << 63

func (b *Book) writeSession(ctx context.Context, s *session, now time.Time) error {
	s.version = max(s.version+1, uint64(max(now.UnixMilli(), 0)))
	if s.ended {
		s.version = endedVersion
	}
	err := b.insert(ctx, "INSERT INTO sessions (region, token_hash, name, epoch, started_at, seen_at, ended, version)",
		"", s.hash, s.name, s.epoch, s.startedAt.UTC(), s.seenAt.UTC(), s.ended, s.version)
	if err != nil {
		return fmt.Errorf("account: store a session of %s: %w", s.name, err)
	}
	return nil
}
