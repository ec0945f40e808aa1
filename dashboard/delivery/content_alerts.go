package delivery

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
	"gaung/warehouse/region"
)

// Alerts looks at the running month as of today. Its causes and periods:
//
//	a due case        rule/opd/number   its due date
//	a broken source   name              the day it stopped answering
//	a silent OPD      code              the month it is silent in
//	a threshold       figure and bound  the month of the figure
func (m *Measured) Alerts(ctx context.Context, r region.Region, rules AlertRules, now time.Time) ([]Alert, error) {
	today := calendar.DayOf(now, r.Zone)
	month := calendar.MonthOf(today)
	report, err := m.metrics.Report(ctx, metrics.Query{Region: r, Month: month, AsOf: today, AsOfSet: true, Now: now})
	if err != nil {
		return nil, err
	}
	var list []Alert
	if rules.DueWithin != nil {
		if list, err = m.due(ctx, r, report, today, *rules.DueWithin); err != nil {
			return nil, err
		}
	}
	if rules.Sources {
		for _, f := range report.DataQuality.FailedSources {
			list = append(list, Alert{
				Cause: "source/" + f.Source, Period: calendar.DayOf(f.Since, r.Zone).String(), Kind: AlertSource, Words: sourceWords(report, f),
			})
		}
	}
	if rules.SilentDays > 0 {
		list = append(list, silent(report, today, rules.SilentDays)...)
	}
	for _, t := range rules.Thresholds {
		if words := t.crossed(report); words != "" {
			list = append(list, Alert{Cause: "threshold/" + t.name(), Period: month.String(), Kind: AlertThreshold, Words: words})
		}
	}
	return list, nil
}

// silent finds the OPD without a story for a number of days. One whose sources
// failed, or that has none, is not silent: nobody knows. One that has never had
// a story is silent once the running month is that old.
func silent(r *metrics.Report, today calendar.Day, days int) []Alert {
	month := calendar.MonthOf(today)
	var list []Alert
	for _, o := range r.Publication.OPD {
		judged := o.Status == metrics.StatusOK || o.Status == metrics.StatusQuiet
		if !judged {
			continue
		}
		words := ""
		switch {
		case o.DaysSinceLast == nil && today.Sub(month.First()) >= days:
			words = "belum pernah ada berita"
		case o.DaysSinceLast != nil && *o.DaysSinceLast >= days:
			words = "tidak ada berita selama " + wording.Indonesian.Count(*o.DaysSinceLast) + " hari"
		default:
			continue
		}
		list = append(list, Alert{Cause: "silent/" + o.OPD, Period: month.String(), Kind: AlertSilent, Words: o.Name + ": " + words})
	}
	return list
}

// name tells thresholds of the same figure apart.
func (t Threshold) name() string {
	if t.Below != nil {
		return fmt.Sprintf("%s/below/%g", t.Figure, *t.Below)
	}
	return fmt.Sprintf("%s/above/%g", t.Figure, *t.Above)
}

// crossed says in words that a figure crossed the threshold, "" if it did not
// or is not known.
func (t Threshold) crossed(r *metrics.Report) string {
	f := findFigure(t.Figure)
	value, n := f.value(r)
	show := func(v float64) string { return wording.Indonesian.Count(int(v)) }
	if f.share {
		show = func(v float64) string { return wording.Indonesian.Percent(v, n) }
	}
	about := ""
	if f.share {
		about = " (" + wording.Indonesian.Count(n) + " perkara yang sudah diputus)"
	}
	switch {
	case value == nil:
		return ""
	case t.Below != nil && *value < *t.Below:
		return f.words + ": " + show(*value) + ", di bawah ambang " + show(*t.Below) + about
	case t.Above != nil && *value > *t.Above:
		return f.words + ": " + show(*value) + ", di atas ambang " + show(*t.Above) + about
	}
	return ""
}

var alertTitles = []struct {
	kind  AlertKind
	title string
}{
	{AlertDue, "Segera jatuh tempo"},
	{AlertSource, "Sumber tidak menjawab"},
	{AlertSilent, "OPD tanpa berita"},
	{AlertThreshold, "Melewati ambang"},
}

// Alarm tells of some alerts in one message, sorted by kind.
func (m *Measured) Alarm(r region.Region, alerts []Alert, now time.Time) (Message, error) {
	if len(alerts) == 0 {
		return Message{}, errors.New("delivery: an alarm without alerts")
	}
	today := calendar.DayOf(now, r.Zone)
	p := page{
		Subject: "Peringatan " + r.Name + ": " + wording.Indonesian.Count(len(alerts)) + " hal perlu perhatian",
		Title:   "Peringatan " + r.Name,
		Intro:   wording.Indonesian.Count(len(alerts)) + " hal baru perlu perhatian per " + wording.Indonesian.Instant(now, r.Zone) + ". Hal yang sama tidak diberitahukan lagi dalam masanya.",
		Link:    m.link(r, calendar.MonthOf(today)),
		Foot:    "Gaung, " + r.Name + ". Keadaan per " + wording.Indonesian.Day(today.String()) + " " + r.ZoneLabel() + ". Pesan ini dikirim otomatis; jangan dibalas.",
	}
	if len(alerts) == 1 {
		p.Subject = "Peringatan " + r.Name + ": " + alerts[0].Words
	}
	for _, group := range alertTitles {
		b := block{Title: group.title}
		for _, a := range alerts {
			if a.Kind == group.kind {
				b.Items = append(b.Items, a.Words)
			}
		}
		if len(b.Items) > 0 {
			p.Blocks = append(p.Blocks, b)
		}
	}
	return p.message()
}
