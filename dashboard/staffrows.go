package dashboard

import (
	"context"
	"slices"
	"strings"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// The names of the rows behind the figures of the board of pranata humas in
// addresses.
const (
	personRows    = "orang"
	staffedRows   = "opd-pranata-humas"
	staffedPart   = "punya"
	unstaffedPart = "belum"
)

// groupPart is the part of the persons of a group.
func groupPart(group string) string { return strings.ReplaceAll(group, " ", "-") }

// groupParts are the groups of the board.
func groupParts() []rowPart {
	words := []string{"Pranata humas", "Operator", "Relawan TIK"}
	parts := make([]rowPart, len(groupOrder))
	for i, group := range groupOrder {
		parts[i] = rowPart{name: groupPart(group), words: words[i]}
	}
	return parts
}

// personListing lists the persons of a group.
func personListing(lang wording.Language) listing {
	return listing{
		caption: lang.T("Orang menurut abjad"),
		heads:   []listHead{{Text: lang.T("Nama")}, {Text: lang.T("Kelompok")}, {Text: lang.T("Jenjang")}, {Text: "OPD"}},
		keys:    []string{"person_id", "person", "group", "jenjang", "opd", "name"},
		read: func(ctx context.Context, s *Server, l *rowList) error {
			r, err := s.reports.Report(ctx, l.sel.metricsQuery())
			if err != nil {
				return err
			}
			names := agencyNames(r)
			for _, p := range r.People {
				group := strings.ToLower(strings.TrimSpace(p.Group))
				if l.ask.part.name != allRows && l.ask.part.name != groupPart(group) {
					continue
				}
				err := l.putRow(listRow{
					OPD: p.OPD, Cells: []listCell{{Text: p.Name, URL: personURL(p.PersonID, l.view.Query)}, text(groupName(lang, group)), text(p.Jenjang), officeOf(lang, p.OPD, names[p.OPD], l.view.Query)},
					values: []string{p.PersonID, p.Name, p.Group, p.Jenjang, p.OPD, names[p.OPD]},
				})
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// staffedListing lists the OPD with a pranata humas, or without.
func staffedListing(lang wording.Language) listing {
	return listing{
		caption: lang.T("OPD dan pranata humasnya"),
		heads:   []listHead{{Text: "OPD"}, {Text: lang.T("Pranata humas")}},
		keys:    []string{"opd", "name", "pranata_humas"},
		read: func(ctx context.Context, s *Server, l *rowList) error {
			r, err := s.reports.Report(ctx, l.sel.metricsQuery())
			if err != nil || r.Staffing.OPDWithPranataHumas == nil {
				return err
			}
			people := map[string][]string{}
			for _, p := range r.People {
				if strings.ToLower(strings.TrimSpace(p.Group)) == groupOrder[0] {
					people[p.OPD] = append(people[p.OPD], p.Name)
				}
			}
			for _, o := range r.Publication.OPD {
				without := slices.ContainsFunc(r.Staffing.OPDWithout, func(ref metrics.OPDRef) bool { return ref.OPD == o.OPD })
				if l.ask.part.name == staffedPart && without || l.ask.part.name == unstaffedPart && !without {
					continue
				}
				err := l.putRow(listRow{
					OPD: o.OPD, Cells: []listCell{officeOf(lang, o.OPD, o.Name, l.view.Query), text(strings.Join(people[o.OPD], "; "))},
					values: []string{o.OPD, o.Name, barred(people[o.OPD])},
				})
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
}
