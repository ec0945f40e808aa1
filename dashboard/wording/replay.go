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
func RuleChange(c metrics.RuleChange) string {
	name := rules[c.Rule]
	if name == "" {
		name = c.Rule
	}
	if c.CaseKind != "" {
		name += ", " + KindWords(c.CaseKind)
	}
	text := fmt.Sprintf("%s: dulu %s, sekarang %s hari kerja", name, limitWords(c.Then, c.ThenExtended), limitWords(c.Now, c.NowExtended))
	if c.Law != "" {
		text += " (" + c.Law + ")"
	}
	return text
}

func limitWords(limit, extended *int) string {
	switch {
	case limit == nil:
		return "tanpa batas"
	case extended != nil:
		return fmt.Sprintf("%d (%d bila diperpanjang)", *limit, *extended)
	}
	return fmt.Sprint(*limit)
}

// HolidayChange says which day off is on record now, or is not any more.
func HolidayChange(h metrics.HolidayChange) string {
	if h.Added {
		return Day(h.Date) + " (" + h.Name + ") sekarang tercatat libur"
	}
	return Day(h.Date) + " (" + h.Name + ") sekarang tidak lagi tercatat libur"
}
