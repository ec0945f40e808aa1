package main

import (
	"context"
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"gaung/metrics"
	"gaung/warehouse"
	"gaung/warehouse/account"
)

type userCommand struct {
	Add     userAdd     `cmd:"" help:"Tambah pengguna; kata sandinya ditanyakan, atau dibaca dari stdin."`
	List    userList    `cmd:"" help:"Daftar pengguna."`
	Passwd  userPasswd  `cmd:"" help:"Ganti kata sandi; semua sesi pengguna itu berakhir."`
	Disable userDisable `cmd:"" help:"Nonaktifkan pengguna; sesi dan tokennya berhenti berlaku."`
	Enable  userEnable  `cmd:"" help:"Aktifkan lagi pengguna."`
	Token   userToken   `cmd:"" help:"Buat token API, atau cabut dengan --revoke."`
}

type userAdd struct {
	User    string `arg:"" name:"nama" help:"Nama pengguna: huruf kecil, angka, titik, garis bawah, tanda hubung."`
	Role    string `required:"" enum:"admin,pimpinan,operator" help:"admin, pimpinan, atau operator." placeholder:"PERAN"`
	OPD     string `name:"opd" help:"Kode OPD seorang operator." placeholder:"KODE"`
	Display string `name:"name" help:"Nama lengkap yang ditampilkan." placeholder:"NAMA LENGKAP"`
	Person  string `help:"person_id pengguna itu sendiri, supaya ia melihat angkanya." placeholder:"PERSON_ID"`
}

// Run adds a user.
func (c *userAdd) Run(ctx context.Context, p *program, _ *int) error {
	return p.withAccounts(ctx, func(w *warehouse.Warehouse, accounts *account.Book) error {
		u := account.User{
			Name: account.CanonicalName(c.User), DisplayName: c.Display, Role: account.Role(c.Role), OPD: c.OPD, PersonID: c.Person,
		}
		if u.Role == account.Operator && u.OPD != "" {
			config, err := p.loadConfig()
			if err != nil {
				return err
			}
			found, err := p.findRegion(ctx, config, metrics.New(w.Conn()))
			if err != nil {
				return err
			}
			u.Region = found.Code
		}
		if err := accounts.CheckNew(ctx, u); err != nil {
			return err
		}
		password, err := p.newPassword(ctx)
		if err != nil {
			return err
		}
		if err := accounts.Add(ctx, u, password, p.now()); err != nil {
			return err
		}
		return p.saidOfUser(u.Name, fmt.Sprintf("pengguna %s (%s) ditambahkan", u.Name, u.Role))
	})
}

type userList struct{}

// listedUser is a user in the machine's list. It holds no secret.
type listedUser struct {
	Name        string    `json:"name"`
	DisplayName string    `json:"display_name"`
	Role        string    `json:"role"`
	Region      string    `json:"region"`
	OPD         string    `json:"opd"`
	PersonID    string    `json:"person_id"`
	Disabled    bool      `json:"disabled"`
	HasToken    bool      `json:"has_token"`
	CreatedAt   time.Time `json:"created_at"`
	ChangedAt   time.Time `json:"changed_at"`
}

// Run lists the users.
func (c *userList) Run(ctx context.Context, p *program, _ *int) error {
	return p.withAccounts(ctx, func(_ *warehouse.Warehouse, accounts *account.Book) error {
		users, err := accounts.Users(ctx)
		if err != nil {
			return err
		}
		if p.JSON {
			list := make([]listedUser, 0, len(users))
			for _, u := range users {
				list = append(list, listedUser{u.Name, u.DisplayName, string(u.Role), u.Region, u.OPD, u.PersonID, u.Disabled, u.HasToken, u.CreatedAt, u.ChangedAt})
			}
			return json.NewEncoder(p.stdout).Encode(list)
		}
		if len(users) == 0 {
			_, err := fmt.Fprintln(p.stdout, "belum ada pengguna; tambahkan dengan gaung user add NAMA --role admin")
			return err
		}
		out := tabwriter.NewWriter(p.stdout, 0, 4, 2, ' ', 0)
		fmt.Fprintln(out, "PENGGUNA\tNAMA\tPERAN\tOPD\tKEADAAN\tTOKEN\tDIBUAT (UTC)")
		for _, u := range users {
			state, token, opd := "aktif", "-", "-"
			if u.Disabled {
				state = "nonaktif"
			}
			if u.HasToken {
				token = "ada"
			}
			if u.OPD != "" {
				opd = u.Region + " " + u.OPD
			}
			fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", u.Name, u.Label(), u.Role, opd, state, token, u.CreatedAt.Format("2006-01-02 15:04"))
		}
		return out.Flush()
	})
}

