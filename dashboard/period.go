package dashboard

import (
	"context"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/metrics"
	"gaung/metrics/calendar"
)

// narrowing is the part of an address that says which days a page is about,
// what they are compared with, and what the page is restricted to. It is the
// same for pages, files and the API.
type narrowing struct {
	Month    string
	From, To string
	Compare  string
	Group    string   // a peer group
	OPD      []string // codes or names
	Channel  string
}

func narrowingOf(c *fiber.Ctx) narrowing {
	var opd []string
	for _, value := range c.Context().QueryArgs().PeekMulti("opd") {
		opd = append(opd, string(value))
	}
	return narrowing{
		Month: c.Query("month"), From: c.Query("from"), To: c.Query("to"), Compare: c.Query("compare"),
		Group: c.Query("peer_group"), OPD: metrics.SplitOPD(opd), Channel: c.Query("channel"),
	}
}

// contradictory reports an address that names both a month and a range, as a
// form without scripts can send it: there the month was chosen last.
func (n narrowing) contradictory() bool { return n.Month != "" && (n.From != "" || n.To != "") }

// period reads the days asked for; ok is false when none were.
func (n narrowing) period() (p calendar.Period, ok bool, err error) {
	switch {
	case n.contradictory():
		return p, false, badValue("Alamat ini menyebut bulan dan rentang tanggal; pilih month= saja, atau from= dan to=.", nil)
	case n.Month != "":
		m, err := calendar.ParseMonth(n.Month)
		if err != nil {
			return p, false, badValue("Bulan {1} tidak dapat dibaca; tulis seperti month=2026-10.", err, strconv.Quote(shorten(n.Month)))
		}
		return m.Period(), true, nil
	case n.From == "" && n.To == "":
		return p, false, nil
	case n.From == "" || n.To == "":
		return p, false, badValue("Rentang tanggal perlu awal dan akhir; tulis seperti from=2026-10-01&to=2026-10-28.", nil)
	}
	if p.First, err = rangeDay(n.From); err != nil {
		return p, false, err
	}
	if p.Last, err = rangeDay(n.To); err != nil {
		return p, false, err
	}
	if p.Last < p.First {
		return p, false, badValue("Rentang berakhir {1} sebelum mulai {2}; tukar kedua tanggalnya.", nil, p.Last.String(), p.First.String())
	}
	return p, true, nil
}

func rangeDay(text string) (calendar.Day, error) {
	d, err := calendar.ParseDay(text)
	if err != nil {
		return 0, badValue("Tanggal {1} tidak dapat dibaca; tulis seperti from=2026-10-01&to=2026-10-28.", err, strconv.Quote(shorten(text)))
	}
	return d, nil
}

// comparison reads what to compare with.
func (n narrowing) comparison() (metrics.Comparison, error) {
	c, err := metrics.ParseComparison(n.Compare)
	if err != nil {
		return c, badValue("Pembanding {1} tidak dikenal; tulis compare=previous atau compare=year.", err, strconv.Quote(shorten(n.Compare)))
	}
	return c, nil
}

func (n narrowing) filter() metrics.Filter {
	return metrics.Filter{PeerGroup: n.Group, OPD: n.OPD, Channel: n.Channel}
}

// fields writes what was asked for, in a fixed order, without what was not.
func (n narrowing) fields() []field {
	var list []field
	for _, f := range []field{
		{"month", n.Month},
		{"from", n.From},
		{"to", n.To},
		{"compare", n.Compare},
		{"peer_group", n.Group},
		{"opd", strings.Join(n.OPD, "|")},
		{"channel", n.Channel},
	} {
		if f.Value != "" {
			list = append(list, f)
		}
	}
	return list
}

// at is the same address about another period.
func (n narrowing) at(p calendar.Period) narrowing {
	n.Month, n.From, n.To = "", p.First.String(), p.Last.String()
	if m, ok := p.Month(); ok {
		n.Month, n.From, n.To = m.String(), "", ""
	}
	return n
}

// narrowingFor is the complete address part of what a page is about.
func narrowingFor(p calendar.Period, compare metrics.Comparison, f metrics.Filter) narrowing {
	n := narrowing{Group: f.PeerGroup, OPD: f.OPD, Channel: f.Channel}
	if compare != metrics.ComparePrevious {
		n.Compare = string(compare)
	}
	return n.at(p)
}

// choices lists what the pages of a selection can be restricted to; nil when
// that cannot be read in time.
func (s *Server) choices(ctx context.Context, sel *selection) (choices *metrics.Choices) {
	if sel.Region.Code == "" {
		return nil
	}
	s.part(ctx, "choices", func(ctx context.Context) (err error) {
		choices, err = s.reports.Choices(ctx, sel.metricsQuery())
		return err
	})
	return choices
}

// kept is what a page keeps in its own address while its period or its filters
// change: the order of its tables.
func (a address) kept() []field {
	if a.Sort == "" {
		return nil
	}
	list := []field{{"sort", a.Sort}}
	if a.Descending {
		list = append(list, field{"dir", "desc"})
	}
	return list
}
