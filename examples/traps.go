package examples

import (
	"strings"
	"time"
)

// The traps of domain notes, section 8, that lie in articles. Those of whole
// sites (closed, dead, zone-less, one GUID) are quirks that the sites serve.

// bendDates moves the dates of offices that fill their quota at the end of
// the month, and marks posts whose date or title comes out wrong.
func (r *Regency) bendDates(posts []*post) {
	c := newChance("bend dates")
	inMonth := make(map[string]int)
	for _, p := range posts {
		host := r.hostOf(p.site)
		closing := r.calendar.lastWorking(p.published)
		key := p.site + closing.Format("2006-01")
		switch host.quirk {
		case quirkBurst:
			if closing.Before(endDay) && c.maybe(0.75) {
				inMonth[key]++
				p.published = closing.Add(13*time.Hour + time.Duration(inMonth[key]*9)*time.Minute)
				p.modified = p.published
			}
		case quirkBackdated:
			if closing.Before(endDay) && c.maybe(0.75) {
				inMonth[key]++
				p.quirk, p.modified = quirkBackdated, closing.Add(15*time.Hour+time.Duration(inMonth[key]*4)*time.Minute)
			}
		case quirkEpoch:
			if c.maybe(0.12) {
				p.quirk = quirkEpoch
			}
		case quirkEscaped:
			if c.maybe(0.3) && strings.Contains(p.title, " dan ") {
				p.quirk, p.title = quirkEscaped, strings.Replace(p.title, " dan ", " & ", 1)
			}
		}
	}
}

// hostOf is an office with that site; of a renamed office's two rows, the
// first.
func (r *Regency) hostOf(slug string) *office {
	for _, o := range r.offices {
		if o.slug == slug {
			return o
		}
	}
	return nil
}

// hostileTitles are what a careless or hostile site may carry: markup as it
// is, or, with another quirk, escaped once as a proper site does.
var hostileTitles = []struct{ office, title, quirk string }{
	{"Disdik", "Lomba Mading Siswa SMP <script>alert('contoh')</script> Meriahkan Bulan Bahasa", quirkHostile},
	{"Kec. Sungai Tiga", `=HYPERLINK("https://pancingan.example/","Klik Hadiah") Undian Layanan Kecamatan`, quirkHostile},
	{"Disbudpar", `Festival "Muara & Rasa" </td><img src=x onerror=alert(1)> Resmi Dibuka`, ""},
}

// trapPosts are articles at times and with titles that go wrong easily.
func (r *Regency) trapPosts(story int, titles map[string]bool) []*post {
	var posts []*post
	add := func(short string, t time.Time, title, quirk string) {
		o := officeNamed(r.offices, short)
		w := &writer{regency: r, chance: newChance("trap " + short + t.Format(time.RFC3339)), titles: titles, host: o}
		story++
		p := w.write(story, t)
		if p.modified = t; title != "" {
			p.title, p.quirk = title, quirk
		}
		posts = append(posts, p)
	}
	for month := firstDay; month.Before(endDay); month = month.AddDate(0, 1, 0) {
		if night := lastOfMonth(month).Add(23*time.Hour + 30*time.Minute); night.Before(endDay) {
			add("BPBD", night, "", "") // still this month, whatever the server's zone
		}
		add("Setda", month.Add(6*time.Hour+30*time.Minute), "", "") // in UTC still the month before
	}
	for i, hostile := range hostileTitles {
		add(hostile.office, at(2026, time.October, 13+i, 10, 5), hostile.title, hostile.quirk)
	}
	return posts
}

// republish makes the second and third appearances of stories: on the portal
// some hours later with a Sumber naming the origin, in the local press, and
// twice on the same site.
func (r *Regency) republish(originals []*post) []*post {
	c := newChance("republish")
	desk := &writer{regency: r, chance: c, host: officeNamed(r.offices, "Diskominfo")}
	var copies []*post
	add := func(p *post) {
		if p.published.Before(endDay) {
			copies = append(copies, p)
		}
	}
	for _, p := range originals {
		host := r.hostOf(p.site)
		if c.maybe(portalShare(host)) {
			add(desk.onPortal(p))
		}
		if c.maybe(0.03) {
			reprint := again(p, mediaSlug, p.published.Add(time.Duration(c.between(180, 2800))*time.Minute))
			reprint.credit = credit{style: styleMedia}
			reprint.dateline, reprint.cms = "KOTA CONTOH, WARTA CONTOH –", "Redaksi"
			add(reprint)
		}
		if host.short == "Diskopdag" && c.maybe(0.04) {
			add(again(p, p.site, p.published.Add(time.Duration(c.between(20, 60))*time.Hour)))
		}
	}
	return copies
}

// portalShare is how much of an office's output the portal takes over: all of
// it where the office has no site of its own.
func portalShare(o *office) float64 {
	switch {
	case o.site == siteNone:
		return 1
	case o.short == "Setda" || o.short == "Diskominfo":
		return 0.4
	case o.site == siteDown || o.site == siteRefused || o.site == siteHTML:
		return 0.4
	}
	return 0.18
}

// again is the same text at another place and time.
func again(p *post, site string, t time.Time) *post {
	q := *p
	q.site, q.published, q.modified, q.origin, q.quirk = site, t, t, p, ""
	return &q
}

// shortEnding is a last paragraph, in words, that an editor drops without
// changing the piece.
const shortEnding = 16

// onPortal is the portal's version: its own byline, a dateline in any case,
// and now and then without the closing lines.
func (w *writer) onPortal(p *post) *post {
	t := p.published.Add(time.Duration(w.between(35, 500)) * time.Minute)
	if hour := t.In(zone).Hour(); hour >= 18 || hour < 7 {
		t = w.after(w.regency.calendar, midnight(t).AddDate(0, 0, 1), 0)
	}
	q := again(p, portalSlug, t)
	q.cms = "Kominfotik KC"
	if q.dateline == "" {
		q.dateline = "KOTA CONTOH --"
	}
	authors := p.credit.authors
	q.credit = credit{style: styleBlock, sumber: w.sumber(p.subject), authors: authors, editors: []string{w.editor(authors...)}}
	if w.maybe(0.15) {
		q.credit = credit{style: styleNetwork, unit: "MC KAB CONTOH", editors: []string{w.editor(authors...)}}
	}
	if last := len(q.paragraph) - 1; last > 4 && len(strings.Fields(q.paragraph[last])) <= shortEnding && w.maybe(0.15) {
		q.paragraph = q.paragraph[:last]
	}
	return q
}
