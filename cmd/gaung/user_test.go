package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// password runs a verb with a line on stdin.
func (o *office) password(line string, args ...string) outcome {
	o.t.Helper()
	return o.gaungWith(o.t.Context(), strings.NewReader(line), args...)
}

// TestUsers goes through the life of a user on the command line.
func TestUsers(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile))
	if out := o.must(exitDone, "user", "list"); !strings.Contains(out.stdout, "belum ada pengguna") {
		t.Errorf("an empty list: %q", out.stdout)
	}
	const secret = "kuda benar baterai staples"
	code := o.opdCode()
	for _, c := range []struct {
		name string
		line string
		args []string
		code int
		says string
	}{
		{"admin", secret + "\n", []string{"sari", "--role", "admin", "--name", "Sari Contoh"}, exitDone, "sari (admin)"},
		{"Windows line", secret + "\r\n", []string{"Agus", "--role", "pimpinan"}, exitDone, "agus (pimpinan)"},
		{"operator", secret, []string{"budi", "--role", "operator", "--opd", code, "--person", "P-1"}, exitDone, "budi (operator)"},
		{"taken", secret, []string{"sari", "--role", "admin"}, exitUsage, "sudah ada"},
		{"short", "sebelas1234\n", []string{"baru", "--role", "admin"}, exitUsage, "12"},
		{"nothing on stdin", "", []string{"baru", "--role", "admin"}, exitUsage, "stdin"},
		{"no role", secret, []string{"baru"}, exitUsage, "--role"},
		{"unknown role", secret, []string{"baru", "--role", "bos"}, exitUsage, "bos"},
		{"operator of nothing", secret, []string{"baru", "--role", "operator"}, exitUsage, "--opd"},
		{"operator of an unknown OPD", secret, []string{"baru", "--role", "operator", "--opd", "9.99"}, exitUsage, "9.99"},
		{"leader of an OPD", secret, []string{"baru", "--role", "pimpinan", "--opd", code}, exitUsage, "--opd"},
		{"bad name", secret, []string{"ba ru", "--role", "admin"}, exitUsage, "nama pengguna"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := o.password(c.line, append([]string{"user", "add"}, c.args...)...)
			said := out.stdout
			if c.code != exitDone {
				said = out.stderr
			}
			if out.code != c.code || !strings.Contains(said, c.says) || strings.Count(strings.TrimSpace(said), "\n") != 0 {
				t.Errorf("exit code %d, want %d; %q does not say %q in one line", out.code, c.code, said, c.says)
			}
			if strings.Contains(out.stdout+out.stderr, secret) {
				t.Error("the password was printed")
			}
		})
	}
	var list []map[string]any
	out := o.must(exitDone, "user", "list", "--json")
	if err := json.Unmarshal([]byte(out.stdout), &list); err != nil || len(list) != 3 {
		t.Fatalf("%v in %s", err, out.stdout)
	}
	if budi := list[1]; budi["name"] != "budi" || budi["opd"] != code || budi["region"] == "" || budi["person_id"] != "P-1" || budi["disabled"] != false {
		t.Errorf("budi: %v", budi)
	}
	if strings.Contains(out.stdout, "argon2") || strings.Contains(out.stdout, "hash") {
		t.Errorf("the list holds a secret: %s", out.stdout)
	}
	token := o.must(exitDone, "user", "token", "sari")
	if !strings.HasPrefix(token.stdout, "gaung_") || strings.Count(token.stdout, "\n") != 1 {
		t.Errorf("the token: %q", token.stdout)
	}
	o.must(exitDone, "user", "token", "sari", "--revoke")
	o.must(exitDone, "user", "disable", "sari")
	if out := o.must(exitDone, "user", "list"); !strings.Contains(out.stdout, "nonaktif") {
		t.Errorf("the list does not show who is disabled:\n%s", out.stdout)
	}
	o.must(exitDone, "user", "enable", "SARI")
	if out := o.password(secret+" dua", "user", "passwd", "sari"); out.code != exitDone {
		t.Errorf("passwd: %d %s", out.code, out.stderr)
	}
	for _, verb := range []string{"disable", "enable", "token", "passwd"} {
		if out := o.password(secret, "user", verb, "siapa"); out.code != exitUsage || !strings.Contains(out.stderr, "siapa tidak ada") {
			t.Errorf("user %s of nobody: %d %s", verb, out.code, out.stderr)
		}
	}
}

// opdCode is the code of an OPD that was imported.
func (o *office) opdCode() string {
	o.t.Helper()
	report := document(o.t, o.must(exitDone, "report", "--month", "2026-01").stdout)
	return at(o.t, report, "publication", "opd", 0, "opd").(string)
}

// TestServeForOthers: without an admin who can log in, no other computer is
// answered.
func TestServeForOthers(t *testing.T) {
	o := newOffice(t)
	const secret = "kuda benar baterai staples"
	for _, args := range [][]string{{"--listen", "0.0.0.0:0"}, {"--host", "gaung.contohkab.go.id"}} {
		out := o.must(exitUsage, append([]string{"serve"}, args...)...)
		if !strings.Contains(out.stderr, "gaung user add NAMA --role admin") || strings.Count(strings.TrimSpace(out.stderr), "\n") != 0 {
			t.Errorf("%v: %q does not name the way out in one line", args, out.stderr)
		}
	}
	if out := o.password(secret, "user", "add", "sari", "--role", "admin"); out.code != exitDone {
		t.Fatal(out.stderr)
	}
	o.must(exitDone, "user", "disable", "sari")
	o.must(exitUsage, "serve", "--listen", "0.0.0.0:0")
	for name, args := range map[string][]string{
		"proxy": {"--trusted-proxy", "bukan-alamat"}, "token": {"--kiosk-token", "pendek"}, "host": {"--host", "https://x.example"},
	} {
		if out := o.gaung(append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...); out.code != exitUsage || strings.Count(strings.TrimSpace(out.stderr), "\n") != 0 {
			t.Errorf("%s: %d %s", name, out.code, out.stderr)
		}
	}
}
