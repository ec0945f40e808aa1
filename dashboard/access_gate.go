package dashboard

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"gaung/warehouse/account"
)

// Accounts are who may log in. [account.Book] is the implementation; every
// method must be safe for concurrent use.
type Accounts interface {
	Users(ctx context.Context) ([]account.User, error)
	// Authenticate gives nil where name and password do not belong together.
	Authenticate(ctx context.Context, name, password string) (*account.User, error)
	StartSession(ctx context.Context, u *account.User, now time.Time) (token string, err error)
	BySession(ctx context.Context, token string, now time.Time) (*account.User, error)
	EndSession(ctx context.Context, token string, now time.Time) error
	ByToken(ctx context.Context, token string) (*account.User, error)
}

var _ Accounts = (*account.Book)(nil)

// Gate says who may see what.
type Gate struct {
	// Accounts are who may log in; nil means that there is nobody yet.
	Accounts Accounts
	// Open lets everybody do everything: for the example, where all people are
	// invented.
	Open bool
	// Network says that other computers reach the dashboard, so that every page
	// needs a login; see [CheckListen].
	Network bool
	// Hosts are the names under which other computers reach it.
	Hosts []string
	// Proxies may say for whom they ask and whether that was over TLS
	// (X-Forwarded-For, X-Forwarded-Proto), beside those on this machine.
	Proxies []netip.Prefix
	// KioskToken opens the wall display without a login; empty opens it to
	// nobody.
	KioskToken string
}

// gatekeeper is the gate at work.
type gatekeeper struct {
	Gate
	limits *attempts

	mu sync.Mutex
	// populated is set once there is a user; users are never deleted.
	populated bool
	asked     time.Time
}

// populationAge is how long "there is no user" is believed.
const populationAge = time.Second

// hasUsers reports whether there is any user, disabled or not.
func (g *gatekeeper) hasUsers(ctx context.Context, now time.Time) (bool, error) {
	if g.Accounts == nil {
		return false, nil
	}
	g.mu.Lock()
	known := g.populated || !g.asked.IsZero() && now.Sub(g.asked).Abs() < populationAge
	populated := g.populated
	g.mu.Unlock()
	if known {
		return populated, nil
	}
	users, err := g.Accounts.Users(ctx)
	if err != nil {
		return false, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.populated, g.asked = g.populated || len(users) > 0, now
	return g.populated, nil
}

// admit finds out who sends a request and lets in whom its address is for.
func (s *Server) admit(c *fiber.Ctx) error {
	who := accessTo(c.Method(), c.Path())
	if who == everyone || who == pushers {
		return c.Next()
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), partTimeout)
	v, err := s.whoIs(ctx, c)
	cancel()
	if err != nil {
		return err
	}
	c.SetUserContext(withVisitor(c.UserContext(), v))
	if who.admits(v) {
		return c.Next()
	}
	if v.kind != stranger && v.kind != kioskScreen {
		return refused(v)
	}
	if c.Method() == fiber.MethodGet && strings.Contains(c.Get(fiber.HeaderAccept), fiber.MIMETextHTML) {
		return c.Redirect(loginURL(c), fiber.StatusSeeOther)
	}
	return unauthorized(c, "Masuk dulu di /masuk, atau sertakan token pengguna: Authorization: Bearer <token>.")
}

// unauthorized refuses a program that did not say who it is.
func unauthorized(c *fiber.Ctx, words string) *failure {
	c.Set(fiber.HeaderWWWAuthenticate, challenge)
	return &failure{Status: fiber.StatusUnauthorized, Code: "unauthorized", Title: "Masuk dulu", Words: words, Login: true}
}

// whoIs tells who sends a request.
func (s *Server) whoIs(ctx context.Context, c *fiber.Ctx) (visitor, error) {
	g := s.gate
	if g.Open {
		return visitor{kind: anybody}, nil
	}
	if g.Accounts != nil {
		if token, ok := bearer(c.Get(fiber.HeaderAuthorization)); ok {
			u, err := g.Accounts.ByToken(ctx, token)
			if err == nil && u == nil {
				err = unauthorized(c, "Token ini tidak berlaku; buat yang baru dengan gaung user token NAMA.")
			}
			return visitor{kind: member, user: u, token: true}, err
		}
		if token := s.cookie(c, sessionCookie); token != "" {
			if u, err := g.Accounts.BySession(ctx, token, s.now()); err != nil || u != nil {
				return visitor{kind: member, user: u}, err
			}
		}
	}
	if g.KioskToken != "" && hmac.Equal([]byte(s.cookie(c, kioskCookie)), []byte(kioskPass(g.KioskToken))) {
		return visitor{kind: kioskScreen}, nil
	}
	if g.Network {
		return visitor{kind: stranger}, nil
	}
	populated, err := g.hasUsers(ctx, s.now())
	if populated {
		return visitor{kind: guest}, err
	}
	return visitor{kind: owner}, err
}

// kioskPass is what the wall display keeps instead of the token itself; a new
// token ends it.
func kioskPass(token string) string {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("gaung kiosk"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// admitKiosk trades the token in the kiosk's address for a cookie, so that it
// stands in no history and no log.
func (s *Server) admitKiosk(c *fiber.Ctx) error {
	token := c.Query(kioskField)
	if token == "" || c.Path() != boardPage.path {
		return c.Next()
	}
	wanted := s.gate.KioskToken
	if wanted == "" || !hmac.Equal([]byte(kioskPass(token)), []byte(kioskPass(wanted))) {
		return &failure{
			Status: fiber.StatusForbidden, Code: "forbidden", Title: "Token paparan tidak berlaku",
			Words: "Periksa alamatnya, atau mintalah yang baru kepada petugas TI.",
		}
	}
	s.setCookie(c, kioskCookie, kioskPass(wanted), kioskLife)
	rest := c.Context().QueryArgs()
	rest.Del(kioskField)
	to := boardPage.path
	if query := rest.String(); query != "" {
		to += "?" + query
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}

// trusts reports whether what an address says about others is believed: a
// proxy on this machine, or one that was named.
func (g *gatekeeper) trusts(ip netip.Addr) bool {
	if ip.IsLoopback() {
		return true
	}
	for _, p := range g.Proxies {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// sender is the address a request comes from. Behind trusted proxies it is the
// last address that is not one of them.
func (s *Server) sender(c *fiber.Ctx) string {
	ip, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	if !ok {
		return ""
	}
	ip = ip.Unmap()
	hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
	for i := len(hops) - 1; i >= 0 && s.gate.trusts(ip); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		ip = before.Unmap()
	}
	if ip.Is6() {
		// One subscriber has a whole /64 to send from.
		prefix, _ := ip.WithZone("").Prefix(64)
		return prefix.String()
	}
	return ip.String()
}

// isSecure reports whether the browser speaks TLS, to us or to a trusted proxy.
func (s *Server) isSecure(c *fiber.Ctx) bool {
	if c.Context().IsTLS() {
		return true
	}
	ip, ok := netip.AddrFromSlice(c.Context().RemoteIP())
	return ok && s.gate.trusts(ip.Unmap()) && strings.EqualFold(c.Get(fiber.HeaderXForwardedProto), "https")
}

// isServedHost reports whether a host, with or without port, is one under which
// other computers may ask. An address in digits is always one: a stranger's
// page can make only a name of its own lead here.
func (g *gatekeeper) isServedHost(host string) bool {
	if !g.Network {
		return false
	}
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"))
	for _, name := range g.Hosts {
		if strings.EqualFold(name, host) {
			return true
		}
	}
	return net.ParseIP(host) != nil
}
