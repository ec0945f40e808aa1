// Package account keeps who may log in: users with their roles, their
// passwords and API tokens as hashes, and their sessions.
//
// Sessions are rows in the warehouse and not signed cookies: a logout, a new
// password or a disabled user then ends them at once, they outlive a restart,
// and there is no signing key with which a copy of the warehouse could be made
// into a login.
package account

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Role says what a user may do; the dashboard decides what that means.
type Role string

// The roles.
const (
	Leader   Role = "pimpinan" // reads everything, persons included
	Admin    Role = "admin"    // everything, closing months included
	Operator Role = "operator" // the rows of one OPD, and the own figures
)

// User is one who may log in.
type User struct {
	Name        string // lower case, unique
	DisplayName string
	Role        Role
	// Region and OPD (codes) are those of an operator; empty for others.
	Region, OPD string
	// PersonID is the person of the register whose figures are the user's own;
	// empty when the user is none of them.
	PersonID string
	Disabled bool
	// HasToken tells whether there is an API token.
	HasToken  bool
	CreatedAt time.Time // UTC
	ChangedAt time.Time // UTC

	passwordHash string
	tokenHash    string
	epoch        uint64
	version      uint64
}

// Label is the name to show: the display name, else the user name.
func (u *User) Label() string {
	if u.DisplayName != "" {
		return u.DisplayName
	}
	return u.Name
}

// Error is a mistake of the person at work, in one Indonesian line.
type Error struct{ Words string }

// Error is the words for the person at the edge.
func (e *Error) Error() string { return e.Words }

func errorf(format string, args ...any) error { return &Error{Words: fmt.Sprintf(format, args...)} }

// userName is what a name may look like: what survives a URL, a log line and
// being read out.
var userName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,63}$`)

// CanonicalName is a user name in the one spelling that is stored.
func CanonicalName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// check refuses a user that cannot be.
func (u *User) check() error {
	if !userName.MatchString(u.Name) {
		return errorf("nama pengguna %q tidak dapat dipakai; pakai 2–64 huruf kecil, angka, titik, garis bawah atau tanda hubung", u.Name)
	}
	if n := len([]rune(u.DisplayName)); n > 120 {
		return errorf("nama lengkap terlalu panjang (%d huruf); paling banyak 120", n)
	}
	switch u.Role {
	case Leader, Admin:
		if u.OPD != "" {
			return errorf("--opd hanya untuk peran operator; peran %s melihat semua OPD", u.Role)
		}
	case Operator:
		if u.OPD == "" || u.Region == "" {
			return errorf("operator memerlukan --opd KODE: OPD yang barisnya boleh dilihat")
		}
	default:
		return errorf("peran %q tidak ada; pilih admin, pimpinan atau operator", u.Role)
	}
	return nil
}
