package dashboard

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

const (
	// formField is the hidden field with the token of [Server.formToken].
	formField = "form_token"
	// formLimit is the largest form, in bytes.
	formLimit = 8 << 10
	// formSalt is the length of the random part of a form token, in bytes.
	formSalt = 16
)

// The cookies. Over TLS their names begin with __Host-, so that no other host
// of the domain can set them (RFC 6265bis, section 4.1.3.2).
const (
	sessionCookie = "gaung_session"
	formCookie    = "gaung_form"
	kioskCookie   = "gaung_kiosk"
	// kioskLife is how long the wall display stays admitted without the token.
	kioskLife = 400 * 24 * time.Hour
	// kioskField is the part of the kiosk's address that holds the token.
	kioskField = "token"
)

func (s *Server) cookieName(c *fiber.Ctx, name string) string {
	if s.isSecure(c) {
		return "__Host-" + name
	}
	return name
}

// cookie reads one of ours.
func (s *Server) cookie(c *fiber.Ctx, name string) string { return c.Cookies(s.cookieName(c, name)) }

// setCookie sets one of ours, which no script can read; a life of 0 lasts until
// the browser closes, a negative one removes it.
func (s *Server) setCookie(c *fiber.Ctx, name, value string, life time.Duration) {
	cookie := &fiber.Cookie{
		Name: s.cookieName(c, name), Value: value, Path: "/",
		HTTPOnly: true, Secure: s.isSecure(c), SameSite: fiber.CookieSameSiteLaxMode,
		SessionOnly: life == 0, MaxAge: int(life.Seconds()),
	}
	if life < 0 {
		cookie.MaxAge, cookie.Expires = -1, time.Unix(1, 0)
	}
	c.Cookie(cookie)
}

// formToken is what a form of the page has to bring back in formField; see
// [Server.readForm]. It differs every time, so that it cannot be guessed from
// the size of compressed pages.
func (s *Server) formToken(c *fiber.Ctx) string {
	secret := s.formSecret(c)
	if secret == "" {
		var b [32]byte
		// Read never fails (crypto/rand, Go 1.24).
		_, _ = rand.Read(b[:])
		secret = base64.RawURLEncoding.EncodeToString(b[:])
		s.setCookie(c, formCookie, secret, 0)
	}
	salt := make([]byte, formSalt)
	_, _ = rand.Read(salt)
	return base64.RawURLEncoding.EncodeToString(sign(secret, salt))
}

// formSecret is what the browser's form tokens are made from: its session, or
// without one a cookie of their own. A token thus ends with the session and
// outlives a restart.
func (s *Server) formSecret(c *fiber.Ctx) string {
	if visitorOf(c.UserContext()).kind == member {
		return s.cookie(c, sessionCookie)
	}
	return s.cookie(c, formCookie)
}

func sign(secret string, salt []byte) []byte {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("gaung form"))
	mac.Write(salt)
	return mac.Sum(salt)
}

// readForm reads the fields of a form that one of our own pages sent. A form
// from elsewhere is a *failure: another origin, or without the token of
// [Server.formToken]. A program with an API token needs neither.
func (s *Server) readForm(c *fiber.Ctx) (url.Values, error) {
	body := &requestBody{from: c.Context().RequestBodyStream()}
	defer drain(c, body)
	text, err := io.ReadAll(io.LimitReader(body, formLimit+1))
	if err != nil || len(text) > formLimit {
		return nil, badValue("Formulir terlalu besar atau terputus; muat ulang halaman dan coba lagi.", err)
	}
	if kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";"); !strings.EqualFold(strings.TrimSpace(kind), fiber.MIMEApplicationForm) {
		return nil, badValue("Formulir ini bukan dari halaman dasbor.", nil)
	}
	fields, err := url.ParseQuery(string(text))
	if err != nil {
		return nil, badValue("Formulir tidak dapat dibaca; muat ulang halaman dan coba lagi.", err)
	}
	if visitorOf(c.UserContext()).token {
		return fields, nil
	}
	if !sameOrigin(c) {
		return nil, &failure{
			Status: fiber.StatusForbidden, Code: "foreign_form", Title: "Formulir ditolak",
			Words: "Formulir ini datang dari alamat lain. Buka halamannya dari dasbor dan coba lagi.",
		}
	}
	raw, err := base64.RawURLEncoding.DecodeString(fields.Get(formField))
	secret := s.formSecret(c)
	if err != nil || secret == "" || len(raw) < formSalt || !hmac.Equal(raw, sign(secret, raw[:formSalt:formSalt])) {
		return fields, &failure{
			Status: fiber.StatusForbidden, Code: staleForm, Title: "Formulir sudah lama",
			Words: "Muat ulang halaman, lalu kirim lagi. Bila tetap begini, izinkan cookie untuk alamat ini.", Err: err,
		}
	}
	return fields, nil
}

// staleForm is the code of a form without a good token.
const staleForm = "stale_form"

// sameOrigin reports whether the browser says that a page of ours sent the
// request. Browsers that say nothing are left to the token.
func sameOrigin(c *fiber.Ctx) bool {
	switch c.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none": // none: the person, by reloading
	default:
		return false
	}
	origin := c.Get(fiber.HeaderOrigin)
	if origin == "" {
		return true
	}
	from, err := url.Parse(origin)
	// Behind a proxy the scheme is not ours to know; the host is.
	return err == nil && from.Host != "" && strings.EqualFold(from.Host, string(c.Request().Header.Host()))
}

// localPath is an address below our own root, or "" for anything else: where a
// login may lead back to.
func localPath(address string) string {
	u := localURL(address)
	if u == nil {
		return ""
	}
	for _, own := range []string{loginPath, logoutPath} {
		if strings.EqualFold(strings.TrimSuffix(u.Path, "/"), own) {
			return ""
		}
	}
	return u.String()
}

// localURL is an address below our own root without its fragment, nil for
// anything else.
func localURL(address string) *url.URL {
	if len(address) == 0 || len(address) > 2000 || address[0] != '/' || strings.HasPrefix(address, "//") {
		return nil
	}
	for _, r := range address {
		// Browsers read a backslash as a slash, and skip control characters.
		if r == '\\' || r < ' ' || r == 0x7f {
			return nil
		}
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(u.Path, "\\") {
		return nil
	}
	u.Fragment, u.RawFragment = "", ""
	return u
}
