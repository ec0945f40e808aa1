package dashboard

import (
	"context"
	"errors"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// The pages of one case each, by the sort of case.
var (
	requestCasePage   = page{path: requestCasePath, name: "case", view: caseView(metrics.CasePPID)}
	objectionCasePage = page{path: objectionCasePath, name: "case", view: caseView(metrics.CaseObjection)}
	complaintCasePage = page{path: complaintCasePath, name: "case", view: caseView(metrics.CaseComplaint)}
)

// stripDays is how many days the strip of a ledger shows: two months, so that
// a long delay does not bury the page.
const stripDays = 62

// caseScreen is what templates/case.html shows.
type caseScreen struct {
	Title  string
	ID     string
	Region string
	AsOf   string
	Query  string
	Facts  []fact
	Clocks []clockView
	// Back leads to the page of such cases, named BackTo.
	Back, BackTo string
}

// fact is one thing known of a case, an OPD or a person.
type fact struct {
	Term  string
	Value wording.Cell
	URL   string // the thing itself, where it has a page of ours
	// Rows are shown instead of Value: numbers that lead to their rows.
	Rows []drill
}

// clockView is one clock with its ledger.
type clockView struct {
	ID       string
	Name     string
	Spell    int // of a complaint that several OPD had in hand
	OPD      string
	OPDName  wording.Cell
	OPDURL   string
	State    string
	Class    string // of the badge
	Law      string
	From     string
	Due      string
	End      string
	Used     string
	Calendar string
	Limit    string
	Doubt    bool // the stop is stamped before the start
	Strip    []ledgerCell
	More     string // days that the strip has no room for
	Rows     []ledgerRow
	Long     bool // the table scrolls in a region of its own
	Open     bool // the ledger is shown at once
}

// ledgerCell is one day of the strip.
type ledgerCell struct{ Class, Text string }

// ledgerRow is one day of the ledger: Nth is its number among the counted days.
type ledgerRow struct{ Date, Weekday, Class, Nth, Why string }

// caseView makes the page of a sort of case.
func caseView(sort string) viewFunc {
	return func(s *Server, ctx context.Context, a address) (*screen, error) {
		sel, err := s.choose(ctx, a)
		if err != nil {
			return nil, err
		}
		if sel.NoData {
			return s.emptyScreen(sel), nil
		}
		q := sel.metricsQuery()
		if a.Month == "" && a.From == "" && !sel.AsOfSet {
			// Without a period the case is seen as it stands today.
			q = q.In(calendar.MonthOf(sel.today()).Period())
			q.AsOf, q.AsOfSet = sel.today(), true
		}
		opd := a.CaseOPD
		if opd == "" && sort == metrics.CasePPID && len(a.narrowing.OPD) == 1 {
			opd = a.narrowing.OPD[0]
		}
		c, err := s.reports.Case(ctx, metrics.CaseQuery{Query: q, Case: sort, ID: a.Key, OPD: opd})
		if err != nil {
			return nil, notThere("Kasus tidak ditemukan", fmt.Errorf("dashboard: case of %s: %w", sel.Region.Code, err))
		}
		if err := requireCase(ctx, sel.Region.Code, c); err != nil {
			return nil, err
		}
		v := newCase(c, sel)
		return &screen{template: "case", selection: sel, body: v, timeless: true, title: v.Title + " " + v.ID + " · " + sel.Region.Name}, nil
	}
}

// requireCase refuses a visitor who may see the rows of no OPD that had the
// case in hand.
func requireCase(ctx context.Context, code string, c *metrics.CaseDetail) error {
	v := visitorOf(ctx)
	if v.may(seeRows) {
		return nil
	}
	for _, k := range c.Clocks {
		if v.mayOPD(code, k.OPD) {
			return nil
		}
	}
	return refused(v)
}

// notThere makes the answer to a question about a thing that is not on record
// a page that says so, with the status of one that is missing.
func notThere(title string, err error) error {
	var user *metrics.UserError
	if !errors.As(err, &user) || user.Kind != metrics.NotFound {
		return err
	}
	return (&failure{Status: fiber.StatusNotFound, Title: title, Err: err}).asUser(user)
}

// caseWords names a sort of case, and the page where such cases stand.
func caseWords(lang wording.Language, sort string) (title string, list page) {
	switch sort {
	case metrics.CaseObjection:
		return lang.T("Keberatan|jam"), requestsPage
	case metrics.CaseComplaint:
		return lang.T("Pengaduan|satu"), complaintsPage
	}
	return lang.T("Permohonan PPID|satu"), requestsPage
}

func newCase(c *metrics.CaseDetail, sel *selection) *caseScreen {
	lang := sel.Lang
	title, list := caseWords(lang, c.Case)
	query := sel.query()
	v := &caseScreen{
		Title: title, ID: c.ID, Region: sel.Region.Name, AsOf: lang.T("per {1} {2}", lang.Day(c.AsOf), wording.ZoneLabel(sel.Region.Zone)),
		Query: query, Back: list.path + query + "#tenggat", BackTo: lang.T(list.nav),
	}
	v.Facts = caseFacts(lang, c, query)
	for i, k := range c.Clocks {
		v.Clocks = append(v.Clocks, newClock(lang, i, k, query, len(c.Clocks) > 3))
	}
	return v
}

func caseFacts(lang wording.Language, c *metrics.CaseDetail, query string) []fact {
	facts := []fact{{Term: lang.T("Diterima|masuk"), Value: wording.Value(lang.Day(c.Received))}}
	add := func(term string, day *string) {
		if day != nil {
			facts = append(facts, fact{Term: term, Value: wording.Value(lang.Day(*day))})
		}
	}
	add(lang.T("Berkas lengkap"), c.Completed)
	add(lang.T("Informasi diserahkan"), c.Delivered)
	add(lang.T("Dicabut pemohon"), c.Withdrawn)
	if c.Kind != "" {
		facts = append(facts, fact{Term: lang.T("Jenis"), Value: wording.Value(lang.KindWords(c.Kind))})
	}
	if c.Request != "" {
		facts = append(facts, fact{Term: lang.T("Atas permohonan"), Value: wording.Value(c.Request), URL: caseURL(metrics.CasePPID, c.Request, "", query)})
	}
	if c.Status != "" {
		facts = append(facts, fact{Term: lang.T("Status di register"), Value: wording.Value(c.Status)})
	}
	if c.Refused {
		facts = append(facts, fact{Term: lang.T("Putusan"), Value: wording.Value(lang.T("ditolak"))})
	}
	return facts
}

// stateWords words the state of a clock, with the class of its badge.
func stateWords(lang wording.Language, k metrics.CaseClock) (words, class string) {
	switch k.State {
	case metrics.StateOnTime:
		return lang.T("tepat waktu"), string(wording.Measured)
	case metrics.StateLate:
		if k.Stop == nil {
			return lang.T("lewat batas, masih terbuka"), string(wording.Failed)
		}
		return lang.T("terlambat"), string(wording.Failed)
	case metrics.StatePending:
		return lang.T("menunggu dalam batas"), string(wording.Immature)
	case metrics.StateExcluded:
		return lang.T("tidak dihitung: ditarik atau dipindah sebelum selesai"), string(wording.Absent)
	}
	return string(k.State), string(wording.Absent)
}

func newClock(lang wording.Language, i int, k metrics.CaseClock, query string, several bool) clockView {
	v := clockView{
		ID: "jam-" + lang.Count(i+1), Name: lang.T(ruleWords[k.Rule]), OPD: k.OPD, OPDName: wording.Value(k.Name), Law: k.Law,
		From: lang.ShortDay(k.From), Due: lang.ShortDay(k.Due), Doubt: k.Inconsistent,
		Used: lang.Count(k.DaysUsed), Calendar: lang.Count(k.CalendarDays), Limit: lang.Count(k.Limit),
	}
	if v.Name == "" {
		v.Name = k.Rule
	}
	if several && k.Rule != metrics.RuleComplaintVerify {
		v.Spell = k.Spell
	}
	if k.Extended {
		v.Name += lang.T(" (diperpanjang)")
	}
	if k.OPD == "" {
		v.OPDName = lang.Missing("OPD tidak dikenal")
	} else {
		v.OPDURL = agencyURL(k.OPD, query)
	}
	v.State, v.Class = stateWords(lang, k)
	v.Open = k.Stop == nil && k.Left == nil
	switch {
	case k.Left != nil:
		v.End = lang.T("keluar {1}", lang.ShortDay(*k.Left))
	case k.Stop != nil:
		v.End = lang.T("selesai {1}", lang.ShortDay(*k.Stop))
	default:
		v.End = lang.T("masih berjalan")
	}
	n := 0
	for _, l := range k.Ledger {
		row := ledgerRow{Date: lang.ShortDay(l.Date), Weekday: lang.Weekday(l.Date), Class: "day-" + string(l.Kind), Why: lang.DayReason(l.Why)}
		cell := ledgerCell{Class: row.Class}
		if l.Counted {
			n++
			row.Nth = lang.Count(n)
			cell.Text = row.Nth
		}
		v.Rows = append(v.Rows, row)
		if len(v.Strip) < stripDays {
			v.Strip = append(v.Strip, cell)
		}
	}
	if more := len(v.Rows) - len(v.Strip); more > 0 {
		v.More = lang.T("dan {1} hari lagi", lang.Count(more))
	}
	v.Long = len(v.Rows) > stripDays
	return v
}
