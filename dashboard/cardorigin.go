package dashboard

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/cards"
	"gaung/dashboard/excerpt"
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
)

// cardOrigin is where a card comes from: what a picture says at its edge, a
// file in its name and a table on every row.
type cardOrigin struct {
	stamp cards.Stamp
	// metric, region, period, asOf and filter are written for programs.
	metric, region, period, asOf, filter string
}

// context is the columns that every row of a CSV file begins with.
func (o cardOrigin) context() []excerpt.Context {
	list := []excerpt.Context{{Key: "region", Value: o.region}, {Key: "period", Value: o.period}, {Key: "as_of", Value: o.asOf}}
	if o.filter != "" {
		list = append(list, excerpt.Context{Key: "filter", Value: o.filter})
	}
	return list
}

// originOf gathers where a card comes from.
func (s *Server) originOf(c *fiber.Ctx, p page, sc *screen, head excerpt.Head, content *cards.Content) cardOrigin {
	lang := wording.From(c.UserContext())
	o := cardOrigin{metric: metricOf(p, c), asOf: s.now().UTC().Format("2006-01-02")}
	st := &o.stamp
	st.Subject = head.Title
	st.Code = lang.T("Kode: {1}", cards.Provisional) + lang.T(" (angka ini tidak ikut dibekukan)")
	asOf := ""
	if sel := sc.selection; sel != nil {
		st.Place, o.region = cmp.Or(sc.place, sel.Region.Name), sel.Region.Code
		if !sc.timeless {
			st.Period, o.period = lang.Span(sel.Period), sel.Period.String()
			if sc.months {
				st.Period, o.period = lang.Month(sel.Month.Year, sel.Month.Month), sel.Month.String()
			}
		}
		o.asOf = sel.today().String()
		if sel.AsOfSet {
			o.asOf = sel.AsOf.String()
		}
		o.filter = sel.restricted()
		asOf = figures.AsOfDay(lang, o.asOf, sel.Region.Zone.String())
	}
	if r := sc.report; r != nil {
		st.Place, st.Period = cmp.Or(st.Place, r.RegionName), cmp.Or(st.Period, figures.Span(lang, r))
		o.region, o.period = cmp.Or(o.region, r.Region), cmp.Or(o.period, figures.PeriodCode(r))
		o.asOf, asOf = r.AsOf, figures.AsOf(lang, r)
		o.filter = cmp.Or(lang.Restricted(r.Filters), o.filter)
		st.Code = lang.T("Kode: {1}", cards.Code(r))
		if r.Closed == nil {
			st.Code += lang.T(" (bulan belum ditutup)")
		}
		st.Note = strings.Join(lang.RevisionNotes(sc.revisions), " ")
	}
	if search := addressOf(c).Search; search != "" && p.name != searchPage.name {
		o.filter = strings.TrimPrefix(o.filter+", "+lang.T("cari {1}", search), ", ")
	}
	if st.Subject == st.Place {
		st.Subject = lang.T(cmp.Or(p.nav, "Ringkasan"))
	}
	if s.example {
		st.Mark = lang.T("DATA CONTOH")
	}
	st.AsOf = cmp.Or(head.AsOf, lang.T("Keadaan {1}", asOf))
	st.Basis = lang.T("n = {1} · Saringan: {2}", basis(lang, content), cmp.Or(o.filter, lang.T("tanpa saringan")))
	st.Source = lang.T("Sumber: Gaung, halaman {1}", pageAddress(p, c, sc))
	st.RowsLeft = func(n int) string { return lang.T("dan {1} baris lagi: lihat halamannya", lang.Count(n)) }
	st.ColumnsLeft = func(titles string) string { return lang.T("tanpa kolom {1}: lihat halamannya", titles) }
	st.Nothing = lang.T("Tidak ada yang dapat ditampilkan.")
	return o
}

// restricted says what the selection is restricted to, without the names that
// only a report knows.
func (sel *selection) restricted() string {
	var parts []string
	if sel.Filter.PeerGroup != "" {
		parts = append(parts, sel.Lang.T("kelompok {1}", sel.Filter.PeerGroup))
	}
	if len(sel.Filter.OPD) > 0 {
		parts = append(parts, sel.Lang.T("OPD {1}", strings.Join(sel.Filter.OPD, ", ")))
	}
	if sel.Filter.Channel != "" {
		parts = append(parts, sel.Lang.T("saluran {1}", sel.Lang.Channel(sel.Filter.Channel)))
	}
	return strings.Join(parts, ", ")
}

// metricOf names a page in the names of files: ppid, opd-1.03, ringkasan. A
// person and a case are not named.
func metricOf(p page, c *fiber.Ctx) string {
	path := strings.Trim(p.path, "/*")
	if path == "" {
		return string(cards.Summary)
	}
	name := strings.ReplaceAll(path, "/", "-")
	if p.path == agencyPath {
		name += "-" + lastPart(c)
	}
	return name
}

// pageAddress is where the figures of a card can be looked up. The number of a
// person does not stand on pictures.
func pageAddress(p page, c *fiber.Ctx, sc *screen) string {
	path := c.Path()
	if code := addressOf(c).Code; p.name == verifyPage.name && code != "" {
		return path + "?kode=" + code
	}
	if p.people {
		path = strings.TrimSuffix(p.path, "/*")
	}
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	if sc.selection == nil || sc.timeless {
		return path
	}
	return path + sc.selection.query()
}
