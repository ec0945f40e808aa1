package dashboard

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// requestIDKey is where a request's id is kept while it is answered.
const requestIDKey = "request-id"

// observe gives every request an id and the security headers, turns errors and
// panics into pages, and writes one line per request.
func (s *Server) observe(c *fiber.Ctx) error {
	start := time.Now()
	id := newRequestID()
	c.Locals(requestIDKey, id)
	c.Set(fiber.HeaderXRequestID, id)
	secure(c)
	if err := next(c); err != nil {
		if err := s.fail(c, err); err != nil {
			return err
		}
	}
	level := slog.LevelInfo
	if strings.HasPrefix(c.Path(), assetPrefix) || c.Path() == "/progress" || c.Path() == "/healthz" {
		level = slog.LevelDebug
	}
	s.log.Log(c.Context(), level, "dashboard: request",
		"id", id, "method", c.Method(), "path", c.Path(), "query", string(c.Request().URI().QueryString()),
		"status", c.Response().StatusCode(), "took", time.Since(start).Round(time.Microsecond))
	return nil
}

// next runs the rest of the chain; a panic becomes an error.
func next(c *fiber.Ctx) error { return guarded(c.Next) }

// guarded runs work; a panic becomes an error that carries the stack for the
// log. Work on another goroutine needs it too: nobody else would stop its
// panic from ending the program.
func guarded(work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return work()
}

// newRequestID is short enough to be read out on the telephone.
func newRequestID() string {
	var b [4]byte
	// Read never fails (crypto/rand, Go 1.24).
	_, _ = rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// requestID is the id of the request; it is empty for one that never reached
// observe, such as a request whose headers could not be read.
func requestID(c *fiber.Ctx) string {
	id, _ := c.Locals(requestIDKey).(string)
	return id
}
