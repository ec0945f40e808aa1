package dashboard

import (
	"context"
	"errors"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/warehouse/region"
)

const (
	closingPath = "/tutup-buku"
	// mostEditions is how many editions of a month are listed.
	mostEditions = 50
	// reasonLimit is the longest reason of a revision, in characters.
	reasonLimit = 500
)

// closingView is what templates/closing.html shows: what closing the month
// will freeze, why it cannot be closed, or its editions.
type closingView struct {
	Month, Region string
	AsOf          string
	// Refused says why the month cannot be closed, or closed again; Notice what
	// has just been done.
	Refused, Notice string
	// Frozen lists what will be frozen, empty where nothing can be.
	Frozen   []frozenLine
	Editions []editionRow
	Notes    []string
	// Keep names the month in the form, Token makes the form ours.
	Keep              []field
	TokenField, Token string
	Reason            string
	Back              string // the query part of the month's pages
}

type frozenLine struct{ What, N string }

type editionRow struct {
	ID, Number, ClosedAt, Reason, Hash, URL string
	Newest                                  bool
}

// showClosing asks before a month is closed, and shows one that is.
func (s *Server) showClosing(c *fiber.Ctx) error {
	return s.closingScreen(c, &closingView{Notice: wording.From(c.UserContext()).T(closingNotices[c.Query("hasil")])}, fiber.StatusOK)
}

// closingNotices are what the page says after a form was sent.
var closingNotices = map[string]string{
	"ditutup": "Bulan ini sudah ditutup. Angka, baris, dan pembandingnya tidak berubah lagi.",
	"revisi":  "Revisi terbit. Edisi sebelumnya tetap ada dan tetap dapat diverifikasi.",
	"sudah":   "Bulan ini memang sudah ditutup; tidak ada yang diubah.",
}

// closingScreen shows the page with what there is to say.
func (s *Server) closingScreen(c *fiber.Ctx, v *closingView, status int) error {
	lang := wording.From(c.UserContext())
	ctx, cancel := context.WithTimeout(c.UserContext(), reportTimeout)
	defer cancel()
	if err := require(ctx, closeMonths); err != nil {
		return err
	}
	sel, err := s.chooseBook(ctx, c)
	if err != nil {
		return err
	}
	if err := s.fillClosing(ctx, v, sel); err != nil {
		return err
	}
	v.TokenField, v.Token = formField, s.formToken(c)
	sc := &screen{template: "closing", selection: sel, body: v, title: lang.T("Tutup buku {1} · {2}", v.Month, sel.Region.Name)}
	body, err := s.render(c, sc.template, s.frame(c, "closing", sc))
	if err != nil {
		return fmt.Errorf("dashboard: %w", err)
	}
	c.Status(status)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.Send(body)
}

func (s *Server) fillClosing(ctx context.Context, v *closingView, sel *selection) error {
	lang := sel.Lang
	if !sel.metricsQuery().Unfiltered() {
		*sel = *sel.whole()
		if v.Notice == "" {
			v.Notice = lang.T("Tutup buku mengenal bulan utuh tanpa saringan; di sini {1} untuk semua OPD.", lang.Month(sel.Month.Year, sel.Month.Month))
		}
		sel.Compare, sel.Filter = metrics.ComparePrevious, metrics.Filter{}
	}
	v.Month, v.Region = lang.Month(sel.Month.Year, sel.Month.Month), sel.Region.Name
	// A closing looks at the month as its report does; an as-of day is for
	// looking, not for freezing.
	sel.AsOfSet = false
	v.Keep, v.Back = sel.fields(), sel.query()
	q := sel.metricsQuery()
	if sel.today() <= sel.Month.Last() {
		v.Refused = lang.T("{1} belum selesai: tutup buku dapat dilakukan mulai {2}.", v.Month, lang.Day(sel.Month.Last().Add(1).String()))
		return nil
	}
	editions, err := s.books.Editions(ctx, q, mostEditions)
	if err != nil {
		return fmt.Errorf("dashboard: editions: %w", err)
	}
	for i, e := range editions {
		v.Editions = append(v.Editions, newEditionRow(lang, e, sel.Region, i == 0))
	}
	r, err := s.reports.Report(ctx, q)
	if err != nil {
		return fmt.Errorf("dashboard: report to close: %w", err)
	}
	v.AsOf = figures.AsOf(lang, r)
	v.Notes = lang.RevisionNotes(s.revisions(ctx, q, r))
	v.Frozen = []frozenLine{
		{lang.T("berita"), lang.Count(r.Publication.Stories)},
		{lang.T("artikel"), lang.Count(r.Publication.Articles)},
		{lang.T("OPD dalam peringkat publikasi"), lang.Count(len(r.Publication.OPD))},
		{lang.T("permohonan informasi masuk"), lang.Count(r.PPID.Received)},
		{lang.T("keberatan"), lang.Count(r.PPID.Objections)},
		{lang.T("pengaduan masuk"), lang.Count(figures.Submitted(r.Complaints))},
		{lang.T("acara pada agenda"), lang.Count(r.Agenda.Events)},
	}
	return nil
}

func newEditionRow(lang wording.Language, e metrics.Edition, r region.Region, newest bool) editionRow {
	return editionRow{
		ID: e.ID, Number: lang.Count(e.Number), ClosedAt: lang.Instant(e.ClosedAt.In(r.Zone), r.Zone), Reason: e.Reason, Hash: e.Hash,
		URL: verifyURL(lang, e.ID), Newest: newest,
	}
}

// closeMonth closes the month of the form, or issues a revision when the form
// gives a reason.
func (s *Server) closeMonth(c *fiber.Ctx) error {
	if err := require(c.UserContext(), closeMonths); err != nil {
		return err
	}
	fields, err := s.readForm(c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.UserContext(), closeTimeout)
	defer cancel()
	if s.books == nil {
		return noBooks()
	}
	reason := fields.Get("reason")
	if len([]rune(reason)) > reasonLimit {
		return badValue("Alasan revisi lebih dari {1} huruf; ringkaslah.", nil, reasonLimit)
	}
	if fields.Get("month") == "" {
		return badValue("Formulir ini tidak menyebut bulannya; buka lagi halaman tutup buku.", nil)
	}
	sel, err := s.choose(ctx, address{Region: fields.Get("region"), narrowing: narrowing{Month: fields.Get("month")}, Lang: wording.From(ctx)})
	if err != nil {
		return err
	}
	if sel.Region.Code == "" {
		return noRegion()
	}
	edition, err := s.books.CloseMonth(ctx, sel.metricsQuery(), reason)
	done := "ditutup"
	var user *metrics.UserError
	switch {
	case errors.As(err, &user) && user.Kind == metrics.AlreadyClosed:
		done = "sudah"
	case errors.As(err, &user) && (user.Kind == metrics.MonthRunning || user.Kind == metrics.NotClosed || user.Kind == metrics.Changing):
		return (&failure{Status: fiber.StatusConflict, Title: "Bulan ini belum dapat ditutup", Err: err}).asUser(user)
	case err != nil:
		return fmt.Errorf("dashboard: close %s %s: %w", sel.Region.Code, sel.Month, err)
	default:
		if reason != "" {
			done = "revisi"
		}
		s.log.Info("dashboard: month closed", "region", sel.Region.Code, "month", sel.Month.String(), "edition", edition.ID,
			"by", visitorOf(c.UserContext()).by(), "id", requestID(c))
	}
	return c.Redirect(closingPath+sel.query()+"&hasil="+done, fiber.StatusSeeOther)
}
