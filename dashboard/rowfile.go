package dashboard

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/export"
	"gaung/dashboard/figures"
	"gaung/metrics"
)

// rowsFilePath is the path of the rows of [rowsPath] as CSV: all of them,
// whatever page is shown.
const rowsFilePath = "/rincian.csv/*"

// rowsFileURL is the path of the file of rows.
func rowsFileURL(ask rowAsk) string {
	return "/rincian.csv" + rowsURL(ask.kind.name, ask.part.name, ask.key)[len("/rincian"):]
}

// downloadRows sends the rows behind a figure as CSV, to whom may see them on
// the page.
func (s *Server) downloadRows(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), packTimeout)
	defer cancel()
	a := addressOf(c)
	a.RowsPath = c.Params("*")
	list, instead, err := s.askRows(ctx, a)
	if err != nil {
		return err
	}
	if instead != nil {
		return &failure{
			Status: fiber.StatusNotFound, Code: "no_data", Title: "Belum ada data",
			Words: "Tidak ada data pada periode ini, jadi tidak ada baris yang dapat diunduh.",
		}
	}
	origin, err := s.rowsOrigin(ctx, list)
	if err != nil {
		return list.failed(err)
	}
	// Persons are not named in the names of files.
	metric := "rincian-" + list.ask.kind.name + "-" + list.ask.part.name
	if list.ask.opd != "" {
		metric += "-" + list.ask.opd
	}
	name := export.Name(metric, origin.Region, origin.Period, origin.AsOf, list.sel.restricted(), "csv")
	return sendFile(c, "text/csv; charset=utf-8", name, func(w io.Writer) error {
		table, err := export.NewList(w, origin, list.fileKeys())
		if err != nil {
			return err
		}
		list.file = &rowFile{table}
		if err := s.readRows(ctx, list); err != nil {
			return list.failed(err)
		}
		if err := list.writeLate(); err != nil {
			return err
		}
		return table.Close()
	})
}

// rowsOrigin says where the rows come from. The day is that of the report that
// shows the figure.
func (s *Server) rowsOrigin(ctx context.Context, list *rowList) (export.Origin, error) {
	o := export.Origin{Region: list.sel.Region.Code, Period: list.sel.Period.String(), AsOf: list.sel.today().String()}
	if month, whole := list.sel.Period.Month(); whole {
		o.Period = month.String()
	}
	switch {
	case list.ask.kind.timeless():
		return o, nil
	case list.sel.AsOfSet:
		o.AsOf = list.sel.AsOf.String()
		return o, nil
	}
	r, err := s.reports.Report(ctx, list.sel.metricsQuery())
	if err == nil {
		o.AsOf = r.AsOf
	}
	return o, err
}

// rowFile writes rows into a CSV file instead of onto a page.
type rowFile struct{ *export.List }

// fileKeys are the columns of the file.
func (l *rowList) fileKeys() []string {
	switch {
	case l.ask.kind.table == listTable:
		return l.listing.keys
	case l.ask.part.days:
		return []string{"day", "stories"}
	case l.ask.kind.table == dueTable:
		return []string{"clock", "opd", "name", "id", "from", "due", "days_left", "days_used", "limit_wd"}
	case l.ask.kind.table == opdTable:
		return []string{"opd", "name", "status", "stories", "articles", "weeks_met", "weeks"}
	}
	if l.ask.kind.ofPerson() {
		return append(export.RegisterKeys(), "roles")
	}
	return export.RegisterKeys()
}

// detail writes a row; one whose case is not for the visitor is without its
// number.
func (f *rowFile) detail(d metrics.Detail, shown, ofPerson bool) error {
	if !shown {
		d.ID, d.Title, d.URL = "", "", ""
	}
	if ofPerson {
		return f.Write(append(export.RegisterValues(d), strings.Join(d.Roles, "|"))...)
	}
	return f.Write(export.RegisterValues(d)...)
}

// agency writes an OPD.
func (f *rowFile) agency(o metrics.PublicationOPD) error {
	weeksMet := ""
	if figures.Judged(o) {
		weeksMet = strconv.Itoa(o.WeeksMet)
	}
	return f.Write(o.OPD, o.Name, string(o.Status), strconv.Itoa(o.Stories), strconv.Itoa(o.Articles), weeksMet, strconv.Itoa(o.Weeks))
}

// writeLate writes the rows that are known only once all have been read.
func (l *rowList) writeLate() error {
	for _, day := range l.sortedDays() {
		if err := l.file.Write(day.String(), strconv.Itoa(l.stories[day])); err != nil {
			return err
		}
	}
	for i, c := range l.due {
		err := l.file.Write(l.view.Due[i].Clock, c.OPD, c.Name, c.ID, c.From, c.Due, strconv.Itoa(c.DaysLeft), strconv.Itoa(c.DaysUsed), strconv.Itoa(c.Limit))
		if err != nil {
			return err
		}
	}
	return nil
}
