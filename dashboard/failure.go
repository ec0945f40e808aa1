package dashboard

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/warehouse/region"
)

// failure is an error with the words for the person who sees it. Everything
// else that went wrong stays in Err, for the log only.
type failure struct {
	Status int
	Code   string // for programs, such as "bad_value"
	Title  string
	Words  string // one or two sentences: what, and what to do
	Args   []any  // what {1}, {2} … in Words stand for
	Own    bool   // Words come from another package and have no English
	// Phrase, if it has a text, is said instead of Words.
	Phrase metrics.Phrase
	Login  bool // a login would help
	Err    error
}

func (f *failure) Error() string {
	if f.Err != nil {
		return f.Code + ": " + f.Err.Error()
	}
	return f.Code + ": " + f.words(wording.Indonesian)
}

// words are the failure's words in a language.
func (f *failure) words(lang wording.Language) string {
	switch {
	case f.Phrase.Text != "":
		return sentence(lang.Phrase(f.Phrase))
	case f.Own:
		return f.Words
	}
	return lang.T(f.Words, f.Args...)
}

// asUser takes the words of a mistake that a person can put right.
func (f *failure) asUser(e *metrics.UserError) *failure {
	f.Code, f.Words, f.Phrase, f.Own = string(e.Kind), sentence(e.Words), e.Phrase, e.Phrase.Text == ""
	return f
}

func (f *failure) Unwrap() error { return f.Err }

// badValue refuses a part of the address that cannot be understood.
func badValue(words string, err error, args ...any) *failure {
	return &failure{Status: fiber.StatusBadRequest, Code: "bad_value", Title: "Alamat halaman tidak dapat dipahami", Words: words, Args: args, Err: err}
}

// asFailure finds the words for any error. Only errors that were made for
// people pass their own text on.
func asFailure(err error) *failure {
	var (
		known  *failure
		user   *metrics.UserError
		place  *region.UnknownError
		status *fiber.Error
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &user):
		return badValue("", err).asUser(user)
	case errors.As(err, &place):
		f := badValue("Wilayah {1} tidak dikenal; pakai kode Kemendagri seperti 19 (provinsi) atau 19.71 (kabupaten/kota).", err, strconv.Quote(shorten(place.Code)))
		f.Code = "unknown_region"
		return f
	case errors.Is(err, context.DeadlineExceeded):
		return &failure{
			Status: fiber.StatusGatewayTimeout, Code: "timeout", Title: "Data belum terbaca",
			Words: "Gudang data tidak menjawab sampai batas waktu. Coba muat ulang sebentar lagi.", Err: err,
		}
	case errors.As(err, &status):
		return httpFailure(status)
	}
	return &failure{
		Status: fiber.StatusInternalServerError, Code: "internal", Title: "Ada yang rusak di sisi kami",
		Words: "Halaman ini tidak dapat dibuat. Coba muat ulang; bila tetap begini, sampaikan kode di bawah kepada petugas TI.", Err: err,
	}
}

// httpFailure words the errors that Fiber itself makes.
func httpFailure(e *fiber.Error) *failure {
	f := &failure{
		Status: e.Code, Code: "bad_request", Title: "Permintaan tidak dapat dilayani",
		Words: "Kembali ke halaman depan dan coba lagi dari sana.", Err: e,
	}
	switch e.Code {
	case fiber.StatusNotFound:
		f.Code, f.Title, f.Words = "not_found", "Halaman tidak ada", "Alamatnya salah tulis, atau halamannya sudah dipindah."
	case fiber.StatusMethodNotAllowed:
		f.Code = "method_not_allowed"
	case fiber.StatusRequestHeaderFieldsTooLarge:
		f.Code, f.Words = "header_too_large", "Alamat atau cookie peramban terlalu panjang. Hapus cookie untuk alamat ini, lalu coba lagi."
	}
	if e.Code >= fiber.StatusInternalServerError {
		f.Code, f.Words = "internal", "Coba muat ulang sebentar lagi."
	}
	return f
}

// fail answers a request that went wrong: JSON under /api/, a page elsewhere.
// The log gets the whole error, the visitor only its words.
func (s *Server) fail(c *fiber.Ctx, err error) error {
	f := asFailure(err)
	secure(c)
	level := slog.LevelInfo
	if f.Status >= fiber.StatusInternalServerError {
		level = slog.LevelError
	}
	s.log.Log(c.Context(), level, "dashboard: request failed",
		"id", requestID(c), "path", c.Path(), "status", f.Status, "code", f.Code, "error", err)

	c.Status(f.Status)
	c.Response().ResetBody()
	c.Response().Header.Del(fiber.HeaderContentDisposition)
	if strings.HasPrefix(c.Path(), "/api/") || c.Path() == "/progress" || c.Path() == "/healthz" {
		return c.JSON(apiError{Error: apiErrorBody{Code: f.Code, Message: f.words(wording.Indonesian)}})
	}
	lang := wording.From(c.UserContext())
	view := errorView{Title: lang.T(f.Title), Words: f.words(lang), Own: f.Own, Status: f.Status, RequestID: requestID(c)}
	if f.Login {
		view.LoginURL = loginURL(c)
	}
	body, renderErr := s.render(c, "error", s.frame(c, "", &screen{title: view.Title, body: view}))
	if renderErr != nil {
		// Without its page the error is still said.
		s.log.Error("dashboard: render error page", "id", requestID(c), "error", renderErr)
		return c.SendString(view.Title + ". " + view.Words + "\n")
	}
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(body)
}

// errorView is what the error page shows.
type errorView struct {
	Title     string
	Words     string
	Own       bool // Words are Indonesian in every language
	Status    int
	RequestID string
	LoginURL  string // empty where no login would help
}

// sentence makes a message into a sentence: a capital first, a stop at the end.
func sentence(s string) string {
	if s == "" {
		return s
	}
	s = strings.ToUpper(s[:1]) + s[1:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}
