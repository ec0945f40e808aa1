package account_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gaung/warehouse"
	"gaung/warehouse/account"
	"gaung/warehouse/warehousetest"
)

const password = "kuda benar baterai staples"

var start = time.Date(2026, 11, 5, 1, 0, 0, 0, time.UTC)

func open(t *testing.T) (*account.Book, *warehouse.Warehouse) {
	t.Helper()
	w := warehousetest.New(t)
	return account.Open(w.Conn()), w
}

func add(t *testing.T, b *account.Book, u account.User) {
	t.Helper()
	if err := b.Add(t.Context(), u, password, start); err != nil {
		t.Fatal(err)
	}
}

func TestUsers(t *testing.T) {
	b, w := open(t)
	if users, err := b.Users(t.Context()); err != nil || len(users) != 0 {
		t.Fatalf("users of a new warehouse: %v, %v", users, err)
	}
	if err := w.Conn().Exec(t.Context(), "INSERT INTO opd (region, code, name, key_hash, version, content_hash) VALUES ('99.01', '1.03', 'Diskominfo', 1, 1, 1)"); err != nil {
		t.Fatal(err)
	}
	add(t, b, account.User{Name: " Sari ", DisplayName: "Sari Contoh", Role: account.Admin})
	add(t, b, account.User{Name: "budi", Role: account.Operator, Region: "99.01", OPD: "1.03", PersonID: "P-1"})
	users, err := b.Users(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []account.User{
		{Name: "budi", Role: account.Operator, Region: "99.01", OPD: "1.03", PersonID: "P-1", CreatedAt: start, ChangedAt: start},
		{Name: "sari", DisplayName: "Sari Contoh", Role: account.Admin, CreatedAt: start, ChangedAt: start},
	}
	if diff := cmp.Diff(want, users, cmpopts.IgnoreUnexported(account.User{})); diff != "" {
		t.Errorf("users (-want +got):\n%s", diff)
	}
	// Nothing stored may be good for a login.
	var stored string
	if err := w.Conn().QueryRow(t.Context(), "SELECT groupArray(password_hash)[1] FROM users").Scan(&stored); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(stored, password) || !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("stored password: %q", stored)
	}
}

func TestRefusals(t *testing.T) {
	b, _ := open(t)
	add(t, b, account.User{Name: "sari", Role: account.Admin})
	for name, c := range map[string]struct {
		user     account.User
		password string
		says     string
	}{
		"taken":             {account.User{Name: "SARI", Role: account.Admin}, password, "sudah ada"},
		"bad name":          {account.User{Name: "sari dewi", Role: account.Admin}, password, "nama pengguna"},
		"no name":           {account.User{Role: account.Admin}, password, "nama pengguna"},
		"unknown role":      {account.User{Name: "x1", Role: "bos"}, password, "bos"},
		"no OPD":            {account.User{Name: "x1", Role: account.Operator}, password, "--opd"},
		"unknown OPD":       {account.User{Name: "x1", Role: account.Operator, Region: "99.01", OPD: "9.99"}, password, "9.99"},
		"OPD of a leader":   {account.User{Name: "x1", Role: account.Leader, Region: "99.01", OPD: "1.03"}, password, "--opd"},
		"short":             {account.User{Name: "x1", Role: account.Leader}, "sebelas1234", "12"},
		"short in letters":  {account.User{Name: "x1", Role: account.Leader}, "ééééééééééé", "12"},
		"not UTF-8":         {account.User{Name: "x1", Role: account.Leader}, strings.Repeat("\xff", 20), "UTF-8"},
		"endless":           {account.User{Name: "x1", Role: account.Leader}, strings.Repeat("a", 2000), "1024"},
		"long display name": {account.User{Name: "x1", Role: account.Leader, DisplayName: strings.Repeat("a", 121)}, password, "120"},
	} {
		t.Run(name, func(t *testing.T) {
			err := b.Add(t.Context(), c.user, c.password, start)
			var words *account.Error
			if !errors.As(err, &words) || !strings.Contains(words.Words, c.says) || strings.Contains(words.Words, "\n") {
				t.Errorf("got %v, want one line that says %q", err, c.says)
			}
		})
	}
	if err := b.Add(t.Context(), account.User{Name: "pas", Role: account.Leader}, "dua belas 12", start); err != nil {
		t.Errorf("a password of twelve characters: %v", err)
	}
	if users, _ := b.Users(t.Context()); len(users) != 2 {
		t.Errorf("%d users, want 2", len(users))
	}
}

