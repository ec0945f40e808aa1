package dashboard

import (
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"gaung/metrics/calendar"
)

// address is what the query part of a page's address asks for. Empty fields
// were not given.
type address struct {
	Region string
	Month  string
	AsOf   string
	// Search is what an OPD's name has to contain to be listed.
	Search string
	// Page counts the pages of a long list from 1.
	Page int
	// OPD is the code of the OPD a case belongs to, where its number alone does
	// not tell.
	OPD string
	// Key is what a page is about by its path: an OPD, a person, a case.
	Key string
	// People says that the visitor may see persons by name.
	People bool
	// Code is the code of an edition to verify; Replay asks for its month under
	// the rules of today.
	Code   string
	Replay bool
	// Kiosk asks for the page alone, without navigation and controls.
	Kiosk bool
}

func addressOf(c *fiber.Ctx) address {
	return address{
		Region: c.Query("region"), Month: c.Query("month"), AsOf: c.Query("as_of"),
		Search: shorten(c.Query("q")), Page: max(c.QueryInt("page", 1), 1), Kiosk: c.QueryBool("kiosk"),
		OPD: c.Query("opd"), Code: shorten(c.Query("kode")), Replay: c.QueryBool("bandingkan"),
	}
}

// month reads the month; ok is false when none was given.
func (a address) month() (m calendar.Month, ok bool, err error) {
	if a.Month == "" {
		return m, false, nil
	}
	if m, err = calendar.ParseMonth(a.Month); err != nil {
		return m, false, badValue(fmt.Sprintf("Bulan %q tidak dapat dibaca; tulis seperti month=2026-10.", shorten(a.Month)), err)
	}
	return m, true, nil
}

// asOf reads the as-of day; ok is false when none was given.
func (a address) asOf() (d calendar.Day, ok bool, err error) {
	if a.AsOf == "" {
		return d, false, nil
	}
	if d, err = calendar.ParseDay(a.AsOf); err != nil {
		return d, false, badValue(fmt.Sprintf("Tanggal %q tidak dapat dibaca; tulis seperti as_of=2026-11-05.", shorten(a.AsOf)), err)
	}
	return d, true, nil
}

// query writes region, month and day back, in a fixed order: what one page
// hands on to the next.
func (a address) query() string {
	q := url.Values{}
	if a.Month != "" {
		q.Set("month", a.Month)
	}
	if a.Region != "" {
		q.Set("region", a.Region)
	}
	if a.AsOf != "" {
		q.Set("as_of", a.AsOf)
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
