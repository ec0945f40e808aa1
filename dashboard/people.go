package dashboard

import (
	"slices"
	"strings"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// peoplePage is the board of pranata humas: works by role, never added up, in
// order of name. Nobody is ranked.
var peoplePage = page{
	path: "/pranata-humas", name: "people", nav: "Pranata humas", people: true,
	view: monthPage("Pranata humas", "people", wants{}, newPeople),
}

// peopleView is what templates/people.html shows.
type peopleView struct {
	Head    head
	Search  string
	Figures []personFigure
	Groups  []personGroup
	Without []metrics.OPDRef
	// Known is false while no person is on record at all.
	Known bool
	AsOf  string
}

// personFigure is one number of the board's head.
type personFigure struct {
	ID, Words string
	N         wording.Cell
	Of        string
}

// personGroup is the people of a group: pranata humas, operator, relawan TIK.
type personGroup struct {
	ID    string
	Name  string
	Query string
	Rows  []personRow
}

// personRow is one person's month.
type personRow struct {
	ID, URL, Name, Jenjang        string
	OPD, OPDName                  string
	Hidden                        bool
	Author, Editor, Photographer  int
	Active                        int
	Agenda                        wording.Cell
	Requests, Complaints          int
	RequestsJudged, ComplaintsOut string // "3 dari 4 tepat waktu"
	Exposure                      exposure
}

// exposure is how much work stands behind a person's figures.
type exposure struct {
	Works string
	Days  string // empty while the calendar of the year is not known
	Few   bool   // too little to read anything into the figures
}

// groupOrder is the order in which groups stand on the board; others follow.
var groupOrder = []string{"pranata humas", "operator", "relawan tik"}

// newPeople turns a month into the page.
func newPeople(_ *Server, m *monthly) (any, error) {
	r, query := m.report, m.sel.query()
	names := agencyNames(r)
	v := &peopleView{
		Head: newHead(m, "Pranata humas", ""), Search: m.search, AsOf: figures.AsOf(r),
		Known: r.Staffing.OPDWithPranataHumas != nil, Without: r.Staffing.OPDWithout,
	}
	byGroup := map[string][]personRow{}
	for _, p := range r.People {
		group := strings.ToLower(strings.TrimSpace(p.Group))
		byGroup[group] = append(byGroup[group], newPersonRow(p, names, query, m.search))
	}
	var groups []string
	for g := range byGroup {
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b string) int {
		if x, y := groupPlace(a), groupPlace(b); x != y {
			return x - y
		}
		return strings.Compare(a, b)
	})
	for i, g := range groups {
		v.Groups = append(v.Groups, personGroup{ID: "kelompok-" + wording.Count(i+1), Name: groupName(g), Query: query, Rows: byGroup[g]})
	}
	v.Figures = peopleFigures(r, byGroup)
	return v, nil
}

func groupPlace(group string) int {
	if i := slices.Index(groupOrder, group); i >= 0 {
		return i
	}
	return len(groupOrder)
}

// groupName writes a group as a heading.
func groupName(group string) string {
	switch group {
	case "":
		return "Tanpa kelompok"
	case "relawan tik":
		return "Relawan TIK"
	}
	return strings.ToUpper(group[:1]) + group[1:]
}

// agencyNames is what the report calls every OPD.
func agencyNames(r *metrics.Report) map[string]string {
	names := make(map[string]string, len(r.Publication.OPD))
	for _, o := range r.Publication.OPD {
		names[o.OPD] = o.Name
	}
	return names
}

// peopleFigures count the OPD with and without, and the people.
func peopleFigures(r *metrics.Report, byGroup map[string][]personRow) []personFigure {
	with := r.Staffing.OPDWithPranataHumas
	list := []personFigure{
		{ID: "with", Words: "OPD punya pranata humas", N: wording.OptionalCount(with, "belum ada orang yang terdaftar")},
		{ID: "without", Words: "OPD belum punya", N: wording.Missing("belum ada orang yang terdaftar")},
	}
	if with != nil {
		list[0].Of = "dari " + wording.Count(*with+len(r.Staffing.OPDWithout)) + " OPD"
		list[1].N = wording.Value(wording.Count(len(r.Staffing.OPDWithout)))
	}
	for _, g := range groupOrder {
		list = append(list, personFigure{ID: "group-" + strings.ReplaceAll(g, " ", "-"), Words: groupName(g), N: wording.Value(wording.Count(len(byGroup[g])))})
	}
	return list
}

func newPersonRow(p metrics.PersonWorks, names map[string]string, query, search string) personRow {
	row := personRow{
		ID: p.PersonID, URL: personURL(p.PersonID, query), Name: p.Name, Jenjang: p.Jenjang, OPD: p.OPD, OPDName: names[p.OPD],
		Hidden: hides(search, p.Name+" "+p.OPD+" "+names[p.OPD]),
		Author: p.AsAuthor, Editor: p.AsEditor, Photographer: p.AsPhotographer, Active: p.ActiveDays,
		Agenda:   wording.OptionalCount(p.AgendaCovered, "kecocokan belum dihitung"),
		Requests: p.PPIDHandled, Complaints: p.ComplaintsHandled,
		RequestsJudged: handled(p.PPIDOnTime), ComplaintsOut: handled(p.ComplaintsOnTime),
		Exposure: newExposure(p.Exposure),
	}
	if row.OPDName == "" {
		row.OPDName = p.OPD
	}
	return row
}

// handled words how the cases that could be judged were handled.
func handled(h metrics.HandledOnTime) string {
	if h.Judged == 0 {
		return ""
	}
	return wording.Count(h.OnTime) + " dari " + wording.Count(h.Judged) + " tepat waktu"
}

func newExposure(e metrics.Exposure) exposure {
	x := exposure{Works: wording.Count(e.Works) + " karya", Few: e.Enough != nil && !*e.Enough}
	if e.WorkingDays != nil {
		x.Days = wording.Count(*e.WorkingDays) + " hari kerja"
	}
	return x
}
