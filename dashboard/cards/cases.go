package cards

import (
	"image/color"
	"slices"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// caseState is one part of the bar of an OPD's cases.
type caseState struct {
	name   string
	count  func(metrics.CaseCounts) int
	colour color.NRGBA
	letter color.NRGBA
}

var caseStates = [...]caseState{
	{"tepat waktu", func(c metrics.CaseCounts) int { return c.OnTime }, blue, paper},
	{"terlambat", func(c metrics.CaseCounts) int { return c.Late }, vermillion, paper},
	{"menunggu dalam batas", func(c metrics.CaseCounts) int { return c.Pending }, sky, ink},
	{"dikeluarkan", func(c metrics.CaseCounts) int { return c.Excluded }, grey, ink},
}

// cases draws four figures and, below, the cases of the OPD that have most.
func (c *card) cases(area box, key []figures.Figure, rows []metrics.CaseOPD, title string) {
	tall, columns := 152.0, 4
	if c.upright {
		tall, columns = 324, 2
	}
	c.tiles(box{area.x, area.y, area.w, tall}, key, columns, false)
	area.y, area.h = area.y+tall+28, area.h-tall-28
	if len(rows) == 0 {
		c.scene.block(area.x, area.y+50, area.w, regular(30), muted, "Tidak ada kasus pada periode ini.", 1, 1.3)
		return
	}
	most := 8
	if c.upright {
		most = 7 // tall enough for names in two lines
	}
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b metrics.CaseOPD) int { return b.N - a.N })
	shown := sorted[:min(most, len(sorted))]
	if left := len(sorted) - len(shown); left > 0 {
		title += ": " + wording.Indonesian.Count(len(shown)) + " dengan kasus terbanyak dari " + wording.Indonesian.Count(len(sorted))
	}
	c.scene.fitted(area.x, area.y+26, area.w, bold(26), start, ink, title)
	c.legend(area.x, area.y+66)
	below := 86.0
	if c.upright {
		below = 122
	}
	area.y, area.h = area.y+below, area.h-below
	height := min(area.h/float64(len(shown)), 58)
	for i, row := range shown {
		c.caseBar(box{area.x, area.y + float64(i)*height, area.w, height}, row, max(shown[0].N, 1))
	}
}

// legend names the colours of the bars; upright in two lines.
func (c *card) legend(x, y float64) {
	f, at := regular(24), x
	for i, state := range caseStates {
		if c.upright && i == 2 {
			at, y = x, y+34
		}
		c.scene.rect(at, y-19, 22, 22, state.colour)
		c.scene.text(at+32, y, f, start, muted, state.name)
		at += 32 + f.width(state.name) + 40
	}
}

// caseBar draws one OPD: name, bar, on-time share.
func (c *card) caseBar(at box, row metrics.CaseOPD, most int) {
	s := c.scene
	f := regular(min(26, at.h*0.56))
	y := at.y + at.h/2 + f.size*0.35
	nameShare, shareWidth := 0.42, 250.0
	if c.upright {
		nameShare, shareWidth = 0.44, 150
	}
	c.name(at.x, at.y+at.h/2, at.w*nameShare-16, at.h, f, row.Name)
	left := at.x + at.w*nameShare
	scale := (at.w*(1-nameShare) - shareWidth) / float64(most)
	thick := at.h * 0.62
	x := left
	for _, state := range caseStates {
		n := state.count(row.CaseCounts)
		wide := float64(n) * scale
		s.rect(x, at.y+(at.h-thick)/2, wide, thick, state.colour)
		label := bold(f.size * 0.86)
		if text := wording.Indonesian.Count(n); n > 0 && label.width(text)+8 <= wide {
			s.text(x+wide/2, y-f.size*0.04, label, middle, state.letter, text)
		}
		x += wide
	}
	share := wording.Indonesian.OnTimeShare(row.OnTimeShare, row.CaseCounts).Text
	if !c.upright && row.OnTimeShare != nil {
		share += " tepat waktu"
	}
	s.fitted(at.x+at.w, y, shareWidth-10, f, end, ink, share)
}
