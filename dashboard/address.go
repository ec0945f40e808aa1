package dashboard

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/wording"
	"gaung/metrics/calendar"
)

// address is what the query part of a page's address asks for. Empty fields
// were not given.
type address struct {
	Region string
	narrowing
	AsOf string
	// Sort is the column that tables are ordered by, Descending the direction.
	Sort       string
	Descending bool
	// Search is what an OPD's name has to contain to be listed.
	Search string
	// Page counts the pages of a long list from 1.
	Page int
	// CaseOPD is the code of the OPD a case belongs to, where its number alone
	// does not tell.
	CaseOPD string
	// Key is what a page is about by its path: an OPD, a person, a case.
	Key string
	// RowsPath is the end of the path of the page of rows, as it was written.
	RowsPath string
	// One says that the rows behind a figure are those of a page about one
	// thing, which filters do not restrict.
	One bool
	// At is the instant that the polls of a source are counted at, SourceOPD the
	// OPD they were booked for; nil where the rows of polls do not name one.
	At        string
	SourceOPD *string
	// Ranked restricts rows to the OPD with a place over a period.
	Ranked string
	// Role restricts the works of a person to those in one role.
	Role string
	// People says that the visitor may see persons by name.
	People bool
	// Code is the code of an edition to verify; Replay asks for its month under
	// the rules of today.
	Code   string
	Replay bool
	// Lang is the language asked for; Indonesian goes without saying.
	Lang wording.Language
	// Kiosk asks for the page alone, without navigation and controls.
	Kiosk bool
}

func addressOf(c *fiber.Ctx) address {
	a := address{At: shorten(c.Query("at")), Ranked: shorten(c.Query(rankedField)),
		Lang: wording.From(c.UserContext()), Region: c.Query("region"), narrowing: narrowingOf(c), AsOf: c.Query("as_of"),
		Search: shorten(c.Query("q")), Page: max(c.QueryInt("page", 1), 1), Kiosk: c.QueryBool("kiosk"),
		Sort: shorten(c.Query("sort")), Descending: c.Query("dir") == "desc", CaseOPD: c.Query("case_opd"), Role: c.Query("role"), One: c.QueryBool("one"), Code: shorten(c.Query("kode")), Replay: c.QueryBool("bandingkan"),
	}
	if c.Context().QueryArgs().Has("sumber_opd") {
		opd := strings.Clone(c.Query("sumber_opd"))
		a.SourceOPD = &opd
	}
	return a
}

// rowsMore is the end of the address of rows that says more of them than kind,
// part and key.
func (a address) rowsMore() string {
	more := ""
	if a.At != "" {
		more = "&at=" + url.QueryEscape(a.At)
	}
	if a.SourceOPD != nil {
		more += "&sumber_opd=" + url.QueryEscape(*a.SourceOPD)
	}
	if a.Ranked != "" {
		more += "&" + rankedField + "=" + url.QueryEscape(a.Ranked)
	}
	return more
}

// asOf reads the as-of day; ok is false when none was given.
func (a address) asOf() (d calendar.Day, ok bool, err error) {
	if a.AsOf == "" {
		return d, false, nil
	}
	if d, err = calendar.ParseDay(a.AsOf); err != nil {
		return d, false, badValue("Tanggal {1} tidak dapat dibaca; tulis seperti as_of=2026-11-05.", err, strconv.Quote(shorten(a.AsOf)))
	}
	return d, true, nil
}

// query writes region, period, filters and day back, in a fixed order: what one page
// hands on to the next.
func (a address) query() string {
	q := url.Values{}
	for _, f := range a.fields() {
		q.Set(f.Name, f.Value)
	}
	if a.Region != "" {
		q.Set("region", a.Region)
	}
	if a.AsOf != "" {
		q.Set("as_of", a.AsOf)
	}
	if code := otherThanIndonesian(a.Lang); code != "" {
		q.Set("lang", code)
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// shorten keeps a value that is quoted back to its author readable.
func shorten(s string) string { return shortenTo(s, 40) }

// shortenTo cuts a text to a number of characters, and says so.
func shortenTo(s string, limit int) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	return string(runes[:limit]) + "…"
}
