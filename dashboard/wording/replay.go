package wording

import (
	"fmt"

	"gaung/metrics"
)

// rules are the deadlines in Indonesian.
var rules = map[string]string{
	metrics.RulePPID:                   "permohonan informasi",
	metrics.RuleObjection:              "keberatan",
	metrics.RuleComplaintVerify:        "verifikasi pengaduan",
	metrics.RuleComplaintFirstResponse: "tanggapan pertama pengaduan",
	metrics.RuleComplaintResolve:       "penyelesaian pengaduan",
}

// RuleChange says how a deadline differs: "permohonan informasi: dulu 10 (17
// bila diperpanjang), sekarang 5 hari kerja (UU …)".
func (l Language) RuleChange(c metrics.RuleChange) string {
	name := l.T(rules[c.Rule])
	if name == "" {
		name = c.Rule
	}
	if c.CaseKind != "" {
		name += ", " + l.KindWords(c.CaseKind)
	}
	text := l.T("{1}: dulu {2}, sekarang {3} hari kerja", name, l.limitWords(c.Then, c.ThenExtended), l.limitWords(c.Now, c.NowExtended))
	if c.Law != "" {
		text += " (" + c.Law + ")"
	}
	return text
}

func (l Language) limitWords(limit, extended *int) string {
	switch {
	case limit == nil:
		return l.T("tanpa batas")
	case extended != nil:
		return l.T("{1} ({2} bila diperpanjang)", *limit, *extended)
	}
	return fmt.Sprint(*limit)
}

// HolidayChange says which day off is on record now, or is not any more.
func (l Language) HolidayChange(h metrics.HolidayChange) string {
	if h.Added {
		return l.T("{1} ({2}) sekarang tercatat libur", l.Day(h.Date), h.Name)
	}
	return l.T("{1} ({2}) sekarang tidak lagi tercatat libur", l.Day(h.Date), h.Name)
}
