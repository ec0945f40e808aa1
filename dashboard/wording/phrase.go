package wording

import "gaung/metrics"

// Phrase puts a phrase of the metrics, and those within it, into the language.
func (l Language) Phrase(p metrics.Phrase) string {
	args := make([]any, len(p.Args))
	for i, a := range p.Args {
		if within, ok := a.(metrics.Phrase); ok {
			a = l.Phrase(within)
		}
		args[i] = a
	}
	return l.T(p.Text, args...)
}
