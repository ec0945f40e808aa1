package dashboard

import (
	"context"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// The names of the rows behind the figures of data quality in addresses. The
// key of the uses of a name is the name.
const (
	rejectRows     = "ditolak"
	doubtRows      = "diragukan"
	nameRows       = "nama"
	namePartOPD    = "opd"
	namePartPerson = "orang"
)

// doubtParts are the figures of data quality that count articles and cases.
var doubtParts = []rowPart{
	{name: string(metrics.DoubtUnmatchedOPD), words: "tanpa OPD yang dikenal"},
	{name: string(metrics.DoubtUnmatchedPeople), words: "dengan nama penulis yang belum dikenal"},
	{name: string(metrics.DoubtUndated), words: "tanpa tanggal yang dapat dipakai"},
	{name: string(metrics.DoubtInconsistent), words: "dengan tanggal yang bertentangan"},
}

// holdsCases reports whether a part of the doubtful rows are cases, which are for
// those only who may see them.
func holdsCases(part string) bool {
	return part == string(metrics.DoubtUnmatchedOPD) || part == string(metrics.DoubtInconsistent)
}

// doubtListing lists the articles and cases that a figure of data quality
// counts.
func doubtListing(lang wording.Language) listing {
	return listing{
		caption: lang.T("Artikel dan kasus yang diragukan, dan tempat membetulkannya"),
		heads:   []listHead{{Text: lang.T("Tanggal")}, {Text: lang.T("Baris")}, {Text: lang.T("Jenis")}, {Text: "OPD"}, {Text: lang.T("Tercetak")}},
		keys:    []string{"day", "of", "id", "title", "url", "channel", "opd", "name", "text"},
		read: func(ctx context.Context, s *Server, l *rowList) error {
			kind := metrics.DoubtKind(l.ask.part.name)
			if l.ask.part.name == allRows {
				kind = metrics.DoubtUndated
			}
			return s.reports.DataDoubts(ctx, l.sel.metricsQuery(), kind, func(d metrics.Doubt) error {
				if !l.ask.ofOPD(d.OPD) {
					return nil
				}
				printed := listCell{Text: d.Text, Print: true}
				return l.putRow(listRow{
					OPD: d.OPD, Cells: []listCell{text(lang.ShortDay(d.Day.String())), subject(lang, d.Of, d.ID, d.Title, d.URL, d.OPD, l.view.Query), text(subjectWords(lang, d.Of)), officeOf(lang, d.OPD, d.Name, l.view.Query), printed},
					values: []string{d.Day.String(), d.Of, d.ID, d.Title, d.URL, d.Channel, d.OPD, d.Name, d.Text},
				})
			})
		},
	}
}

// subject names an article by its title and anything else by its number, which
// leads to the page of a case.
func subject(lang wording.Language, of, id, title, address, opd, query string) listCell {
	switch of {
	case metrics.DoubtArticle:
		return headline(lang, title, address)
	case metrics.CasePPID, metrics.CaseObjection, metrics.CaseComplaint:
		return listCell{Text: id, URL: caseURL(of, id, opd, query)}
	}
	if title != "" {
		return listCell{Text: title, Print: true}
	}
	return text(id)
}

// subjectWords says what a row is.
func subjectWords(lang wording.Language, of string) string {
	switch of {
	case metrics.DoubtArticle:
		return lang.T("artikel")
	case metrics.CasePPID:
		return lang.T("permohonan PPID")
	case metrics.CaseObjection:
		return lang.T("keberatan")
	case metrics.CaseComplaint:
		return lang.T("pengaduan")
	case metrics.DoubtSubmission:
		return lang.T("naskah ke redaksi")
	case metrics.DoubtClarification:
		return lang.T("kabar bohong")
	}
	return lang.T("acara agenda")
}

// nameListing lists the rows in which a name stands that nobody could resolve.
func nameListing(lang wording.Language) listing {
	return listing{
		caption: lang.T("Setiap baris tempat nama ini tercetak, terbaru dahulu"),
		heads:   []listHead{{Text: lang.T("Tanggal")}, {Text: lang.T("Baris")}, {Text: lang.T("Jenis")}, {Text: "OPD"}, {Text: lang.T("Tempat tercetak")}},
		keys:    []string{"day", "of", "place", "id", "title", "url", "opd", "name"},
		read: func(ctx context.Context, s *Server, l *rowList) error {
			kind := metrics.ReviewOPD
			if l.ask.part.name == namePartPerson {
				kind = metrics.ReviewPerson
			}
			return s.reports.NameUses(ctx, l.sel.metricsQuery(), kind, l.ask.key, func(u metrics.NameUse) error {
				if u.Of != metrics.DoubtArticle && !l.links.visitor.may(seeRows) {
					return refused(l.links.visitor)
				}
				return l.putRow(listRow{
					OPD: u.OPD, Cells: []listCell{text(lang.ShortDay(u.Day.String())), subject(lang, u.Of, u.ID, u.Title, u.URL, u.OPD, l.view.Query), text(subjectWords(lang, u.Of)), officeOf(lang, u.OPD, u.Name, l.view.Query), text(placeWords(lang, u.Place))},
					values: []string{u.Day.String(), u.Of, u.Place, u.ID, u.Title, u.URL, u.OPD, u.Name},
				})
			})
		},
	}
}

// placeWords says where a name is printed.
func placeWords(lang wording.Language, place string) string {
	switch place {
	case "sumber":
		return lang.T("Sumber pada byline")
	case "source":
		return lang.T("OPD sumber berita")
	case "byline":
		return lang.T("nama pada byline")
	}
	return lang.T("kolom register")
}

// uses leads to the rows in which a name under review stands, as far as the
// visitor may see them.
func (l rowLinks) uses(item metrics.ReviewItem) drill {
	part := namePartOPD
	if item.Kind == metrics.ReviewPerson {
		part = namePartPerson
	}
	d := l.to(nameRows, part, item.Text, item.Uses)
	if !l.visitor.may(seeRows) {
		for _, place := range item.Places {
			if place != "sumber" && place != "source" && place != "byline" {
				d.URL = ""
			}
		}
	}
	return d
}

// rejectListing lists the rows that the last run of every file and source could
// not use.
func rejectListing(lang wording.Language) listing {
	return listing{
		caption: lang.T("Isi yang tidak dapat dipakai, tempatnya, dan sebabnya"),
		heads:   []listHead{{Text: lang.T("Berkas atau sumber")}, {lang.T("Baris"), true}, {Text: lang.T("Kolom")}, {Text: lang.T("Isi")}, {Text: lang.T("Sebabnya")}, {Text: lang.T("Ditolak")}},
		keys:    []string{"source", "kind", "row", "columns", "values", "reasons", "rejected_at"},
		read: func(ctx context.Context, s *Server, l *rowList) error {
			return s.reports.RejectedRows(ctx, l.sel.Region, func(r metrics.RejectedRow) error {
				var contents, reasons []string
				for _, v := range r.Values {
					contents = append(contents, shorten(v))
				}
				for _, why := range r.Reasons {
					reasons = append(reasons, sentence(why))
				}
				at := r.RejectedAt
				return l.putRow(listRow{
					Cells: []listCell{
						{Text: r.Source, Note: r.Kind}, text(lang.Count(r.Row)), text(barred(r.Columns)), {Text: barred(contents), Print: true}, {Text: barred(reasons), Print: true}, text(lang.Instant(at, l.sel.Region.Zone)),
					},
					values: []string{r.Source, r.Kind, lang.Count(r.Row), barred(r.Columns), barred(r.Values), barred(r.Reasons), instantText(&at)},
				})
			})
		},
	}
}
