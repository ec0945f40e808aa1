package wording

import (
	"strconv"
	"strings"

	"gaung/metrics"
	"gaung/metrics/calendar"
)

// Span writes a period: a month by its name, other days from the first to the
// last, as short as both allow: 1–28 Okt 2026, 8 Okt – 4 Nov 2026.
func (l Language) Span(p calendar.Period) string {
	if m, ok := p.Month(); ok {
		return l.Month(m.Year, m.Month)
	}
	return l.span(p)
}

// ShortSpan is Span with a short month: Okt 2026.
func (l Language) ShortSpan(p calendar.Period) string {
	if m, ok := p.Month(); ok {
		return l.MonthAbbreviation(m.Month) + " " + strconv.Itoa(m.Year)
	}
	return l.span(p)
}

// SpanWithin is ShortSpan without the year of days that are no month: 8 Okt – 4 Nov.
func (l Language) SpanWithin(p calendar.Period) string {
	text := l.ShortSpan(p)
	if _, whole := p.Month(); whole {
		return text
	}
	return strings.TrimSuffix(text, " "+strconv.Itoa(p.Last.Year()))
}

func (l Language) span(p calendar.Period) string {
	year, month, day := p.First.Date()
	last := l.ShortDay(p.Last.String())
	switch lastYear, lastMonth, _ := p.Last.Date(); {
	case p.First == p.Last:
		return last
	case year != lastYear:
		return l.ShortDay(p.First.String()) + " – " + last
	case month != lastMonth:
		return strconv.Itoa(day) + " " + l.MonthAbbreviation(month) + " – " + last
	}
	return strconv.Itoa(day) + "–" + last
}

// channelNames are the channels that are not written as they are called.
var channelNames = map[string]string{
	"website": "situs OPD", "portal": "portal", "instagram": "Instagram", "facebook": "Facebook", "x": "X",
	"youtube": "YouTube", "tiktok": "TikTok", "media": "media",
}

// Channel names a channel of articles; one it does not know is its own name.
func (l Language) Channel(channel string) string {
	if name, ok := channelNames[channel]; ok {
		return l.T(name)
	}
	return channel
}

// Restricted says in a few words what a report is restricted to, empty for
// nothing: "kelompok Dinas, saluran portal".
func (l Language) Restricted(f metrics.Filters) string {
	var text string
	add := func(words string) {
		if text != "" {
			text += ", "
		}
		text += words
	}
	if f.PeerGroup != nil {
		add(l.T("kelompok {1}", *f.PeerGroup))
	}
	if len(f.OPD) == 1 {
		add(f.OPD[0].Name)
	} else if len(f.OPD) > 1 {
		add(l.T("{1} OPD", len(f.OPD)))
	}
	if f.Channel != nil {
		add(l.T("saluran {1}", l.Channel(*f.Channel)))
	}
	return text
}
