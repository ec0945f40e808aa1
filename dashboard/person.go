package dashboard

import (
	"context"
	"fmt"
	"slices"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// personPage is one person's own trend and list of works: evidence for the
// yearly appraisal, not a judgement.
var personPage = page{path: personPath, name: "person", people: true, view: (*Server).person}

// personView is what templates/person.html shows.
type personView struct {
	Head  head
	Row   personRow
	Group string
	Chart chartView
	Works []workRow
	Role  string // that the works are restricted to; empty for all
}

// workRow is one story that names the person.
type workRow struct {
	Date, Title, URL string
	OPD, OPDName     string
	Place, Roles     string
}

// person shows one person's month.
func (s *Server) person(ctx context.Context, a address) (*screen, error) {
	lang := wording.From(ctx)
	m, instead, err := s.month(ctx, a, wants{one: true})
	if err != nil || instead != nil {
		return instead, err
	}
	list, err := s.reports.PersonWorksList(ctx, a.Key, reportQuery(m, m.sel))
	if err != nil {
		return nil, fmt.Errorf("dashboard: works of a person in %s %s: %w", m.sel.Region.Code, m.sel.Month, err)
	}
	if err := s.frozenPerson(ctx, m, list, a.Key); err != nil {
		return nil, fmt.Errorf("dashboard: works of a person in %s %s: %w", m.sel.Region.Code, m.sel.Month, err)
	}
	v := &personView{
		Head: newHead(m, list.Person.Name, ""), Group: groupName(lang, list.Person.Group),
		Row: newPersonRow(m, list.Person, agencyNames(m.report), ""),
	}
	v.Head.Files = false
	if v.Chart, err = personChart(lang, list, m, a.Key); err != nil {
		return nil, err
	}
	if v.Role = lang.Role(a.Role); v.Role == "" {
		a.Role = ""
	}
	for _, w := range list.Works {
		if a.Role != "" && !slices.Contains(w.Roles, a.Role) {
			continue
		}
		v.Works = append(v.Works, workRow{Date: lang.ShortDay(w.Date), Title: w.Title, URL: sourceLink(w.URL), OPD: w.OPD, OPDName: w.Name, Place: w.Place, Roles: lang.Roles(w.Roles)})
	}
	return &screen{template: "person", selection: m.sel, body: v, report: m.report, revisions: m.revisions, title: list.Person.Name + " · " + m.report.RegionName}, nil
}

// frozenPerson puts the figures and works of a closed month in the place of
// today's.
func (s *Server) frozenPerson(ctx context.Context, m *monthly, list *metrics.PersonWorksList, person string) error {
	i := slices.IndexFunc(m.report.People, func(p metrics.PersonWorks) bool { return p.PersonID == person })
	if m.report.Closed == nil || i < 0 {
		return nil
	}
	list.Person, list.Works = m.report.People[i], nil
	return s.reports.PersonDetails(ctx, m.sel.metricsQuery(), person, func(d metrics.Detail) error {
		list.Works = append(list.Works, metrics.Work{Date: d.Day.String(), Title: d.Title, URL: d.URL, OPD: d.OPD, Name: d.Name, Place: d.Category, Roles: d.Roles})
		return nil
	}, metrics.DetailStory)
}

// personChart draws a person's works by role over twelve months, each role a
// line of its own. A month that is not over has open points, and says so.
func personChart(lang wording.Language, list *metrics.PersonWorksList, m *monthly, person string) (chartView, error) {
	today := m.sel.today().String()
	table := chartTable{Columns: []string{lang.T("Bulan"), lang.MetricHead("people.as_author"), lang.MetricHead("people.as_editor"), lang.MetricHead("people.as_photographer"), lang.MetricHead("people.active_days")}}
	var labels []string
	var roles [3][]opts.LineData
	for _, t := range list.Trend {
		name, full, symbols := lang.ShortMonthOf(t.Month), lang.MonthOf(t.Month), [...]string{"circle", "rect", "triangle"}
		if figures.RunningOn(t.Month, list.AsOf, today) {
			name, full = lang.T("{1} (berjalan)", name), lang.T("{1} (berjalan)", full)
			symbols = [...]string{"emptyCircle", "emptyRect", "emptyTriangle"}
		}
		labels = append(labels, name)
		for i, n := range [...]int{t.AsAuthor, t.AsEditor, t.AsPhotographer} {
			roles[i] = append(roles[i], opts.LineData{Value: n, Symbol: symbols[i]})
		}
		works := func(part string, n int) drill {
			return m.rows.monthOf(m.sel, t.Month, list.AsOf).cell(workRows, part, person, n, wording.Value(lang.Count(n)))
		}
		table.addRow(full, works(authorPart, t.AsAuthor), works(editorPart, t.AsEditor), works(photographerPart, t.AsPhotographer), works(daysPart, t.ActiveDays))
	}
	line := charts.NewLine()
	line.SetGlobalOptions(append(commonOptions(true),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0}),
	)...)
	line.SetXAxis(labels)
	for i, l := range [...]struct{ name, colour, kind string }{
		{lang.MetricHead("people.as_author"), markStrong, "solid"}, {lang.MetricHead("people.as_editor"), "--control", "dashed"}, {lang.MetricHead("people.as_photographer"), markWarn, "dotted"},
	} {
		line.AddSeries(l.name, roles[i],
			charts.WithLabelOpts(opts.Label{Show: opts.Bool(true), Position: "top"}),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: l.colour}),
			charts.WithLineStyleOpts(opts.LineStyle{Color: l.colour, Width: 2, Type: l.kind}))
	}
	line.Validate()
	option, err := encode(line.JSON())
	if err != nil {
		return chartView{}, err
	}
	first, last := list.Trend[0], list.Trend[len(list.Trend)-1]
	return chartView{
		ID: "tren-orang", Title: lang.T("{1}: {2} ditulis, {3} disunting, {4} difoto", labels[len(labels)-1], lang.Count(last.AsAuthor), lang.Count(last.AsEditor), lang.Count(last.AsPhotographer)),
		Caption: lang.T("Berita yang menyebut namanya menurut peran, {1} sampai {2}, per {3}. Peran tidak dijumlahkan.", lang.MonthOf(first.Month), lang.MonthOf(last.Month), lang.Day(list.AsOf)),
		Summary: lang.T("Pada {1}: {2} sebagai penulis, {3} sebagai penyunting, {4} sebagai fotografer, pada {5} hari.", lang.MonthOf(last.Month), lang.Count(last.AsAuthor), lang.Count(last.AsEditor), lang.Count(last.AsPhotographer), lang.Count(last.ActiveDays)),
		Option:  option, Table: table,
	}, nil
}
