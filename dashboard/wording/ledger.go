package wording

import "strings"

// dayReasons are the beginnings of the reasons of a ledger day that go on with
// a name.
var dayReasons = [...]string{"libur nasional", "cuti bersama", "libur daerah"}

// DayReason puts the reason why a day of a ledger counted or not into the
// language. Names of holidays stay as the decree has them.
func (l Language) DayReason(why string) string {
	if l.texts == nil {
		return why
	}
	var list []string
	for _, reason := range strings.Split(why, "; ") {
		list = append(list, l.dayReason(reason))
	}
	return strings.Join(list, "; ")
}

func (l Language) dayReason(reason string) string {
	for _, suffix := range [...]string{" (lewat tenggat)", " (perpanjangan)"} {
		if before, ok := strings.CutSuffix(reason, suffix); ok {
			return l.dayReason(before) + l.T(suffix)
		}
	}
	if day, ok := strings.CutPrefix(reason, "akhir pekan ("); ok {
		return l.T("akhir pekan ({1})", l.T(strings.TrimSuffix(day, ")")))
	}
	for _, kind := range dayReasons {
		if name, ok := strings.CutPrefix(reason, kind+": "); ok {
			return l.T(kind) + ": " + name
		}
	}
	if reason == "hari kerja" {
		return l.T("hari kerja|hari")
	}
	return l.known(reason)
}
