package metrics

import (
	"context"
	"slices"
	"strconv"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"gaung/metrics/calendar"
)

// OPDDetail is what stands behind one OPD's figures of a month: who it is, its
// sources, and every row that its figures count. Dates are local days.
type OPDDetail struct {
	Region    string   `json:"region"`
	Month     string   `json:"month"`
	AsOf      string   `json:"as_of"`
	OPD       string   `json:"opd"`
	Name      string   `json:"name"`
	ShortName string   `json:"short_name"`
	Aliases   []string `json:"aliases"` // as registered
	PeerGroup string   `json:"peer_group"`
	// From and Until are the days it came into being and ended, nil when open.
	From  *string `json:"from"`
	Until *string `json:"until"`
	// Sources are those configured for it, as they are doing now.
	Sources []SourceHealth `json:"sources"`
	Stories []OPDStory     `json:"stories"` // latest first
	// Others are articles of the month whose story belongs to another month.
	Others []OPDArticle  `json:"others"`
	Agenda []AgendaEvent `json:"agenda"` // by day
	// Cases are the requests, objections and complaints of the month, each
	// under every clock that counts it.
	Cases []Detail `json:"cases"`
}

// OPDStory is a story credited to the OPD, with the articles of the month that
// tell it.
type OPDStory struct {
	Date     string       `json:"date"`
	Title    string       `json:"title"`
	URL      string       `json:"url"`
	Place    string       `json:"place"`
	Articles []OPDArticle `json:"articles"` // the earliest first
}

// OPDArticle is one article where it stands.
type OPDArticle struct {
	Date    string `json:"date"`
	Title   string `json:"title"`
	URL     string `json:"url"`
	Channel string `json:"channel"`
}

// caseKinds are the rows of an OPD's cases.
var caseKinds = []DetailKind{DetailRequest, DetailObjection, DetailComplaint, DetailFirstResponse, DetailResolve}

// OPDDetail gathers the rows of an OPD. Errors are those of [Metrics.Report],
// and a *UserError for an OPD that did not exist in the month.
func (m *Metrics) OPDDetail(ctx context.Context, q Query, code string) (*OPDDetail, error) {
	s, err := m.open(ctx, q)
	if err != nil {
		return nil, err
	}
	a, err := s.agencies(ctx)
	if err != nil {
		return nil, err
	}
	existed := s.existing(a)
	i := slices.IndexFunc(existed, func(o agency) bool { return o.code == code })
	if i < 0 {
		return nil, userError(NotFound, "OPD {1} tidak ada pada {2}; periksa kodenya atau cari namanya", strconv.Quote(code), q.what())
	}
	o := existed[i]
	out := &OPDDetail{
		Region: q.Region.Code, Month: q.Month.String(), AsOf: s.asOf.String(),
		OPD: o.code, Name: o.name, ShortName: o.shortName, Aliases: append([]string{}, o.aliases...), PeerGroup: o.peerGroup,
		From: dayText(o.from), Until: dayText(o.until),
		Sources: []SourceHealth{}, Agenda: []AgendaEvent{}, Cases: []Detail{},
	}
	return out, together(ctx,
		func(ctx context.Context) error { return s.opdPieces(ctx, code, out) },
		func(ctx context.Context) error {
			list, err := m.Health(ctx, q.Region, q.Now)
			for _, h := range list {
				if a.resolve(h.OPD) == code {
					out.Sources = append(out.Sources, h)
				}
			}
			return err
		},
		func(ctx context.Context) error {
			list, err := m.AgendaList(ctx, q)
			for _, e := range list {
				if e.OPD == code {
					out.Agenda = append(out.Agenda, e)
				}
			}
			return err
		},
		func(ctx context.Context) error {
			return m.Details(ctx, q, func(d Detail) error {
				if d.OPD == code {
					out.Cases = append(out.Cases, d)
				}
				return nil
			}, caseKinds...)
		},
	)
}

// opdPieces reads the stories and the articles that tell them.
func (s *snapshot) opdPieces(ctx context.Context, code string, out *OPDDetail) error {
	stories, others := []OPDStory{}, []OPDArticle{}
	byID := map[string]int{}
	opd := named("opd", code)
	err := s.each(ctx, "opdStories", rollupArticles, func(r driver.Rows) error {
		var id string
		var day int32
		story := OPDStory{Articles: []OPDArticle{}}
		if err := r.Scan(&id, &day, &story.Title, &story.URL, &story.Place); err != nil {
			return err
		}
		story.Date = calendar.Day(day).String()
		byID[id] = len(stories)
		stories = append(stories, story)
		return nil
	}, opd)
	if err != nil {
		return err
	}
	err = s.each(ctx, "opdArticles", rollupArticles, func(r driver.Rows) error {
		var id string
		var day int32
		var article OPDArticle
		if err := r.Scan(&id, &article.Title, &article.URL, &article.Channel, &day); err != nil {
			return err
		}
		article.Date = calendar.Day(day).String()
		if i, ok := byID[id]; ok {
			stories[i].Articles = append(stories[i].Articles, article)
		} else {
			others = append(others, article)
		}
		return nil
	}, opd)
	out.Stories, out.Others = stories, others
	return err
}
