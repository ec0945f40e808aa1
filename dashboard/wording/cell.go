package wording

import "gaung/metrics"

// State says what kind of thing a [Cell] holds. The states look different
// everywhere, because they mean different things: a zero is a measurement, the
// others are four reasons for not having one.
type State string

// The states of a figure.
const (
	Measured State = "measured" // a number, zero included
	Absent   State = "absent"   // there is nothing to measure, or it is not known
	Immature State = "immature" // cases exist, but their deadlines have not passed
	Failed   State = "failed"   // the source was broken: no statement is possible
	Scarce   State = "scarce"   // too few cases for a fair comparison
)

// Unknown is how an absent figure is written.
const Unknown = "–"

// The words of the states that are not numbers.
const (
	ImmatureWords = "belum matang"
	FailedWords   = "sumber gagal"
	ScarceWords   = "data kurang"
)

// Cell is one figure as it is shown: its state, its text, and for the reader
// who asks, the reason in a sentence.
type Cell struct {
	State State
	Text  string
	Note  string
}

// Value is a measured figure.
func Value(text string) Cell { return Cell{State: Measured, Text: text} }

// Missing is a figure that is not known, with the reason why, in Indonesian.
func (l Language) Missing(note string) Cell {
	return Cell{State: Absent, Text: Unknown, Note: l.T(note)}
}

// OptionalCount is a count that may be unknown.
func (l Language) OptionalCount(n *int, whenNil string) Cell {
	if n == nil {
		return l.Missing(whenNil)
	}
	return Value(l.Count(*n))
}

// OptionalNumber is a number that may be unknown.
func (l Language) OptionalNumber(v *float64, decimals int, whenNil string) Cell {
	if v == nil {
		return l.Missing(whenNil)
	}
	return Value(l.Number(*v, decimals))
}

// OnTimeShare is the on-time share of a group of cases: a percentage, "belum
// matang" while every case is still inside its limit, or absent without cases.
func (l Language) OnTimeShare(share *float64, c metrics.CaseCounts) Cell {
	switch {
	case share != nil:
		return Value(l.Percent(*share, c.OnTime+c.Late))
	case c.Pending > 0:
		return Cell{State: Immature, Text: l.T(ImmatureWords), Note: l.T("semua kasus masih dalam batas waktu")}
	}
	return l.Missing("tidak ada kasus")
}

// Interval is the 95 % interval of an on-time share: 64–88%. It is empty when
// the interval is not known.
func (l Language) Interval(low, high *float64, n int) string {
	if low == nil || high == nil {
		return ""
	}
	return l.Number(*low*100, ShareDecimals(n)) + "–" + l.Percent(*high, n)
}

// MeanWait is the restricted mean waiting time in working days, with "≤" where
// the longest waits are still running: the curve is then carried on level, so
// that the true figure is at most this (docs/METHOD.md, section 6).
func (l Language) MeanWait(c metrics.CaseOPD) Cell {
	if c.RMSTWD == nil {
		return l.Missing("tidak ada kasus")
	}
	text := l.Number(*c.RMSTWD, 1)
	if c.RMSTIsBound != nil && *c.RMSTIsBound {
		return Cell{State: Measured, Text: "≤ " + text, Note: l.T("paling banyak: kasus terlama masih berjalan")}
	}
	return Value(text)
}

// MedianWait is the median waiting time in whole working days.
func (l Language) MedianWait(c metrics.CaseOPD) Cell {
	return l.OptionalNumber(c.MedianWD, 0, "belum separuh kasus selesai")
}