func TestAuthenticate(t *testing.T) {
	b, _ := open(t)
	add(t, b, account.User{Name: "sari", Role: account.Admin})
	check := func(name, typed string, want bool) {
		t.Helper()
		u, err := b.Authenticate(t.Context(), name, typed)
		if err != nil || (u != nil) != want {
			t.Errorf("Authenticate(%q, %q) = %v, %v; want a user: %v", name, typed, u, err, want)
		}
	}
	check("sari", password, true)
	check(" SARI", password, true)
	check("sari", password+" ", false)
	check("sari", "", false)
	check("siapa", password, false)
	check("siapa", "", false)
	check("sari", strings.Repeat("a", 5000), false)

	if err := b.SetPassword(t.Context(), "sari", "cafe\u0301 enam huruf", start.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	check("sari", password, false)
	check("sari", "caf\u00e9 enam huruf", true) // composed otherwise, the same keys

	if err := b.SetDisabled(t.Context(), "sari", true, start.Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	check("sari", "caf\u00e9 enam huruf", false)
	if err := b.SetDisabled(t.Context(), "sari", false, start.Add(3*time.Minute)); err != nil {
		t.Fatal(err)
	}
	check("sari", "caf\u00e9 enam huruf", true)

	var words *account.Error
	if err := b.SetPassword(t.Context(), "siapa", password, start); !errors.As(err, &words) {
		t.Errorf("new password of nobody: %v", err)
	}
}

// Versions grow although the clock stands still or goes back.
func TestNewestVersionCounts(t *testing.T) {
	b, _ := open(t)
	add(t, b, account.User{Name: "sari", Role: account.Admin})
	for i, at := range []time.Time{start, start, start.Add(-time.Hour)} {
		disabled := i%2 == 0
		if err := b.SetDisabled(t.Context(), "sari", disabled, at); err != nil {
			t.Fatal(err)
		}
		u, err := b.Find(t.Context(), "sari")
		if err != nil || u.Disabled != disabled {
			t.Errorf("change %d: %+v, %v", i, u, err)
		}
	}
}

func TestSessions(t *testing.T) {
	b, w := open(t)
	names := 0
	for title, c := range map[string]struct {
		between func(t *testing.T, b *account.Book, name, token string)
		after   time.Duration
		stands  bool
	}{
		"at once":           {nil, 0, true},
		"before idle":       {nil, account.SessionIdle - time.Second, true},
		"idle":              {nil, account.SessionIdle, false},
		"clock turned back": {nil, -time.Hour, false},
		"logout": {func(t *testing.T, b *account.Book, _, token string) {
			must(t, b.EndSession(t.Context(), token, start))
		}, 0, false},
		"logout twice": {func(t *testing.T, b *account.Book, _, token string) {
			must(t, b.EndSession(t.Context(), token, start))
			must(t, b.EndSession(t.Context(), token, start))
		}, 0, false},
		"disabled": {func(t *testing.T, b *account.Book, name, _ string) {
			must(t, b.SetDisabled(t.Context(), name, true, start))
		}, 0, false},
		"disabled and enabled": {func(t *testing.T, b *account.Book, name, _ string) {
			must(t, b.SetDisabled(t.Context(), name, true, start))
			must(t, b.SetDisabled(t.Context(), name, false, start))
		}, 0, false},
		"new password": {func(t *testing.T, b *account.Book, name, _ string) {
			must(t, b.SetPassword(t.Context(), name, "kata sandi yang lain", start))
		}, 0, false},
		"new token": {func(t *testing.T, b *account.Book, name, _ string) {
			_, err := b.NewToken(t.Context(), name, start)
			must(t, err)
		}, 0, true},
		"another's logout": {func(t *testing.T, b *account.Book, _, _ string) {
			must(t, b.EndSession(t.Context(), "bukan token", start))
		}, 0, true},
	} {
		t.Run(title, func(t *testing.T) {
			names++
			name := "sari" + strconv.Itoa(names)
			add(t, b, account.User{Name: name, Role: account.Admin})
			u, err := b.Find(t.Context(), name)
			must(t, err)
			token, err := b.StartSession(t.Context(), u, start)
			must(t, err)
			if c.between != nil {
				c.between(t, b, name, token)
			}
			// A new book is what a restart has.
			got, err := account.Open(w.Conn()).BySession(t.Context(), token, start.Add(c.after))
			if err != nil || (got != nil) != c.stands {
				t.Errorf("session: %v, %v; want it to stand: %v", got, err, c.stands)
			}
			var kept string
			must(t, w.Conn().QueryRow(t.Context(), "SELECT any(token_hash) FROM sessions WHERE name = {name:String}", clickhouse.Named("name", name)).Scan(&kept))
			if kept == token || kept == "" {
				t.Errorf("the warehouse keeps %q of the token", kept)
			}
		})
	}
}

// Use keeps a session alive, but not past its life.
func TestSessionInUse(t *testing.T) {
	b, _ := open(t)
	add(t, b, account.User{Name: "sari", Role: account.Admin})
	u, err := b.Find(t.Context(), "sari")
	must(t, err)
	token, err := b.StartSession(t.Context(), u, start)
	must(t, err)
	for at := time.Duration(0); at < account.SessionLife+time.Hour; at += time.Hour {
		got, err := b.BySession(t.Context(), token, start.Add(at))
		if want := at < account.SessionLife; err != nil || (got != nil) != want {
			t.Errorf("after %v: %v, %v; want it to stand: %v", at, got, err, want)
		}
	}
}

func TestTokens(t *testing.T) {
	b, _ := open(t)
	add(t, b, account.User{Name: "sari", Role: account.Admin})
	add(t, b, account.User{Name: "budi", Role: account.Leader})
	first, err := b.NewToken(t.Context(), "sari", start)
	must(t, err)
	second, err := b.NewToken(t.Context(), "sari", start)
	must(t, err)
	check := func(token, want string) {
		t.Helper()
		u, err := b.ByToken(t.Context(), token)
		if err != nil || (u == nil) != (want == "") || u != nil && u.Name != want {
			t.Errorf("ByToken: %v, %v; want %q", u, err, want)
		}
	}
	check(first, "")
	check(second, "sari")
	check("", "")
	must(t, b.SetDisabled(t.Context(), "sari", true, start))
	check(second, "")
	must(t, b.SetDisabled(t.Context(), "sari", false, start))
	check(second, "sari")
	must(t, b.RevokeToken(t.Context(), "sari", start))
	check(second, "")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