type userPasswd struct {
	User string `arg:"" name:"nama" help:"Nama pengguna."`
}

// Run gives a user a new password.
func (c *userPasswd) Run(ctx context.Context, p *program, _ *int) error {
	return p.withAccounts(ctx, func(_ *warehouse.Warehouse, accounts *account.Book) error {
		u, err := accounts.Find(ctx, c.User)
		if err != nil {
			return err
		}
		password, err := p.newPassword(ctx)
		if err != nil {
			return err
		}
		if err := accounts.SetPassword(ctx, u.Name, password, p.now()); err != nil {
			return err
		}
		return p.saidOfUser(u.Name, fmt.Sprintf("kata sandi %s diganti; sesinya yang lama berakhir", u.Name))
	})
}

type userDisable struct {
	User string `arg:"" name:"nama" help:"Nama pengguna."`
}

// Run disables a user.
func (c *userDisable) Run(ctx context.Context, p *program, _ *int) error {
	return p.setDisabled(ctx, c.User, true, "pengguna %s dinonaktifkan; sesi dan tokennya tidak berlaku lagi")
}

type userEnable struct {
	User string `arg:"" name:"nama" help:"Nama pengguna."`
}

// Run enables a user.
func (c *userEnable) Run(ctx context.Context, p *program, _ *int) error {
	return p.setDisabled(ctx, c.User, false, "pengguna %s aktif lagi")
}

func (p *program) setDisabled(ctx context.Context, name string, disabled bool, said string) error {
	name = account.CanonicalName(name)
	return p.withAccounts(ctx, func(_ *warehouse.Warehouse, accounts *account.Book) error {
		if err := accounts.SetDisabled(ctx, name, disabled, p.now()); err != nil {
			return err
		}
		return p.saidOfUser(name, fmt.Sprintf(said, name))
	})
}

type userToken struct {
	User   string `arg:"" name:"nama" help:"Nama pengguna."`
	Revoke bool   `help:"Cabut tokennya."`
}

// Run makes or revokes an API token. The token is the only thing on stdout, so
// that it can go straight to where it is kept.
func (c *userToken) Run(ctx context.Context, p *program, _ *int) error {
	name := account.CanonicalName(c.User)
	return p.withAccounts(ctx, func(_ *warehouse.Warehouse, accounts *account.Book) error {
		if c.Revoke {
			if err := accounts.RevokeToken(ctx, name, p.now()); err != nil {
				return err
			}
			return p.saidOfUser(name, fmt.Sprintf("token %s dicabut", name))
		}
		token, err := accounts.NewToken(ctx, name, p.now())
		if err != nil {
			return err
		}
		if p.JSON {
			return json.NewEncoder(p.stdout).Encode(map[string]string{"user": name, "token": token})
		}
		fmt.Fprintf(p.stderr, "Token %s; simpan sekarang, tidak dapat ditampilkan lagi. Token lama tidak berlaku.\n", name)
		_, err = fmt.Fprintln(p.stdout, token)
		return err
	})
}

// saidOfUser tells what was done.
func (p *program) saidOfUser(name, words string) error {
	if p.JSON {
		return json.NewEncoder(p.stdout).Encode(map[string]any{"user": name, "done": true})
	}
	_, err := fmt.Fprintln(p.stdout, words)
	return err
}

// withAccounts opens the warehouse for work on its users.
func (p *program) withAccounts(ctx context.Context, do func(*warehouse.Warehouse, *account.Book) error) error {
	w, err := p.openWarehouse(ctx)
	if err != nil {
		return err
	}
	defer w.Close()
	return do(w, account.Open(w.Conn()))
}
