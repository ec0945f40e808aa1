package cards

import (
	"image/color"

	"gaung/dashboard/figures"
	"gaung/dashboard/wording"
	"gaung/metrics"
)

// ends is how many OPD of either end of the ranking a card shows.
const ends = 5

// ranking is the league table of publication: its two ends.
func (c *card) ranking() {
	a := figures.Attain(c.report)
	finding := "Belum ada OPD yang dapat dinilai"
	if a.Measured > 0 {
		finding = wording.Indonesian.Count(a.Met) + " dari " + wording.Indonesian.Count(a.Measured) + " OPD memenuhi target berita tiap minggu"
	}
	ranked := rankedOPD(c.report)
	unranked := len(c.report.Publication.OPD) - len(ranked)
	area := c.frame("Peringkat publikasi OPD", finding, wording.Indonesian.Count(len(ranked))+" OPD diperingkat, "+wording.Indonesian.Count(unranked)+" tidak",
		"situs dan kanal OPD; berita yang sama dihitung satu kali")
	if len(ranked) == 0 {
		c.scene.block(area.x, area.y+60, area.w, regular(32), muted, "Tidak ada OPD yang dapat diperingkat pada periode ini.", 2, 1.3)
		return
	}
	note := "Capaian: berita ÷ target, garis tegak 100%. Tempat: rentang 90% sesudah penyesuaian; rentang yang bertumpang tindih tidak dapat dibedakan."
	lines := 1.0
	if c.upright {
		lines = 2
	}
	c.scene.block(area.x, area.y+area.h-(lines-1)*29, area.w, regular(24), muted, note, int(lines), 1.2)
	area.h -= lines * 34
	top, bottom := ranked, []metrics.PublicationOPD(nil)
	if len(ranked) > 2*ends {
		top, bottom = ranked[:ends], ranked[len(ranked)-ends:]
	}
	rows := len(top) + len(bottom) + 1 // and the titles of the columns
	if len(bottom) > 0 {
		rows++ // the gap between the two ends
	}
	t := c.columns(area, area.h/float64(max(rows, 9)))
	t.titles()
	for _, o := range top {
		t.row(o)
	}
	if len(bottom) > 0 {
		t.skip(len(ranked) - 2*ends)
		for _, o := range bottom {
			t.row(o)
		}
	}
}

// rankedOPD lists the OPD that have a place.
func rankedOPD(r *metrics.Report) []metrics.PublicationOPD {
	var list []metrics.PublicationOPD
	for _, o := range r.Publication.OPD {
		if o.RankLow != nil && o.RankHigh != nil && o.Score != nil {
			list = append(list, o)
		}
	}
	return list
}

// league draws the rows of the ranking one below the other.
type league struct {
	*card
	y, rowHeight           float64
	tier, left, bar, scale float64 // left edges; scale is the width of a bar of 100 %
	nameWidth              float64
	stories, place         float64 // right edges
	font                   face
}

// columns divides the width: tier, name, bar, stories, places.
func (c *card) columns(area box, rowHeight float64) *league {
	l := &league{card: c, y: area.y, rowHeight: rowHeight, font: regular(min(30, rowHeight*0.5))}
	right := area.x + area.w
	l.tier, l.left = area.x, area.x+64
	l.place, l.stories = right, right-140
	share := 0.35
	if c.upright {
		l.stories, share = right-112, 0.26
		l.font = regular(min(26, rowHeight*0.5))
	}
	barWidth := area.w * share
	l.bar = l.stories - 145 - barWidth
	l.scale = (barWidth - 112) / 1.2
	l.nameWidth = l.bar - l.left - 20
	return l
}

func (l *league) baseline() float64 { return l.y + l.rowHeight/2 + l.font.size*0.35 }

func (l *league) titles() {
	f := bold(min(24, l.font.size))
	y := l.baseline()
	for _, t := range []struct {
		x float64
		a anchor
		s string
	}{{l.left, start, "OPD (tingkat A–C)"}, {l.bar, start, "Capaian"}, {l.stories, end, "Berita"}, {l.place, end, "Tempat"}} {
		l.scene.text(t.x, y, f, t.a, muted, t.s)
	}
	l.y += l.rowHeight
	l.scene.across(l.tier, l.y, l.place-l.tier, 2, faint)
}

// skip says how many OPD are left out.
func (l *league) skip(n int) {
	l.scene.text(l.left, l.baseline(), regular(l.font.size*0.9), start, muted, "… "+wording.Indonesian.Count(n)+" OPD di antaranya …")
	l.y += l.rowHeight
	l.scene.across(l.tier, l.y, l.place-l.tier, 2, faint)
}

func (l *league) row(o metrics.PublicationOPD) {
	s, y := l.scene, l.baseline()
	colour, letter := tierColour(o.Tier)
	badge := min(44, l.rowHeight*0.72)
	s.rect(l.tier, l.y+(l.rowHeight-badge)/2, badge, badge, colour)
	s.text(l.tier+badge/2, y, bold(l.font.size), middle, letter, wording.Tier(o.Tier))
	l.name(l.left, l.y+l.rowHeight/2, l.nameWidth, l.rowHeight, l.font, o.Name)

	// The bar is what happened; the order and the places are after shrinkage.
	length, share := 0.0, wording.Unknown
	if raw := figures.Raw(o); raw != nil {
		length, share = l.scale*min(max(*raw, 0), 1.2), wording.Indonesian.Percent(*raw, 0)
		if *raw >= 10 {
			share = "> 999%"
		}
	}
	thick := l.rowHeight * 0.5
	s.rect(l.bar, l.y+(l.rowHeight-thick)/2, max(length, 2), thick, colour)
	s.down(l.bar+l.scale, l.y+6, l.rowHeight-12, 2, ink)
	s.text(l.bar+max(length, l.scale)+14, y, l.font, start, ink, share)
	s.text(l.stories, y, l.font, end, ink, wording.Indonesian.Count(o.Stories))
	s.text(l.place, y, bold(l.font.size), end, ink, wording.Range(o.RankLow, o.RankHigh))
	l.y += l.rowHeight
}

// tierColour is the colour of a tier and of the letter on it.
func tierColour(tier *string) (colour, letter color.NRGBA) {
	switch wording.Tier(tier) {
	case "A":
		return navy, paper
	case "B":
		return sky, ink
	case "C":
		return vermillion, paper
	}
	return grey, ink
}
