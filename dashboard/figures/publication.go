package figures

import (
	"slices"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Attainment is how the OPD of a report stand against their weekly targets.
type Attainment struct {
	// Measured counts the OPD whose publication can be judged: a working
	// source, at least one finished week, and past their first 60 days.
	Measured int
	// Met counts those among them that met the target in every finished week.
	Met int
	// Unmeasured counts the others.
	Unmeasured int
	// TargetStories is the number of stories that the targets of the measured
	// OPD add up to in the finished weeks.
	TargetStories float64
	// PerWeek is the weekly target when every measured OPD has the same one, else 0.
	PerWeek float64
}

// Judged reports whether an OPD's publication can be judged at all; one with a
// target of 0 meets it with nothing.
func Judged(o metrics.PublicationOPD) bool {
	return (o.Status == metrics.StatusOK || o.Status == metrics.StatusQuiet) && o.Weeks > 0 && !o.Untargeted()
}

// MetTarget reports whether an OPD that can be judged met its target in every
// finished week of the month.
func MetTarget(o metrics.PublicationOPD) bool { return Judged(o) && o.WeeksMet >= o.Weeks }

// Raw is an OPD's stories as a share of its target, before shrinkage and
// without a cap; nil when no week has ended.
func Raw(o metrics.PublicationOPD) *float64 {
	target := o.TargetPerWeek * float64(o.Weeks)
	if target <= 0 {
		return nil
	}
	share := float64(o.Stories) / target
	return &share
}

// Attain sums up the league table of a report.
func Attain(r *metrics.Report) Attainment {
	var a Attainment
	uniform := true
	for _, o := range r.Publication.OPD {
		if !Judged(o) {
			a.Unmeasured++
			continue
		}
		if a.Measured == 0 {
			a.PerWeek = o.TargetPerWeek
		}
		uniform = uniform && o.TargetPerWeek == a.PerWeek
		a.Measured++
		if MetTarget(o) {
			a.Met++
		}
		a.TargetStories += o.TargetPerWeek * float64(o.Weeks)
	}
	if !uniform {
		a.PerWeek = 0
	}
	return a
}

func stories(lang wording.Language, r, previous *metrics.Report) Figure {
	p := r.Publication
	a := Attain(r)
	f := Figure{
		ID:     "stories",
		Title:  lang.MetricName("publication.stories"),
		Number: float(p.Stories),
		Value:  wording.Value(lang.Count(p.Stories)),
		N:      lang.T("dari {1} artikel di semua kanal", lang.Count(p.Articles)),
		Target: lang.T("Target {1} berita dari {2}", lang.Trim(a.TargetStories, 1), opdCount(lang, a.Measured)),
	}
	if a.Measured == 0 {
		f.Target = lang.T("Target belum berlaku: belum ada minggu yang selesai")
	}
	switch {
	case previous == nil:
	case unwatched(r, previous):
		f.Compare = lang.T("belum ada angka untuk {1}", period(lang, previous))
	default:
		f.Movement, f.Compare = compare(lang, p.Stories, previous.Publication.Stories, previous)
	}
	return f
}

// unwatched reports whether the period compared with ended before the region's
// first story: then no OPD has a number for it.
func unwatched(r, previous *metrics.Report) bool {
	return previous.Publication.Stories == 0 && !slices.ContainsFunc(r.Publication.OPD, func(o metrics.PublicationOPD) bool { return o.PreviousStories != nil })
}

func targets(lang wording.Language, r, previous *metrics.Report) Figure {
	a := Attain(r)
	f := Figure{
		ID:     "targets",
		Title:  lang.MetricName("figures.opd_on_target"),
		Target: lang.T("Target: semua, tiap minggu menurut targetnya"),
		N:      lang.T("{1} dinilai, {2} belum dapat dinilai", opdCount(lang, a.Measured), lang.Count(a.Unmeasured)),
	}
	if a.PerWeek > 0 {
		f.Target = lang.T("Target: semua, {1} berita tiap minggu", lang.Trim(a.PerWeek, 1))
	}
	if a.Measured == 0 {
		f.Value = wording.Cell{State: wording.Immature, Text: lang.T(wording.ImmatureWords), Note: lang.T("belum ada minggu yang selesai atau OPD yang dapat dinilai")}
	} else {
		f.Number = float(a.Met)
		f.Value = wording.Value(lang.Count(a.Met))
		f.Of = lang.T("dari {1}", opdCount(lang, a.Measured))
	}
	if previous != nil {
		before := Attain(previous)
		switch {
		case before.Measured == 0 || unwatched(r, previous):
			f.Compare = lang.T("belum ada angka untuk {1}", period(lang, previous))
		case a.Measured == 0:
			f.Compare = lang.Count(before.Met) + " (" + period(lang, previous) + ")"
		default:
			f.Movement, f.Compare = compare(lang, a.Met, before.Met, previous)
		}
	}
	return f
}
