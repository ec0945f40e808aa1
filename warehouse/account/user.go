package account

import (
	"context"
	"crypto/subtle"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// tokenPrefix makes an API token recognisable where one was left by mistake.
const tokenPrefix = "gaung_"

// Add stores a new user. A name that is taken, a short password or a role that
// does not fit is an [*Error].
func (b *Book) Add(ctx context.Context, u User, password string, now time.Time) error {
	u.Name = CanonicalName(u.Name)
	if err := b.CheckNew(ctx, u); err != nil {
		return err
	}
	if err := CheckPassword(password); err != nil {
		return err
	}
	hash, err := b.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	u.passwordHash, u.tokenHash, u.epoch, u.Disabled = hash, "", 1, false
	u.CreatedAt = now.UTC().Truncate(time.Millisecond)
	return b.write(ctx, &u, now)
}

// CheckNew tells whether the user could be added, before anyone types a
// password. The error is an [*Error].
func (b *Book) CheckNew(ctx context.Context, u User) error {
	u.Name = CanonicalName(u.Name)
	if err := u.check(); err != nil {
		return err
	}
	present, err := b.find(ctx, u.Name)
	if err != nil {
		return err
	}
	if present != nil {
		return errorf("pengguna %s sudah ada; ganti kata sandinya dengan gaung user passwd %s, atau pilih nama lain", u.Name, u.Name)
	}
	if u.OPD == "" {
		return nil
	}
	var found uint64
	if err := b.ask(ctx, "agency", func(rows driver.Rows) error { return rows.Scan(&found) },
		clickhouse.Named("region", u.Region), clickhouse.Named("opd", u.OPD)); err != nil {
		return err
	}
	if found == 0 {
		return errorf("OPD berkode %s tidak ada di wilayah %s; tulis kodenya seperti pada berkas OPD yang diimpor", u.OPD, u.Region)
	}
	return nil
}

// Find gives the user of a name; an unknown name is an [*Error].
func (b *Book) Find(ctx context.Context, name string) (*User, error) {
	u, err := b.find(ctx, CanonicalName(name))
	if err == nil && u == nil {
		err = errorf("pengguna %s tidak ada; lihat gaung user list", CanonicalName(name))
	}
	return u, err
}

// change stores what edit makes of a user.
func (b *Book) change(ctx context.Context, name string, now time.Time, edit func(*User)) error {
	u, err := b.Find(ctx, name)
	if err != nil {
		return err
	}
	edit(u)
	return b.write(ctx, u, now)
}

// SetPassword gives a user a new password and ends every session.
func (b *Book) SetPassword(ctx context.Context, name, password string, now time.Time) error {
	if err := CheckPassword(password); err != nil {
		return err
	}
	hash, err := b.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return b.change(ctx, name, now, func(u *User) { u.passwordHash = hash; u.epoch++ })
}

// SetDisabled disables or enables a user. Sessions end either way: one from
// before a pause does not come back. A token works again once the user is
// enabled.
func (b *Book) SetDisabled(ctx context.Context, name string, disabled bool, now time.Time) error {
	return b.change(ctx, name, now, func(u *User) { u.Disabled = disabled; u.epoch++ })
}

// NewToken gives a user a new API token, which replaces an earlier one. The
// token is returned once and can never be read again.
func (b *Book) NewToken(ctx context.Context, name string, now time.Time) (string, error) {
	token, hash := newSecret(tokenPrefix)
	return token, b.change(ctx, name, now, func(u *User) { u.tokenHash = hash })
}

// RevokeToken takes a user's API token away.
func (b *Book) RevokeToken(ctx context.Context, name string, now time.Time) error {
	return b.change(ctx, name, now, func(u *User) { u.tokenHash = "" })
}

// ByToken gives the user of an API token; nil when there is none, or a
// disabled one.
func (b *Book) ByToken(ctx context.Context, token string) (*User, error) {
	users, err := b.Users(ctx)
	if err != nil {
		return nil, err
	}
	var found *User
	hash := []byte(secretHash(token))
	for i := range users {
		u := &users[i]
		if u.tokenHash != "" && subtle.ConstantTimeCompare([]byte(u.tokenHash), hash) == 1 && !u.Disabled {
			found = u
		}
	}
	return found, nil
}

// Authenticate gives the user of a name and password; nil when they do not
// belong together, when there is no such user, or a disabled one. All of these
// take the same work.
func (b *Book) Authenticate(ctx context.Context, name, password string) (*User, error) {
	u, err := b.find(ctx, CanonicalName(name))
	if err != nil {
		return nil, err
	}
	hash := standIn
	if u != nil {
		hash = u.passwordHash
	}
	ok, err := b.hasher.matches(ctx, password, hash)
	if err != nil {
		return nil, err
	}
	if !ok || u == nil || u.Disabled {
		return nil, nil
	}
	return u, nil
}
