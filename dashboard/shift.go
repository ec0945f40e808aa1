package dashboard

import (
	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// shift is how an OPD's performance moved against the month before, in a word
// and an arrow, with how sure that is.
type shift struct {
	Direction figures.Movement
	Words     string // naik, turun, tetap; empty where nothing can be compared
	Sure      string // "peluang lebih baik dari periode pembanding 91%"
}

// newShift words a movement. "naik" and "turun" stand only where luck is an
// unlikely explanation (docs/METHOD.md).
func newShift(lang wording.Language, m metrics.Movement) shift {
	if m.Direction == nil {
		return shift{}
	}
	s := shift{Words: lang.T(*m.Direction), Direction: figures.Same}
	switch *m.Direction {
	case metrics.Rose:
		s.Direction = figures.Up
	case metrics.Fell:
		s.Direction = figures.Down
	}
	if m.BetterThanPrevious != nil {
		s.Sure = lang.T("peluang lebih baik dari periode pembanding {1}", lang.Percent(*m.BetterThanPrevious, 0))
	}
	return s
}

// newSignal words the change signal of a chart of months.
func newSignal(lang wording.Language, signal *string) shift {
	return newShift(lang, metrics.Movement{Direction: signal})
}
