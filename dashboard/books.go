package dashboard

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/pack"
	"gaung/metrics"
)

// Books is the closing of months and everything that is made of a month
// besides its pages. [metrics.Metrics] is the implementation; every method
// must be safe for concurrent use.
type Books interface {
	pack.Books
	// CloseMonth freezes a month; with a reason it issues a revision.
	CloseMonth(ctx context.Context, q metrics.Query, reason string) (*metrics.Edition, error)
	// Editions lists the frozen editions of a month, newest first.
	Editions(ctx context.Context, q metrics.Query, most int) ([]metrics.Edition, error)
	// EditionByID finds an edition by the code printed on what was made of it.
	EditionByID(ctx context.Context, id string) (*metrics.Edition, error)
	// Replay measures a past month under what holds today.
	Replay(ctx context.Context, q metrics.Query) (*metrics.MethodReplay, error)
}

var _ Books = (*metrics.Metrics)(nil)

const (
	// packTimeout bounds what is made of a month with all of its rows, and
	// closeTimeout the closing; both lie below writeTimeout.
	packTimeout  = 100 * time.Second
	closeTimeout = 100 * time.Second
	// revisionsAge is how long the notes of a closed month are believed. They
	// take as long as a report, and no figure depends on them.
	revisionsAge = time.Minute
)

// booksRoutes adds what is made of a month to the application.
func (s *Server) booksRoutes(app *fiber.App) {
	app.Get("/kartu/:file", s.serveCard)
	app.Get("/paket/:file", s.servePack)
	app.Get("/api/v1/revisions", s.apiRevisions)
	app.Get(closingPath, s.showClosing)
	app.Post(closingPath, s.closeMonth)
}

// noBooks is the answer of a dashboard that only shows pages.
func noBooks() *failure {
	return &failure{
		Status: fiber.StatusNotFound, Code: "no_books", Title: "Tidak tersedia di sini",
		Words: "Dasbor ini hanya menampilkan halaman; buat berkasnya dengan gaung report atau gaung pack.",
	}
}

// noted is the revision notes of one month.
type noted struct {
	edition string
	at      time.Time
	list    []metrics.Revision
}

// revisionNotes keeps the notes of closed months for a while.
type revisionNotes struct {
	mu   sync.Mutex
	seen map[string]noted // by region and month
}

// revisions says what would be different today in a closed month; none when
// that cannot be said in time.
func (s *Server) revisions(ctx context.Context, q metrics.Query, r *metrics.Report) []metrics.Revision {
	if s.books == nil || r.Closed == nil {
		return nil
	}
	key := r.Region + " " + r.Month
	s.notes.mu.Lock()
	last, ok := s.notes.seen[key]
	s.notes.mu.Unlock()
	if ok && last.edition == r.Closed.ID && s.now().Sub(last.at).Abs() < revisionsAge {
		return last.list
	}
	s.part(ctx, "revision notes", func(ctx context.Context) error {
		list, err := s.books.Revisions(ctx, q)
		if err != nil {
			return err
		}
		last = noted{r.Closed.ID, s.now(), list}
		s.notes.mu.Lock()
		defer s.notes.mu.Unlock()
		if s.notes.seen == nil || len(s.notes.seen) > 500 {
			s.notes.seen = map[string]noted{}
		}
		s.notes.seen[key] = last
		return nil
	})
	return last.list
}

// apiRevisions answers with the editions of a month and what would be
// different today.
func (s *Server) apiRevisions(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), reportTimeout)
	defer cancel()
	sel, err := s.chooseBook(ctx, c)
	if err != nil {
		return err
	}
	editions, err := s.books.Editions(ctx, sel.metricsQuery(), mostEditions)
	if err != nil {
		return fmt.Errorf("dashboard: editions: %w", err)
	}
	answer := revisionsAnswer{Region: sel.Region.Code, Month: sel.Month.String(), Editions: []editionAnswer{}, Revisions: []metrics.Revision{}}
	for _, e := range editions {
		answer.Editions = append(answer.Editions, editionAnswer{e.ID, e.Number, e.Hash, e.ClosedAt.UTC(), e.Reason, e.Report.AsOf})
	}
	if len(editions) > 0 {
		list, err := s.books.Revisions(ctx, sel.metricsQuery())
		if err != nil {
			return fmt.Errorf("dashboard: revisions: %w", err)
		}
		answer.Revisions = append(answer.Revisions, list...)
	}
	return c.JSON(answer)
}

// revisionsAnswer is the document of /api/v1/revisions.
type revisionsAnswer struct {
	Region    string             `json:"region"`
	Month     string             `json:"month"`
	Editions  []editionAnswer    `json:"editions"`
	Revisions []metrics.Revision `json:"revisions"`
}

type editionAnswer struct {
	ID       string    `json:"id"`
	Number   int       `json:"edition"`
	Hash     string    `json:"sha256"`
	ClosedAt time.Time `json:"closed_at"`
	Reason   string    `json:"reason"`
	AsOf     string    `json:"as_of"`
}

// chooseBook resolves an address that asks for something made of a month.
func (s *Server) chooseBook(ctx context.Context, c *fiber.Ctx) (*selection, error) {
	if s.books == nil {
		return nil, noBooks()
	}
	sel, err := s.chooseWith(ctx, addressOf(c), openMonth)
	if err != nil {
		return nil, err
	}
	if sel.Region.Code == "" {
		return nil, noRegion()
	}
	return sel, nil
}
