package account

import (
	"context"
	"embed"
	"fmt"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// statements holds one file per question.
//
//go:embed sql/*.sql
var statements embed.FS

// Book is the users and sessions of a warehouse. It is safe for concurrent use.
type Book struct {
	conn   driver.Conn
	hasher hasher
}

// Open makes the book of a migrated warehouse.
func Open(conn driver.Conn) *Book { return &Book{conn: conn, hasher: newHasher()} }

// strictly makes what is written visible to whoever reads afterwards, on a
// cluster too: a logout must be seen by the next request. Where nothing is
// replicated the settings change nothing.
func strictly(ctx context.Context) context.Context {
	return clickhouse.Context(ctx, clickhouse.WithSettings(clickhouse.Settings{
		"async_insert": 0, "insert_quorum": "auto", "insert_quorum_parallel": 0,
		"select_sequential_consistency": 1, "distributed_foreground_insert": 1,
	}))
}

// ask runs a statement and hands every row to scan.
func (b *Book) ask(ctx context.Context, statement string, scan func(driver.Rows) error, params ...any) error {
	text, err := statements.ReadFile("sql/" + statement + ".sql")
	if err != nil {
		return fmt.Errorf("account: %w", err)
	}
	rows, err := b.conn.Query(strictly(ctx), string(text), params...)
	if err != nil {
		return fmt.Errorf("account: read %s: %w", statement, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("account: read %s: %w", statement, err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("account: read %s: %w", statement, err)
	}
	return nil
}

// Users lists every user by name, the disabled ones too.
func (b *Book) Users(ctx context.Context) ([]User, error) {
	users := []User{}
	err := b.ask(ctx, "users", func(rows driver.Rows) error {
		var u User
		var role string
		if err := rows.Scan(&u.Region, &u.Name, &u.DisplayName, &role, &u.OPD, &u.PersonID, &u.passwordHash, &u.tokenHash,
			&u.epoch, &u.Disabled, &u.CreatedAt, &u.ChangedAt, &u.version); err != nil {
			return err
		}
		u.Role, u.HasToken = Role(role), u.tokenHash != ""
		u.CreatedAt, u.ChangedAt = u.CreatedAt.UTC(), u.ChangedAt.UTC()
		users = append(users, u)
		return nil
	})
	return users, err
}

// find gives the user of a name, or nil.
func (b *Book) find(ctx context.Context, name string) (*User, error) {
	users, err := b.Users(ctx)
	if err != nil {
		return nil, err
	}
	for i := range users {
		if users[i].Name == name {
			return &users[i], nil
		}
	}
	return nil, nil
}

// write stores a user as a new version.
func (b *Book) write(ctx context.Context, u *User, now time.Time) error {
	u.ChangedAt = now.UTC().Truncate(time.Millisecond)
	u.version = max(u.version+1, uint64(max(now.UnixMilli(), 0)))
	err := b.insert(ctx, "INSERT INTO users (region, name, display_name, role, opd, person_id, password_hash, token_hash, epoch, disabled, created_at, changed_at, version)",
		u.Region, u.Name, u.DisplayName, string(u.Role), u.OPD, u.PersonID, u.passwordHash, u.tokenHash, u.epoch, u.Disabled, u.CreatedAt, u.ChangedAt, u.version)
	if err != nil {
		return fmt.Errorf("account: store user %s: %w", u.Name, err)
	}
	return nil
}

func (b *Book) insert(ctx context.Context, statement string, values ...any) error {
	batch, err := b.conn.PrepareBatch(strictly(ctx), statement)
	if err != nil {
		return err
	}
	defer func() { _ = batch.Close() }()
	if err := batch.Append(values...); err != nil {
		return err
	}
	return batch.Send()
}
