package dashboard

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/cards"
	"gaung/dashboard/export"
	"gaung/dashboard/pack"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// cardSizes are the sizes a card is offered in, as its address names them.
var cardSizes = map[string]cards.Size{"1920x1080": cards.Slide, "1080x1350": cards.Portrait}

// serveCard draws /kartu/<kind>-<width>x<height>.<png|svg>. The address is
// stable: a meeting's slides can point to it.
func (s *Server) serveCard(c *fiber.Ctx) error {
	name, extension, _ := strings.Cut(c.Params("file"), ".")
	kind, sizeName, _ := strings.Cut(name, "-")
	size, ok := cardSizes[sizeName]
	if !ok || !slices.Contains(cards.Kinds(), cards.Kind(kind)) || extension != "png" && extension != "svg" {
		return fiber.ErrNotFound
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), reportTimeout)
	defer cancel()
	sel, err := s.chooseWith(ctx, addressOf(c), openMonth)
	if err != nil {
		return err
	}
	if sel.Region.Code == "" {
		return noRegion()
	}
	q := sel.metricsQuery()
	r, err := s.reports.Report(ctx, q)
	if err != nil {
		return fmt.Errorf("dashboard: card: %w", err)
	}
	previous, err := s.previousOf(ctx, sel, r)
	if err != nil {
		return err
	}
	scene, err := cards.Draw(cards.Kind(kind), r, size, cards.Options{
		Previous: previous, Example: s.example,
		Note: strings.Join(wording.Indonesian.RevisionNotes(s.revisions(ctx, q, r)), " "),
	})
	if err != nil {
		return fmt.Errorf("dashboard: card: %w", err)
	}
	return sendScene(c, scene, extension, export.FileName(r, kind+"-"+sizeName, extension))
}

// sendScene sends a drawing as PNG or SVG.
func sendScene(c *fiber.Ctx, scene *cards.Scene, extension, name string) error {
	var b bytes.Buffer
	write, mime := scene.PNG, "image/png"
	if extension == "svg" {
		write, mime = scene.SVG, "image/svg+xml"
		// The picture carries its own typefaces and look, and no script.
		c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'; font-src data:")
	}
	if err := write(&b); err != nil {
		return fmt.Errorf("dashboard: card: %w", err)
	}
	c.Set(fiber.HeaderContentType, mime)
	c.Set(fiber.HeaderContentDisposition, `inline; filename="`+name+`"`)
	return c.Send(b.Bytes())
}

// previousOf is the month before that a month is compared with: of a closed
// month the one frozen with it.
func (s *Server) previousOf(ctx context.Context, sel *selection, r *metrics.Report) (*metrics.Report, error) {
	if r.Closed != nil && s.books != nil {
		if e, err := s.books.EditionByID(ctx, r.Closed.ID); err != nil {
			return nil, fmt.Errorf("dashboard: edition %s: %w", r.Closed.ID, err)
		} else if e != nil {
			b, err := s.books.BackgroundOf(ctx, e)
			if err != nil {
				return nil, fmt.Errorf("dashboard: edition %s: %w", e.ID, err)
			}
			if b.Previous != nil {
				return b.Previous, nil
			}
		}
	}
	return s.monthBefore(ctx, sel, r)
}

// packs are the zip files, by the last part of their address.
var packs = map[string]struct {
	metric string
	rows   bool // cannot be made without the rows behind the figures
	write  func(context.Context, io.Writer, pack.Source) error
}{
	"bahan-rapat.zip":  {"bahan-rapat", false, pack.Meeting},
	"bukti-dukung.zip": {"bukti-dukung", true, pack.Evidence},
}

// servePack sends a zip of the chosen month.
func (s *Server) servePack(c *fiber.Ctx) error {
	p, ok := packs[c.Params("file")]
	if !ok {
		return fiber.ErrNotFound
	}
	if p.rows && !s.may(c, seeRows) {
		return refused(visitorOf(c.UserContext()))
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), packTimeout)
	defer cancel()
	source, err := s.source(ctx, c)
	if err != nil {
		return err
	}
	return sendFile(c, "application/zip", export.FileName(source.Report, p.metric, "zip"), func(w io.Writer) error {
		return p.write(ctx, w, source)
	})
}

// source is what the files of the chosen month are made of, as far as the
// visitor may see it.
func (s *Server) source(ctx context.Context, c *fiber.Ctx) (pack.Source, error) {
	sel, err := s.chooseBook(ctx, c)
	if err != nil {
		return pack.Source{}, err
	}
	source, err := pack.Read(ctx, s.books, sel.metricsQuery())
	if err != nil {
		return pack.Source{}, fmt.Errorf("dashboard: files of %s %s: %w", sel.Region.Code, sel.Month, err)
	}
	if !s.may(c, seeRows) {
		source.Rows = nil
	}
	source.Letterhead, source.Example, source.Private = s.letterhead, s.example, !s.may(c, exportPersons)
	source.Warn = func(line string) { s.log.Warn("dashboard: files", "words", line) }
	return source, nil
}

// sendFile sends a file that is made now. It is complete on disk before the
// first byte leaves: half a file is worse than an error page.
func sendFile(c *fiber.Ctx, mime, name string, write func(io.Writer) error) error {
	file, err := os.CreateTemp("", "gaung-*")
	if err != nil {
		return fmt.Errorf("dashboard: %s: %w", name, err)
	}
	// The name goes at once; the open file lives until it is sent.
	defer func() { _ = os.Remove(file.Name()) }()
	size, err := writeAndRewind(file, write)
	if err != nil {
		_ = file.Close()
		return fmt.Errorf("dashboard: %s: %w", name, err)
	}
	c.Set(fiber.HeaderContentType, mime)
	attach(c, name)
	// Fiber closes the file when it is sent.
	return c.SendStream(file, size)
}

// writeAndRewind writes a file and makes it ready to be read.
func writeAndRewind(file *os.File, write func(io.Writer) error) (size int, err error) {
	if err := write(file); err != nil {
		return 0, err
	}
	end, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, err
	}
	_, err = file.Seek(0, io.SeekStart)
	return int(end), err
}
