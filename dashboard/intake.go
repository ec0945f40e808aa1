package dashboard

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

// Intake takes rows that another program pushes: what POST
// /api/v1/ingest/:kind hands on. The token is that of the Authorization header
// and never empty; whether it is good is for the Intake to say. The body is
// read while it arrives and ends with an error where it is too large. The
// answer is sent as JSON with the status; with an error the status says whose
// fault it is: below 500 the error's text is shown to the sender, so it must be
// made for people, from 500 on it stays in the log. 503 asks the sender to
// repeat the push later.
type Intake = func(ctx context.Context, kind, token, contentType, idempotencyKey string, body io.Reader) (answer any, status int, err error)

const (
	// intakeLimit is the largest body of one push, in bytes.
	intakeLimit = 32 << 20
	// intakeTimeout bounds the sending and taking in of one push: 32 MiB pass
	// on a line of 1 Mbit/s.
	intakeTimeout = 5 * time.Minute
	// drainLimit is how much of a refused body is still read, and thrown away: a
	// sender whose connection is cut while it sends never sees the answer.
	drainLimit = 4 * intakeLimit
	// idempotencyLimit is the longest Idempotency-Key, in bytes.
	idempotencyLimit = 200
)

// challenge says what a sender without a good token has to bring.
const challenge = `Bearer realm="gaung"`

// errTooLarge ends a body that is longer than it may be.
var errTooLarge = errors.New("dashboard: body over the limit")

// tooLarge is what the sender of such a body reads.
func tooLarge(err error) *failure {
	return &failure{
		Status: fiber.StatusRequestEntityTooLarge, Code: "too_large", Title: "Kiriman terlalu besar",
		Words: "Kiriman lebih besar dari 32 MiB; bagi menjadi beberapa kiriman.", Err: err,
	}
}

// takeIn is POST /api/v1/ingest/:kind, the only route that changes anything.
func (s *Server) takeIn(c *fiber.Ctx) error {
	if s.intake == nil {
		return fiber.ErrNotFound
	}
	// The timeout of the server is made for pages.
	_ = c.Context().Conn().SetReadDeadline(time.Now().Add(intakeTimeout))
	body := &requestBody{from: c.Context().RequestBodyStream()}
	defer drain(c, body)
	token, ok := bearer(c.Get(fiber.HeaderAuthorization))
	if !ok {
		c.Set(fiber.HeaderWWWAuthenticate, challenge)
		return &failure{
			Status: fiber.StatusUnauthorized, Code: "unauthorized", Title: "Token diperlukan",
			Words: "Sertakan token sumber: Authorization: Bearer <token>.",
		}
	}
	key := c.Get("Idempotency-Key")
	if len(key) > idempotencyLimit {
		return badValue("Idempotency-Key terlalu panjang; paling banyak 200 karakter.", nil)
	}
	if c.Request().Header.ContentLength() > intakeLimit {
		return tooLarge(nil)
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), intakeTimeout)
	defer cancel()
	answer, status, err := s.intake(ctx, c.Params("kind"), token, c.Get(fiber.HeaderContentType), key, &limitedBody{from: body, left: intakeLimit})
	switch {
	case errors.Is(err, errTooLarge):
		return tooLarge(err)
	case err != nil && status == fiber.StatusServiceUnavailable:
		return &failure{
			Status: status, Code: "unavailable", Title: "Kiriman belum diterima",
			Words: "Kiriman belum dapat diterima; ulangi beberapa saat lagi dengan Idempotency-Key yang sama.", Err: err,
		}
	case err != nil && status >= 400 && status < 500:
		if status == fiber.StatusUnauthorized {
			c.Set(fiber.HeaderWWWAuthenticate, challenge)
		}
		return &failure{Status: status, Code: intakeCode(status), Title: "Kiriman ditolak", Words: sentence(err.Error()), Own: true, Err: err}
	case err != nil:
		return err
	}
	return c.Status(status).JSON(answer)
}

// drain reads what is left of the body. What is longer still ends with the
// connection.
func drain(c *fiber.Ctx, body io.Reader) {
	if n, err := io.CopyN(io.Discard, body, drainLimit); n == drainLimit || err != nil && !errors.Is(err, io.EOF) {
		c.Context().SetConnectionClose()
	}
}

// intakeCode is the code for programs of a refused push.
func intakeCode(status int) string {
	switch status {
	case fiber.StatusUnauthorized:
		return "unauthorized"
	case fiber.StatusForbidden:
		return "forbidden"
	case fiber.StatusNotFound:
		return "unknown_kind"
	case fiber.StatusConflict:
		return "conflict"
	case fiber.StatusRequestEntityTooLarge:
		return "too_large"
	case fiber.StatusUnsupportedMediaType:
		return "unsupported_media_type"
	case fiber.StatusUnprocessableEntity:
		return "unprocessable"
	case fiber.StatusTooManyRequests:
		return "too_many_requests"
	}
	return "bad_value"
}

// bearer reads the token of an Authorization header (RFC 6750, section 2.1).
func bearer(header string) (token string, ok bool) {
	scheme, token, ok := strings.Cut(header, " ")
	token = strings.TrimSpace(token)
	return token, ok && token != "" && strings.EqualFold(scheme, "Bearer")
}

// requestBody is the body of a request, nil for none. It remembers its end:
// fasthttp would wait for the next chunk after the last one.
type requestBody struct {
	from io.Reader
	err  error
}

// Read implements [io.Reader].
func (b *requestBody) Read(p []byte) (n int, err error) {
	if b.from == nil {
		return 0, io.EOF
	}
	if b.err == nil {
		n, b.err = b.from.Read(p)
	}
	return n, b.err
}

// limitedBody reads a body up to a limit.
type limitedBody struct {
	from io.Reader
	left int
}

// Read implements [io.Reader].
func (b *limitedBody) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	// One byte more than is left tells a full body from one that goes on.
	n, err := b.from.Read(p[:min(len(p), b.left+1)])
	if n > b.left {
		return b.left, errTooLarge
	}
	b.left -= n
	return n, err
}
