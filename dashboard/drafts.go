package dashboard

import (
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// draftsView is what the OPD sent to the editors.
type draftsView struct {
	Rows []draftRow
}

// draftRow is one OPD's drafts; every figure leads to those it counts, or
// stands on.
type draftRow struct {
	OPD, Name                          string
	Hidden                             bool
	Sent, Published, Returned, Refused drill
	Accepted, Hours                    drill
}

// newDrafts words the drafts of every OPD; nil while drafts are not measured.
func newDrafts(lang wording.Language, r *metrics.Report, search string, links rowLinks) *draftsView {
	if r.Submissions == nil {
		return nil
	}
	v := &draftsView{}
	for _, d := range r.Submissions.OPD {
		decided := d.Published + d.Returned + d.Rejected
		accepted := lang.Missing("belum ada yang diputuskan")
		if d.Acceptance != nil {
			accepted = wording.Value(lang.Percent(*d.Acceptance, decided))
		}
		row := draftRow{
			OPD: d.OPD, Name: d.Name, Hidden: hides(search, d.Name+" "+d.OPD),
			Sent:      links.to(draftRows, allRows, d.OPD, d.Sent),
			Published: links.to(draftRows, draftPublished, d.OPD, d.Published),
			Returned:  links.to(draftRows, draftReturned, d.OPD, d.Returned),
			Refused:   links.to(draftRows, draftRejected, d.OPD, d.Rejected),
			Accepted:  links.basis(draftRows, draftDecided, d.OPD, decided, accepted),
			Hours:     links.basis(draftRows, draftDecided, d.OPD, decided, lang.OptionalNumber(d.MedianHoursToDecision, 0, "belum ada yang diputuskan")),
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// newNews words the false news of the period; nil where there was none, or
// while it is not measured.
func newNews(lang wording.Language, c *metrics.Clarifications, links rowLinks) []fact {
	if c == nil || c.N == 0 {
		return nil
	}
	count := func(metric, part string, n int) fact {
		return fact{Term: lang.MetricName(metric), Rows: []drill{links.to(newsRows, part, "", n)}}
	}
	wait := func(metric string, c wording.Cell, n int) fact {
		return fact{Term: lang.MetricHead(metric), Rows: []drill{links.basis(newsRows, allRows, "", n, c)}}
	}
	mean := lang.OptionalNumber(c.RMSTWD, 1, "belum ada kasus")
	if c.RMSTIsBound != nil && *c.RMSTIsBound {
		mean.Text = "≤ " + mean.Text
	}
	return []fact{
		count("clarifications.n", allRows, c.N),
		count("clarifications.answered", newsAnswered, c.Answered),
		count("clarifications.open", newsOpen, c.Open),
		wait("clarifications.median_wd", lang.OptionalNumber(c.MedianWD, 0, "separuh belum diluruskan"), c.N),
		wait("clarifications.rmst_wd", mean, c.N),
	}
}
