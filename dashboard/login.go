package dashboard

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/warehouse/account"
)

const (
	loginPath  = "/masuk"
	logoutPath = "/keluar"
)

// loginView is what templates/login.html shows.
type loginView struct {
	// Visitor is who has logged in already; nil shows the form.
	Visitor *visitorView
	Error   string // one sentence; empty shows none
	Name    string
	Next    string
	Token   string
	// Nobody says that there is no user yet, so that a login cannot work.
	Nobody bool
}

// visitorView is who has logged in, at the head of every page; without a name
// it offers the login.
type visitorView struct {
	Name  string
	Role  string
	Token string // of the form that logs out
	Login string
}

// visitorView is nil where there is nothing to log in to.
func (s *Server) visitorView(c *fiber.Ctx) *visitorView {
	switch v := visitorOf(c.UserContext()); {
	case v.kind == member && !v.token:
		return &visitorView{Name: v.user.Label(), Role: wording.From(c.UserContext()).T(string(v.user.Role)), Token: s.formToken(c)}
	case v.kind == guest:
		return &visitorView{Login: loginURL(c)}
	}
	return nil
}

// showLogin is GET /masuk.
func (s *Server) showLogin(c *fiber.Ctx) error {
	return s.sendLogin(c, fiber.StatusOK, loginView{Next: localPath(c.Query("next"))})
}

// sendLogin renders the login page. Its frame shows nothing of the data.
func (s *Server) sendLogin(c *fiber.Ctx, status int, view loginView) error {
	lang := wording.From(c.UserContext())
	v := visitorOf(c.UserContext())
	view.Visitor = s.visitorView(c)
	if v.kind != member {
		view.Visitor, view.Token = nil, s.formToken(c)
	}
	view.Nobody = v.kind == owner || v.kind == anybody
	f := &frame{Title: lang.T("Masuk"), Lang: lang.Code(), Other: otherLanguage(c), Query: address{Lang: lang}.query(), Example: s.example, Version: s.version, Definitions: metrics.DefinitionsVersion, Body: view}
	body, err := s.render(c, "login", f)
	if err != nil {
		return fmt.Errorf("dashboard: %w", err)
	}
	// The token in the page is for this visit only.
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Status(status).Send(body)
}

// login is POST /masuk.
func (s *Server) login(c *fiber.Ctx) error {
	lang := wording.From(c.UserContext())
	fields, err := s.readForm(c)
	view := loginView{}
	if fields != nil {
		view.Name, view.Next = shortenTo(fields.Get("username"), 64), localPath(fields.Get("next"))
	}
	if known := (*failure)(nil); errors.As(err, &known) && known.Code == staleForm {
		view.Error = lang.T("Halaman ini sudah lama terbuka, atau peramban menolak cookie. Coba sekali lagi.")
		return s.sendLogin(c, fiber.StatusForbidden, view)
	}
	if err != nil {
		return err
	}
	if s.gate.Accounts == nil {
		return s.sendLogin(c, fiber.StatusForbidden, view)
	}
	name, address, now := account.CanonicalName(fields.Get("username")), s.sender(c), s.now()
	if len(name) > 64 {
		name = name[:64]
	}
	if wait := s.gate.limits.begin(name, address, now); wait > 0 {
		minutes := int((wait + time.Minute - 1) / time.Minute)
		s.log.Warn("dashboard: login refused, too many attempts", "id", requestID(c), "address", address, "wait", wait.Round(time.Second))
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(wait.Seconds())+1))
		view.Error = lang.T("Terlalu banyak percobaan. Coba lagi dalam {1} menit.", minutes)
		return s.sendLogin(c, fiber.StatusTooManyRequests, view)
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), reportTimeout)
	defer cancel()
	u, err := s.gate.Accounts.Authenticate(ctx, name, fields.Get("password"))
	if err != nil {
		return fmt.Errorf("dashboard: log in: %w", err)
	}
	if u == nil {
		// The name is not logged: passwords get typed into the wrong field.
		s.log.Warn("dashboard: login failed", "id", requestID(c), "address", address)
		view.Error = lang.T("Nama pengguna atau kata sandi tidak cocok.")
		return s.sendLogin(c, fiber.StatusForbidden, view)
	}
	s.gate.limits.succeeded(name, address)
	return s.enter(ctx, c, u, view.Next)
}

// enter opens a new session, never one that the browser brought along.
func (s *Server) enter(ctx context.Context, c *fiber.Ctx, u *account.User, to string) error {
	if old := s.cookie(c, sessionCookie); old != "" {
		if err := s.gate.Accounts.EndSession(ctx, old, s.now()); err != nil {
			return fmt.Errorf("dashboard: log in: %w", err)
		}
	}
	token, err := s.gate.Accounts.StartSession(ctx, u, s.now())
	if err != nil {
		return fmt.Errorf("dashboard: log in: %w", err)
	}
	s.setCookie(c, sessionCookie, token, account.SessionLife)
	s.setCookie(c, formCookie, "", -1)
	s.log.Info("dashboard: login", "id", requestID(c), "user", u.Name, "role", string(u.Role), "address", s.sender(c))
	if to == "" {
		to = keepLanguage(wording.From(c.UserContext()), "/")
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// logout is POST /keluar.
func (s *Server) logout(c *fiber.Ctx) error {
	v := visitorOf(c.UserContext())
	// A session that has ended has nothing left to protect.
	if _, err := s.readForm(c); err != nil && v.kind == member {
		return err
	}
	if token := s.cookie(c, sessionCookie); token != "" && s.gate.Accounts != nil {
		ctx, cancel := context.WithTimeout(c.UserContext(), partTimeout)
		defer cancel()
		if err := s.gate.Accounts.EndSession(ctx, token, s.now()); err != nil {
			return fmt.Errorf("dashboard: log out: %w", err)
		}
	}
	s.setCookie(c, sessionCookie, "", -1)
	if v.user != nil {
		s.log.Info("dashboard: logout", "id", requestID(c), "user", v.user.Name)
	}
	return c.Redirect(keepLanguage(wording.From(c.UserContext()), loginPath), fiber.StatusSeeOther)
}
