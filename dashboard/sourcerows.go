package dashboard

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// The names of the rows about sources in addresses. The key of polls is the
// source, that of new articles the run that brought them.
const (
	sourceRows       = "sumber"
	failedSourceRows = "sumber-gagal"
	pollRows         = "tarikan"
	newArticleRows   = "artikel-baru"
	answeredPart     = "dijawab"
	unansweredPart   = "tidak-dijawab"
)

// sourceParts are the states of a source.
var sourceParts = []rowPart{
	{name: string(metrics.SourceFailing), words: "sumber gagal"},
	{name: string(metrics.SourceSilent), words: "sumber diam lebih lama dari biasanya"},
	{name: string(metrics.SourceEmpty), words: "sumber menjawab tanpa berita"},
	{name: string(metrics.SourceWaiting), words: "sumber belum ditarik"},
	{name: string(metrics.SourceOK), words: "sumber baik"},
}

// asAt is the part of an address that fixes the instant that polls are counted
// at: a minute later there are more of them.
func asAt(now time.Time) string { return "&at=" + now.UTC().Format("20060102T150405.000Z") }

// readAt reads the instant of [asAt] back; the present one where there is none.
func readAt(text string, now time.Time) time.Time {
	if at, err := time.Parse("20060102T150405.000Z", text); err == nil && !at.After(now) {
		return at
	}
	return now
}

// polls leads to the polls of a source that its health counts.
func (l rowLinks) polls(h metrics.SourceHealth, part string, n int, now time.Time) drill {
	d := l.to(pollRows, part, h.Source, n)
	if d.URL != "" {
		d.URL += asAt(now)
	}
	return d
}

// sourceListing lists the sources in a state.
func sourceListing(lang wording.Language) listing {
	return listing{
		caption: lang.T("Setiap sumber: keadaannya, jawabannya 30 hari terakhir, dan sebab kegagalannya"),
		heads: []listHead{
			{Text: lang.T("Sumber|satu")}, {Text: lang.T("Keadaan")}, {lang.T("Tarikan"), true}, {lang.T("Menjawab"), true}, {Text: lang.T("Berita baru terakhir")}, {Text: lang.T("Sebabnya")},
		},
		keys: []string{"source", "kind", "opd", "state", "expected", "answered", "last_poll", "last_success", "last_new_item", "broken_since", "reason"},
		read: func(ctx context.Context, s *Server, l *rowList) error {
			list, err := s.reports.Health(ctx, l.sel.Region, l.at)
			for _, h := range list {
				if l.ask.part.name != allRows && l.ask.part.name != string(h.State) || l.ask.key != "" && l.ask.key != h.Source {
					continue
				}
				row := newSourceRow(lang, l.links, h, l.sel.Region.Zone, "", l.at)
				err := l.putRow(listRow{
					OPD: h.OPD, Cells: []listCell{
						{Text: h.Source, Note: h.OPD}, {Text: row.State, Class: row.Class}, figureOf(row.Expected), figureOf(row.Replied), figureOf(drill{Cell: row.NewItem}), text(row.Why),
					},
					values: []string{
						h.Source, h.Kind, h.OPD, string(h.State), strconv.Itoa(h.Expected), strconv.Itoa(h.Answered), instantText(h.LastPoll), instantText(h.LastSuccess), instantText(h.LastNewItem), instantText(h.BrokenSince), h.Reason,
					},
				})
				if err != nil {
					return err
				}
			}
			return err
		},
	}
}

