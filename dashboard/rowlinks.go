package dashboard

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// rowsPath is the path of the page of rows; behind it stand the kind, the part
// and the OPD, so that every control that keeps the path keeps them.
const rowsPath = "/rincian/*"

// rowLinks leads from the figures of a page to the rows they count, as far as
// the visitor may see them. The zero value leads nowhere.
type rowLinks struct {
	visitor visitor
	region  string
	query   string
	lang    wording.Language
	on      bool
}

// newRowLinks leads to rows of the region and period that a page is about.
func newRowLinks(ctx context.Context, sel *selection) rowLinks {
	return rowLinks{visitor: visitorOf(ctx), region: sel.Region.Code, query: sel.ownQuery(), lang: sel.Lang, on: true}
}

// ownQuery is the address part of the rows behind a page's figures: that of
// the page. A page about one thing, which its filters do not restrict, says so:
// its rows are not restricted either.
func (sel *selection) ownQuery() string {
	query := sel.query()
	if f := sel.Elsewhere; f != nil && (f.PeerGroup != "" || len(f.OPD) > 0) {
		query += "&one=1"
	}
	return query
}

// drill is a figure that leads to the rows it counts: as many as N. Without an
// address it is the figure alone.
type drill struct {
	URL  string
	N    int
	Text string
	Cell wording.Cell
	// Basis says that the figure is no count: it stands on the N rows.
	Basis bool
}

// to is a count that leads to its rows. An empty OPD stands for all of them.
func (l rowLinks) to(kind, part, opd string, n int) drill {
	d := drill{N: n, Text: strconv.Itoa(n)}
	d.URL = l.address(kind, part, opd, n)
	return d
}

// cell is a figure that leads to the n rows it stands on.
func (l rowLinks) cell(kind, part, opd string, n int, c wording.Cell) drill {
	return drill{N: n, Cell: c, URL: l.address(kind, part, opd, n)}
}

// plain is a cell that leads nowhere.
func plain(c wording.Cell) drill { return drill{Cell: c} }

// basis is a figure that is no count, such as a median, and leads to the n rows
// it stands on.
func (l rowLinks) basis(kind, part, opd string, n int, c wording.Cell) drill {
	d := l.cell(kind, part, opd, n, c)
	d.Basis = true
	return d
}

// address is where the rows stand: empty for no rows, and for who may not see
// them.
func (l rowLinks) address(kind, part, opd string, n int) string {
	if !l.on || n <= 0 {
		return ""
	}
	if k, ok := rowKindOf(kind); !ok || !k.admits(l.visitor, l.region, part, opd) {
		return ""
	}
	return rowsURL(kind, part, opd) + l.query
}

// in are the links to the rows of another period.
func (l rowLinks) in(sel *selection, p calendar.Period) rowLinks {
	other := *sel
	other.show(p)
	l.query = other.ownQuery()
	return l
}

// at are the links to the rows of another period as they stood on a day.
func (l rowLinks) at(sel *selection, p calendar.Period, asOf calendar.Day) rowLinks {
	other := *sel
	other.AsOf, other.AsOfSet = asOf, true
	return l.in(&other, p)
}

// earlier are the links to the rows of the period compared with.
func (l rowLinks) earlier(sel *selection) rowLinks {
	q, err := sel.metricsQuery().Earlier()
	if err != nil {
		return rowLinks{}
	}
	return l.in(sel, q.Period())
}

// ofRegion is the same view of another region, without the filters that are of
// one region only.
func (sel *selection) ofRegion(code string) *selection {
	other := *sel
	other.Region.Code, other.Elsewhere, other.Filter = code, nil, metrics.Filter{Channel: sel.Filter.Channel}
	return &other
}

// rowsURL is the path of rows.
func rowsURL(kind, part, opd string) string {
	path := strings.TrimSuffix(rowsPath, "*") + kind + "/" + url.PathEscape(part)
	if opd != "" {
		path += "/" + url.PathEscape(opd)
	}
	return path
}

// figures makes key figures lead to their rows, those of one OPD or of all.
func (l rowLinks) figures(list []figures.Figure, r *metrics.Report, opd string) []figures.Figure {
	c := r.Complaints
	for i := range list {
		f := &list[i]
		if f.Value.State != wording.Measured || f.Number == nil {
			continue
		}
		kind, part, n := "", allRows, int(*f.Number)
		switch f.ID {
		case "stories":
			kind = storyRows
		case "articles":
			kind = articleRows
		case "targets":
			kind, part = opdRows, metPart
		case "received":
			kind, part = requestRows, receivedPart
		case "ppid":
			kind, part, n = requestRows, judgedPart, f.Cases
		case "late":
			kind, part = requestRows, latePart
		case "objections":
			kind = objectionRows
		case "submitted":
			kind = complaintRows
		case "verified":
			kind, part, n = complaintRows, judgedPart, f.Cases
		case "complaints":
			kind, part, n = complaintRows, followedUpPart, shareCount(c.FollowedUpShare, c.SharesN)
			if opd != "" {
				kind, part, n = responseRows, judgedPart, f.Cases
			}
		case "resolved":
			kind, part, n = complaintRows, resolvedPart, shareCount(c.ResolvedShare, c.SharesN)
		}
		if kind != "" {
			f.Rows, f.RowsN = l.address(kind, part, opd, n), n
		}
	}
	return list
}
