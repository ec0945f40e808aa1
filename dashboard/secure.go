package dashboard

import (
	"net"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// contentPolicy lets a page load only what this server serves, and run no
// script or style that is not a file of it: a hostile title that slips through
// escaping somewhere still cannot run.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// secure sets the headers that every answer carries. The helmet middleware is
// not used: it sets no content policy and forbids what the pages need.
func secure(c *fiber.Ctx) {
	c.Set(fiber.HeaderContentSecurityPolicy, contentPolicy)
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderXFrameOptions, "DENY")
	c.Set(fiber.HeaderReferrerPolicy, "same-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
}

// checkHost refuses requests for any other host name than this machine's own,
// and those under which it serves others.
// A page of a stranger can make its name resolve to 127.0.0.1 and would then
// count as the same origin (DNS rebinding); the name gives it away.
func (s *Server) checkHost(c *fiber.Ctx) error {
	// A request line may name a host too, and then outweighs the header
	// (RFC 9112, 3.2.2); both have to be ours.
	header, line := string(c.Request().Header.Host()), string(c.Request().URI().Host())
	if !isOwnName(header) && !s.gate.isServedHost(header) || !isOwnName(line) && !s.gate.isServedHost(line) {
		return &failure{
			Status: fiber.StatusMisdirectedRequest,
			Code:   "wrong_host",
			Title:  "Alamat ini tidak dilayani",
			Words:  s.hostWords(),
		}
	}
	return c.Next()
}

// hostWords says under which names the dashboard answers.
func (s *Server) hostWords() string {
	if s.gate.Network {
		return "Dasbor hanya menjawab pada alamat IP-nya dan pada nama yang disebut dengan --host."
	}
	return "Dasbor hanya menjawab di http://localhost atau http://127.0.0.1 pada komputer tempat ia berjalan."
}

// isOwnName reports whether a host, with or without port, is this machine.
func isOwnName(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return isLoopbackHost(strings.ToLower(host))
}