// failedSourceListing lists the sources that answered too few polls of the
// period.
func failedSourceListing(lang wording.Language) listing {
	return listing{
		caption: lang.T("Sumber yang gagal pada periode ini, tarikannya, dan sebabnya"),
		heads:   []listHead{{Text: lang.T("Sumber|satu")}, {Text: "OPD"}, {lang.T("Tarikan"), true}, {lang.T("Menjawab"), true}, {Text: lang.T("Sejak")}, {Text: lang.T("Sebabnya")}},
		keys:    []string{"source", "opd", "expected", "answered", "since", "reason"},
		read: func(ctx context.Context, s *Server, l *rowList) error {
			r, err := s.reports.Report(ctx, l.sel.metricsQuery())
			if err != nil {
				return err
			}
			names := agencyNames(r)
			for _, f := range r.DataQuality.FailedSources {
				if !l.ask.ofOPD(f.OPD) {
					continue
				}
				polls := func(part string, n int) drill {
					d := l.links.to(pollRows, part, f.Source, n)
					if d.URL != "" {
						d.URL += "&sumber_opd=" + url.QueryEscape(f.OPD)
					}
					return d
				}
				since := f.Since
				err := l.putRow(listRow{
					OPD: f.OPD, Cells: []listCell{
						text(f.Source), officeOf(lang, f.OPD, names[f.OPD], l.view.Query), figureOf(polls(allRows, f.Expected)), figureOf(polls(answeredPart, f.Answered)),
						figureOf(drill{Cell: momentCell(lang, &since, l.sel.Region.Zone, "belum pernah menjawab")}), text(lang.Reason(f.Reason)),
					},
					values: []string{f.Source, f.OPD, strconv.Itoa(f.Expected), strconv.Itoa(f.Answered), instantText(&since), f.Reason},
				})
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// pollListing lists the polls of a source: those of the last weeks that its
// health counts, or those of a period that a failed source of the report counts.
func pollListing(lang wording.Language) listing {
	return listing{
		caption: lang.T("Tarikan sumber, terbaru dahulu: dijawab atau tidak, sebabnya, dan artikel barunya"),
		heads:   []listHead{{Text: lang.T("Waktu")}, {Text: lang.T("Jawaban")}, {lang.T("Isi jawaban"), true}, {lang.T("Artikel baru"), true}, {Text: lang.T("Sebabnya")}},
		keys:    []string{"source", "opd", "polled_at", "answered", "skipped", "http_status", "reason", "items", "new_items"},
		read: func(ctx context.Context, s *Server, l *rowList) error {
			add := func(p metrics.Poll) error {
				if l.ask.part.name == answeredPart && !p.Answered || l.ask.part.name == unansweredPart && p.Answered {
					return nil
				}
				return l.putRow(newPollRow(lang, l, p))
			}
			if l.sourceOPD != nil {
				return s.reports.FailedPolls(ctx, l.sel.metricsQuery(), l.ask.key, *l.sourceOPD, add)
			}
			return s.reports.HealthPolls(ctx, l.sel.Region, l.ask.key, l.at, add)
		},
	}
}

func newPollRow(lang wording.Language, l *rowList, p metrics.Poll) listRow {
	state := listCell{Text: lang.T("dijawab"), Class: string(wording.Measured)}
	switch {
	case p.Skipped:
		state = listCell{Text: lang.T("ditunda sesudah kegagalan"), Class: string(wording.Immature)}
	case !p.Answered:
		state = listCell{Text: lang.T("tidak dijawab"), Class: string(wording.Failed)}
	}
	why := ""
	if p.Reason != "" {
		why = lang.Reason(p.Reason)
	}
	if p.HTTPStatus != 0 && !p.Answered {
		why = strings.TrimPrefix(why+" (HTTP "+strconv.Itoa(p.HTTPStatus)+")", " ")
	}
	found := drill{N: p.NewItems, Text: lang.Count(p.NewItems)}
	if p.Articles && p.Run != "" {
		found = l.links.to(newArticleRows, allRows, p.Run, p.NewItems)
	}
	return listRow{
		Cells: []listCell{text(lang.Instant(p.PolledAt, l.sel.Region.Zone)), state, text(lang.Count(p.Items)), figureOf(found), text(why)},
		values: []string{
			p.Source, p.OPD, instantText(&p.PolledAt), strconv.FormatBool(p.Answered), strconv.FormatBool(p.Skipped), strconv.Itoa(p.HTTPStatus), p.Reason, strconv.Itoa(p.Items), strconv.Itoa(p.NewItems),
		},
	}
}

// newArticleListing lists the articles that a poll was the first to bring.
func newArticleListing(lang wording.Language) listing {
	return listing{
		caption: lang.T("Artikel yang pertama kali dibawa sebuah tarikan; judul membuka halaman asalnya"),
		heads:   []listHead{{Text: lang.T("Judul")}, {Text: lang.T("Terbit")}, {Text: lang.T("Saluran")}},
		keys:    []string{"title", "url", "published_at", "channel"},
		read: func(ctx context.Context, s *Server, l *rowList) error {
			return s.reports.NewArticles(ctx, l.sel.Region, l.ask.key, func(a metrics.NewArticle) error {
				return l.putRow(listRow{
					Cells:  []listCell{headline(lang, a.Title, a.URL), figureOf(drill{Cell: momentCell(lang, a.PublishedAt, l.sel.Region.Zone, "tanpa tanggal")}), text(lang.Channel(a.Channel))},
					values: []string{a.Title, a.URL, instantText(a.PublishedAt), a.Channel},
				})
			})
		},
	}
}

// instantText writes an instant for programs, empty for none.
func instantText(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
