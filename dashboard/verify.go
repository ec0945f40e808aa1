package dashboard

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

const verifyPath = "/verifikasi"

// verifyPage shows the frozen figures behind the code of a printed card, and
// the method replay of its month.
var verifyPage = page{path: verifyPath, name: "verify", view: (*Server).verify}

func verifyURL(lang wording.Language, code string) string {
	return keepLanguage(lang, verifyPath+"?"+url.Values{"kode": {code}}.Encode())
}

// verifyView is what templates/verify.html shows.
type verifyView struct {
	Code string // as it was typed
	// Unknown says that there is no such code; Provisional that it is the mark
	// of a month that was not closed.
	Unknown, Provisional bool
	Edition              *verifiedEdition
}

type verifiedEdition struct {
	editionRow
	Region, Month, AsOf string
	Definitions         int
	// Superseded is the newer edition; nil for the newest.
	Superseded *editionRow
	Figures    []figures.Figure
	Table      []verifiedOPD
	Notes      []string
	Example    bool
	PageURL    string // the month's own page, empty for a superseded edition
	ReplayURL  string
	Replay     *replayView
}

type verifiedOPD struct {
	Name                                         string
	Stories, Weeks, OnTime, Late, Response, Tier string
}

// verify looks a code up.
func (s *Server) verify(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	v := &verifyView{Code: shorten(strings.TrimSpace(a.Code))}
	sc := &screen{template: "verify", title: lang.T("Verifikasi kode"), body: v, timeless: true}
	if v.Code == "" {
		return sc, nil
	}
	if s.books == nil {
		return nil, noBooks()
	}
	if strings.EqualFold(v.Code, "sementara") {
		v.Provisional = true
		return sc, nil
	}
	e, err := s.books.EditionByID(ctx, a.Code)
	if err != nil {
		return nil, fmt.Errorf("dashboard: verify: %w", err)
	}
	if e == nil {
		v.Unknown = true
		return sc, nil
	}
	if v.Edition, err = s.verified(ctx, e, a.Replay); err != nil {
		return nil, err
	}
	sc.title, sc.report = lang.T("Edisi {1}", e.ID), e.Report
	return sc, nil
}

// verified gathers the frozen view of an edition.
func (s *Server) verified(ctx context.Context, e *metrics.Edition, replay bool) (*verifiedEdition, error) {
	lang := wording.From(ctx)
	r := e.Report
	place, err := s.regions.Find(r.Region)
	if err != nil {
		// A region that left the configuration: its own words still stand.
		zone, zoneErr := time.LoadLocation(r.Timezone)
		if zoneErr != nil {
			zone = time.UTC
		}
		place = region.Region{Code: r.Region, Name: r.RegionName, Zone: zone}
	}
	month, err := calendar.ParseMonth(r.Month)
	if err != nil {
		return nil, fmt.Errorf("dashboard: month of edition %s: %w", e.ID, err)
	}
	q := metrics.Query{Region: place, Month: month, Now: s.now()}
	editions, err := s.books.Editions(ctx, q, 1)
	if err != nil {
		return nil, fmt.Errorf("dashboard: verify: %w", err)
	}
	background, err := s.books.BackgroundOf(ctx, e)
	if err != nil {
		return nil, fmt.Errorf("dashboard: verify: %w", err)
	}
	link := address{Region: r.Region, narrowing: narrowing{Month: r.Month}, Lang: lang}.query()
	v := &verifiedEdition{
		editionRow: newEditionRow(lang, *e, place, true), Region: r.RegionName, Month: lang.MonthOf(r.Month), AsOf: figures.AsOf(lang, r),
		Definitions: r.DefinitionsVersion, Figures: figures.Key(lang, r, background.Previous), Table: verifiedTable(lang, r), Example: s.example,
		PageURL: "/" + link, ReplayURL: verifyURL(lang, e.ID) + "&bandingkan=1",
	}
	if len(editions) > 0 && editions[0].ID != e.ID {
		newer := newEditionRow(lang, editions[0], place, true)
		v.Superseded, v.Newest, v.PageURL, v.ReplayURL = &newer, false, "", ""
		return v, nil
	}
	v.Notes = lang.RevisionNotes(s.revisions(ctx, q, r))
	if replay {
		again, err := s.books.Replay(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("dashboard: replay: %w", err)
		}
		v.Replay = newReplay(lang, again)
	}
	return v, nil
}

// verifiedTable is one row per OPD with what its cards say.
func verifiedTable(lang wording.Language, r *metrics.Report) []verifiedOPD {
	cases, answers := map[string]metrics.CaseOPD{}, map[string]metrics.CaseOPD{}
	for _, c := range r.PPID.OPD {
		cases[c.OPD] = c
	}
	for _, c := range r.Complaints.FirstResponse.OPD {
		answers[c.OPD] = c
	}
	var rows []verifiedOPD
	for _, o := range r.Publication.OPD {
		row := verifiedOPD{
			Name: o.Name, Stories: lang.Count(o.Stories), Weeks: lang.Count(o.WeeksMet) + "/" + lang.Count(o.Weeks),
			OnTime: wording.Unknown, Late: wording.Unknown, Response: wording.Unknown, Tier: wording.Unknown,
		}
		if c, ok := cases[o.OPD]; ok {
			row.OnTime, row.Late = lang.Count(c.OnTime), lang.Count(c.Late)
		}
		if c, ok := answers[o.OPD]; ok {
			row.Response = lang.MeanWait(c).Text
		}
		if o.Tier != nil {
			row.Tier = *o.Tier
		}
		rows = append(rows, row)
	}
	return rows
}

// replayView is the month by the rules of its time beside today's.
type replayView struct {
	ThenDefinitions, NowDefinitions int
	Rules, Holidays                 []string
	Lines                           []replayRow
}

type replayRow struct {
	Name, Figure    string
	Then, Data, Now string
	ByData, ByRules bool // what made the difference
}

func newReplay(lang wording.Language, r *metrics.MethodReplay) *replayView {
	v := &replayView{ThenDefinitions: r.ThenDefinitions, NowDefinitions: r.NowDefinitions}
	for _, c := range r.Rules {
		v.Rules = append(v.Rules, lang.RuleChange(c))
	}
	for _, h := range r.Holidays {
		v.Holidays = append(v.Holidays, lang.HolidayChange(h))
	}
	for _, l := range r.Lines {
		name := l.Name
		if name == "" {
			name = lang.T("Seluruh wilayah")
		}
		v.Lines = append(v.Lines, replayRow{
			Name: name, Figure: lang.FigureName(l.Figure, l.Item), Then: lang.Count(l.Then), Data: lang.Count(l.Data), Now: lang.Count(l.Now),
			ByData: l.Then != l.Data, ByRules: l.Data != l.Now,
		})
	}
	return v
}
