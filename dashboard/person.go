package dashboard

import (
	"context"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

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
}

// workRow is one story that names the person.
type workRow struct {
	Date, Title, URL string
	OPD, OPDName     string
	Place, Roles     string
}

// roleWords words what a person did for a story.
var roleWords = map[string]string{"author": "penulis", "editor": "penyunting", "photographer": "fotografer"}

// person shows one person's month.
func (s *Server) person(ctx context.Context, a address) (*screen, error) {
	m, instead, err := s.month(ctx, a, wants{})
	if err != nil || instead != nil {
		return instead, err
	}
	list, err := s.reports.PersonWorksList(ctx, a.Key, reportQuery(m))
	if err != nil {
		return nil, fmt.Errorf("dashboard: works of a person in %s %s: %w", m.sel.Region.Code, m.sel.Month, err)
	}
	query := m.sel.query()
	v := &personView{
		Head: newHead(m, list.Person.Name, ""), Group: groupName(list.Person.Group),
		Row: newPersonRow(list.Person, agencyNames(m.report), query, ""),
	}
	v.Head.Files = false
	if v.Chart, err = personChart(list); err != nil {
		return nil, err
	}
	for _, w := range list.Works {
		row := workRow{Date: wording.ShortDay(w.Date), Title: w.Title, URL: sourceLink(w.URL), OPD: w.OPD, OPDName: w.Name, Place: w.Place}
		for i, role := range w.Roles {
			if i > 0 {
				row.Roles += ", "
			}
			row.Roles += roleWords[role]
		}
		v.Works = append(v.Works, row)
	}
	return &screen{template: "person", selection: m.sel, body: v, title: list.Person.Name + " · " + m.report.RegionName}, nil
}

// personChart draws a person's works by role over twelve months, each role a
// line of its own.
func personChart(list *metrics.PersonWorksList) (chartView, error) {
	table := chartTable{Columns: []string{"Bulan", "Penulis", "Penyunting", "Fotografer", "Hari aktif"}}
	var labels []string
	var roles [3][]opts.LineData
	for _, t := range list.Trend {
		labels = append(labels, wording.ShortMonthOf(t.Month))
		for i, n := range [...]int{t.AsAuthor, t.AsEditor, t.AsPhotographer} {
			roles[i] = append(roles[i], opts.LineData{Value: n, Symbol: [...]string{"circle", "rect", "triangle"}[i]})
		}
		table.add(wording.MonthOf(t.Month), wording.Value(wording.Count(t.AsAuthor)), wording.Value(wording.Count(t.AsEditor)),
			wording.Value(wording.Count(t.AsPhotographer)), wording.Value(wording.Count(t.ActiveDays)))
	}
	line := charts.NewLine()
	line.SetGlobalOptions(append(commonOptions(true),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value", Min: 0}),
	)...)
	line.SetXAxis(labels)
	for i, l := range [...]struct{ name, colour, kind string }{
		{"Penulis", markStrong, "solid"}, {"Penyunting", "--control", "dashed"}, {"Fotografer", markWarn, "dotted"},
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
		ID: "tren-orang", Title: wording.ShortMonthOf(last.Month) + ": " + wording.Count(last.AsAuthor) + " ditulis, " + wording.Count(last.AsEditor) + " disunting, " + wording.Count(last.AsPhotographer) + " difoto",
		Caption: "Berita yang menyebut namanya menurut peran, " + wording.MonthOf(first.Month) + " sampai " + wording.MonthOf(last.Month) +
			", per " + wording.Day(list.AsOf) + ". Peran tidak dijumlahkan.",
		Summary: "Pada " + wording.MonthOf(last.Month) + ": " + wording.Count(last.AsAuthor) + " sebagai penulis, " + wording.Count(last.AsEditor) +
			" sebagai penyunting, " + wording.Count(last.AsPhotographer) + " sebagai fotografer, pada " + wording.Count(last.ActiveDays) + " hari.",
		Option: option, Table: table,
	}, nil
}
