package dashboard

import (
	"slices"
	"strconv"
	"strings"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
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
	N         drill
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
	Active, Agenda                drill
	Requests, Complaints          drill
	RequestsJudged, ComplaintsOut drill // "3 dari 4 tepat waktu"
	Exposure                      exposure
}

// exposure is how much work stands behind a person's figures.
type exposure struct {
	Works drill
	Days  string // empty while the calendar of the year is not known
	Few   bool   // too little to read anything into the figures
}

// groupOrder is the order in which groups stand on the board; others follow.
var groupOrder = []string{"pranata humas", "operator", "relawan tik"}

// newPeople turns a month into the page.
func newPeople(_ *Server, m *monthly) (any, error) {
	lang := m.sel.Lang
	r, query := m.report, m.sel.query()
	names := agencyNames(r)
	v := &peopleView{
		Head: newHead(m, lang.T("Pranata humas"), ""), Search: m.search, AsOf: figures.AsOf(lang, r),
		Known: r.Staffing.OPDWithPranataHumas != nil, Without: r.Staffing.OPDWithout,
	}
	byGroup := map[string][]personRow{}
	for _, p := range r.People {
		group := strings.ToLower(strings.TrimSpace(p.Group))
		byGroup[group] = append(byGroup[group], newPersonRow(m, p, names, m.search))
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
		v.Groups = append(v.Groups, personGroup{ID: "kelompok-" + lang.Count(i+1), Name: groupName(lang, g), Query: query, Rows: byGroup[g]})
	}
	v.Figures = peopleFigures(m, byGroup)
	return v, nil
}

func groupPlace(group string) int {
	if i := slices.Index(groupOrder, group); i >= 0 {
		return i
	}
	return len(groupOrder)
}

// groupName writes a group as a heading.
func groupName(lang wording.Language, group string) string {
	switch group {
	case "":
		return lang.T("Tanpa kelompok")
	case "relawan tik":
		return lang.T("Relawan TIK")
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
func peopleFigures(m *monthly, byGroup map[string][]personRow) []personFigure {
	lang, r := m.sel.Lang, m.report
	with := r.Staffing.OPDWithPranataHumas
	unknown := drill{Cell: lang.Missing("belum ada orang yang terdaftar")}
	list := []personFigure{
		{ID: "with", Words: lang.T("OPD punya pranata humas"), N: unknown},
		{ID: "without", Words: lang.T("OPD belum punya"), N: unknown},
	}
	if with != nil {
		without := len(r.Staffing.OPDWithout)
		list[0].Of = lang.T("dari {1} OPD", lang.Count(*with+without))
		list[0].N = m.rows.to(staffedRows, staffedPart, "", *with)
		list[1].N = m.rows.to(staffedRows, unstaffedPart, "", without)
	}
	for _, g := range groupOrder {
		list = append(list, personFigure{ID: "group-" + groupPart(g), Words: groupName(lang, g), N: m.rows.to(personRows, groupPart(g), "", len(byGroup[g]))})
	}
	return list
}

func newPersonRow(m *monthly, p metrics.PersonWorks, names map[string]string, search string) personRow {
	lang, query := m.sel.Lang, m.sel.query()
	row := personRow{
		ID: p.PersonID, URL: personURL(p.PersonID, query), Name: p.Name, Jenjang: p.Jenjang, OPD: p.OPD, OPDName: names[p.OPD],
		Hidden: hides(search, p.Name+" "+p.OPD+" "+names[p.OPD]),
		Author: p.AsAuthor, Editor: p.AsEditor, Photographer: p.AsPhotographer,
		Active:         m.rows.to(workRows, daysPart, p.PersonID, p.ActiveDays),
		Requests:       m.rows.to(personRequestRows, cohortPart, p.PersonID, p.PPIDHandled),
		Complaints:     m.rows.to(personComplaintRows, cohortPart, p.PersonID, p.ComplaintsHandled),
		RequestsJudged: handled(m, personRequestRows, p.PersonID, p.PPIDOnTime),
		ComplaintsOut:  handled(m, personComplaintRows, p.PersonID, p.ComplaintsOnTime),
		Exposure:       newExposure(m, p),
	}
	row.Agenda = drill{Cell: lang.OptionalCount(p.AgendaCovered, "kecocokan belum dihitung")}
	if n := p.AgendaCovered; n != nil {
		row.Agenda = m.rows.cell(personEventRows, allRows, p.PersonID, *n, row.Agenda.Cell)
	}
	if row.OPDName == "" {
		row.OPDName = p.OPD
	}
	return row
}

// Drill is how many stories name the person in a role; it leads to them.
func (r personRow) Drill(role string, n int) drill {
	d := drill{N: n, Text: strconv.Itoa(n)}
	if n > 0 {
		d.URL = inRole(r.URL, role) + "#karya"
	}
	return d
}

// inRole is the page of a person with the works in one role.
func inRole(address, role string) string {
	if strings.Contains(address, "?") {
		return address + "&role=" + role
	}
	return address + "?role=" + role
}

// handled words how the cases that could be judged were handled, and leads to
// them.
func handled(m *monthly, kind, person string, h metrics.HandledOnTime) drill {
	if h.Judged == 0 {
		return drill{}
	}
	lang := m.sel.Lang
	return drill{URL: m.rows.address(kind, judgedPart, person, h.Judged), N: h.Judged, Text: lang.T("{1} dari {2} tepat waktu", lang.Count(h.OnTime), lang.Count(h.Judged))}
}

func newExposure(m *monthly, p metrics.PersonWorks) exposure {
	lang, e := m.sel.Lang, p.Exposure
	x := exposure{Works: drill{Text: lang.T("{1} karya", lang.Count(e.Works))}, Few: e.Enough != nil && !*e.Enough}
	if asOf, err := calendar.ParseDay(m.report.AsOf); err == nil {
		links := m.rows.at(m.sel, metrics.ExposurePeriod(asOf), asOf)
		x.Works.URL, x.Works.N = links.address(workRows, allRows, p.PersonID, e.Works), e.Works
	}
	if e.WorkingDays != nil {
		x.Days = lang.T("{1} hari kerja", lang.Count(*e.WorkingDays))
	}
	return x
}
