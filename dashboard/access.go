package dashboard

import (
	"context"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/warehouse/account"
)

// permission is something that not everybody may do.
type permission int

// The permissions.
const (
	seePages      permission = iota // the pages with the figures of OPD
	seeRows                         // the rows behind the figures, of every OPD
	seePersons                      // the figures of every person, on pages
	exportPersons                   // the figures of every person, in the API and in files
	closeMonths                     // tutup buku
)

// visitor is who sent a request.
type visitor struct {
	kind visitorKind
	// user is who logged in, or whose token came along; nil for everyone else.
	user *account.User
	// token tells that an API token came along, and no browser is at work.
	token bool
}

// visitorKind is how a visitor came in. The zero value is a stranger, who may
// do nothing.
type visitorKind int

const (
	// stranger comes over the network without a login.
	stranger visitorKind = iota
	// kioskScreen is the wall display, which brings the kiosk's token.
	kioskScreen
	// guest sits at this machine without a login, where there are users.
	guest
	// owner sits at this machine, and there is no user yet: whoever can run the
	// program here could make one.
	owner
	// member has logged in.
	member
	// anybody comes to the example, where all people are invented.
	anybody
)

// may reports whether the visitor has the permission.
func (v visitor) may(p permission) bool {
	switch v.kind {
	case anybody:
		return true
	case owner:
		// Persons are shown only once there is somebody to show them to.
		return p != seePersons
	case guest:
		return p == seePages
	case member:
		switch v.user.Role {
		case account.Admin:
			return true
		case account.Leader:
			return p != closeMonths
		case account.Operator:
			return p == seePages
		}
	}
	return false
}

// mayPerson reports whether the visitor may see the figures of one person.
func (v visitor) mayPerson(personID string) bool {
	return v.may(seePersons) || v.kind == member && v.user.PersonID != "" && v.user.PersonID == personID
}

// mayOPD reports whether the visitor may see the rows of one OPD, such as its
// cases.
func (v visitor) mayOPD(region, opd string) bool {
	return v.may(seeRows) || v.kind == member && v.user.OPD != "" && v.user.OPD == opd && v.user.Region == region
}

// by names the visitor where something is written down, such as who closed a
// month; empty when nobody logged in.
func (v visitor) by() string {
	if v.user == nil {
		return ""
	}
	return v.user.Label()
}

// visitorKey is where a context carries the visitor.
type visitorKey struct{}

// visitorOf is who asks. A context that never passed the gate is a stranger's.
func visitorOf(ctx context.Context) visitor {
	v, _ := ctx.Value(visitorKey{}).(visitor)
	return v
}

// withVisitor makes a context carry the visitor.
func withVisitor(ctx context.Context, v visitor) context.Context {
	return context.WithValue(ctx, visitorKey{}, v)
}

// may reports whether the sender of the request has the permission.
func (s *Server) may(c *fiber.Ctx, p permission) bool { return visitorOf(c.UserContext()).may(p) }

// require is the refusal of a visitor without the permission, nil for one who
// has it. A view returns it as its error.
func require(ctx context.Context, p permission) error {
	if v := visitorOf(ctx); !v.may(p) {
		return refused(v)
	}
	return nil
}

// refused words what a visitor may not see; the page offers the login where
// that would help.
func refused(v visitor) *failure {
	f := &failure{Status: fiber.StatusForbidden, Code: "forbidden"}
	switch v.kind {
	case member:
		f.Title = "Bukan untuk peran Anda"
		f.Words = "Anda masuk sebagai {1} ({2}). Mintalah admin Gaung bila Anda memerlukannya."
		f.Args = []any{v.user.Label(), v.user.Role}
	case owner:
		f.Title = "Masuk untuk melihat halaman ini"
		f.Words = "Angka perorangan hanya ditampilkan kepada yang masuk, dan belum ada pengguna. Buat dulu di komputer ini: gaung user add NAMA --role admin"
	default:
		f.Title, f.Login = "Masuk untuk melihat halaman ini", true
		f.Words = "Halaman ini hanya untuk pengguna yang berhak."
	}
	return f
}

// loginURL leads to the login and back to the page that was asked for.
func loginURL(c *fiber.Ctx) string {
	lang := wording.From(c.UserContext())
	if c.Method() != fiber.MethodGet {
		return keepLanguage(lang, loginPath)
	}
	back := localPath(c.OriginalURL())
	if back == "" || back == "/" {
		return keepLanguage(lang, loginPath)
	}
	return keepLanguage(lang, loginPath+"?"+url.Values{"next": {back}}.Encode())
}

// peopleNote says in the report document why people is short.
const peopleNote = "angka perorangan hanya untuk yang berhak; sertakan token: Authorization: Bearer"

// shownReport is the report document with the note.
type shownReport struct {
	*metrics.Report
	// PeopleNote is there when people were left out for want of permission.
	PeopleNote string `json:"people_note,omitempty"`
}

// forVisitor leaves out the people whom the visitor may not see; the report
// itself stays as it is.
func forVisitor(v visitor, r *metrics.Report) shownReport {
	if v.may(exportPersons) {
		return shownReport{Report: r}
	}
	shown := *r
	shown.People = []metrics.PersonWorks{}
	for _, p := range r.People {
		if v.mayPerson(p.PersonID) {
			shown.People = append(shown.People, p)
		}
	}
	return shownReport{Report: &shown, PeopleNote: peopleNote}
}
