package examples

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// credit is who made an article, as its byline prints it (forms: domain
// notes, section 5.1).
type credit struct {
	style           string
	sumber          string
	authors         []string
	editors, photos []string
	unit            string // signs for people in style "unit"
}

// Forms of bylines.
const (
	styleBlock   = "blok"     // Sumber:, Penulis:, Editor: on lines of their own, names on the next
	styleWriter  = "penulis"  // Penulis : name, before the hashtags
	styleBy      = "oleh"     // Oleh: name / Editor: name, name
	styleUnit    = "unit"     // Reporter: unit | Editor: unit, signed unit/initials
	styleFoot    = "kaki"     // a photo credit that is no Sumber, Kontributor: a & b
	styleNone    = "tanpa"    // only the CMS user
	styleNetwork = "jaringan" // Oleh MC KAB CONTOH, day | time WIB - Redaktur: name - reads
	styleMedia   = "media"    // (***) and "Baca Juga"
)

// sign gives an original its byline and CMS user.
func (w *writer) sign(p *post) {
	author := w.author()
	p.credit = credit{style: w.host.style, authors: []string{author}}
	p.cms = "Admin Berita"
	switch w.host.style {
	case styleBlock:
		p.credit.sumber = w.sumber(p.subject)
		p.credit.editors = []string{w.editor(author)}
		if w.maybe(0.3) {
			p.credit.photos = []string{w.author()}
		}
	case styleBy:
		p.credit.editors = []string{w.editor(author)}
		if w.maybe(0.25) {
			p.credit.editors = append(p.credit.editors, w.editor(author, p.credit.editors[0]))
		}
	case styleUnit:
		p.credit.unit = "Humas " + w.host.called()
		p.cms = strings.ToLower(strings.ReplaceAll(w.host.short, " ", ""))
	case styleFoot:
		p.credit.photos = []string{w.author()}
		if w.maybe(0.3) {
			p.credit.authors = append(p.credit.authors, w.author())
		}
	case styleNone:
		if p.cms = author; w.maybe(0.3) {
			p.cms = "admin"
		}
	}
	if p.subject != w.host {
		p.credit.sumber = w.sumber(p.subject)
	}
}

// author is one of the host's people, or somebody the list does not know.
func (w *writer) author() string {
	people := w.regency.peopleOf(w.host)
	if len(people) == 0 || w.maybe(0.06) {
		staff := newChance("staff " + w.host.slug)
		names := []string{w.regency.words.person(staff), w.regency.words.person(staff)}
		return pick(w.chance, names)
	}
	// The first of an office writes most.
	p := people[min(int(w.lag(float64(len(people))/3)), len(people)-1)]
	return p.written(w.chance)
}

// editor is a pranata humas of the host, else of the Diskominfo, and nobody
// of those named already.
func (w *writer) editor(named ...string) string {
	people := w.regency.peopleOf(w.host, groupHumas)
	if len(people) < 4 {
		people = w.regency.peopleOf(officeNamed(w.regency.offices, "Diskominfo"), groupHumas)
	}
	for {
		if p := pick(w.chance, people); !slices.ContainsFunc(named, p.spelt) {
			return p.written(w.chance)
		}
	}
}

// sumber is one of the ways in which an office is named.
func (w *writer) sumber(o *office) string {
	names := append([]string{o.name, o.name, o.short, o.name + " Kabupaten Contoh"}, o.aliases...)
	return pick(w.chance, names)
}

// dateline is the place an article begins with: the town, or the district
// where it happened. Some sites print none.
func (w *writer) dateline(district string) string {
	place := "Kota Contoh"
	if w.host.district() != "" || w.maybe(0.4) {
		place = district
	}
	switch w.host.style {
	case styleNone, styleUnit:
		return ""
	case styleBlock:
		return strings.ToUpper(place) + " --"
	}
	return pick(w.chance, []string{strings.ToUpper(place) + " –", strings.ToUpper(place) + " --", place + " -"})
}

// html is the article's body as its site prints it.
func (p *post) html() string {
	var b strings.Builder
	line := func(format string, args ...any) {
		for i, a := range args {
			args[i] = html.EscapeString(a.(string))
		}
		fmt.Fprintf(&b, format, args...)
	}
	if p.credit.style == styleUnit {
		line("<p>Reporter: %s | Editor: %s</p>\n", p.credit.unit, p.credit.unit)
	}
	if p.credit.style == styleNetwork {
		line("<p>Oleh %s, %s | %s WIB - Redaktur: %s - %s</p>\n", p.credit.unit, longDay(p.published), p.published.In(zone).Format("15:04"),
			p.credit.editors[0], fmt.Sprint(100+p.id%800))
	}
	for i, text := range p.paragraph {
		if i == 0 && p.dateline != "" {
			text = p.dateline + " " + text
		}
		if i == len(p.paragraph)-1 {
			text += p.signature()
		}
		line("<p>%s</p>\n", text)
		if p.credit.style == styleMedia && i == 0 {
			line("<p><strong>Baca Juga: %s</strong></p>\n", "Jadwal Layanan Keliling Pekan Ini")
		}
	}
	b.WriteString(p.credit.html(p))
	return b.String()
}

// signature ends the last paragraph in some forms.
func (p *post) signature() string {
	switch p.credit.style {
	case styleUnit:
		return " (" + p.credit.unit + "/" + initials(p.credit.authors[0]) + ")"
	case styleMedia:
		return " (***)"
	}
	return ""
}

// html is the byline at the end of the body.
func (c credit) html(p *post) string {
	names := func(list []string, separator string) string { return html.EscapeString(strings.Join(list, separator)) }
	var b strings.Builder
	if c.sumber != "" {
		fmt.Fprintf(&b, "<p>Sumber:<br />\n%s</p>\n", html.EscapeString(c.sumber))
	}
	switch c.style {
	case styleBlock:
		fmt.Fprintf(&b, "<p>Penulis:<br />\n%s<br />\nEditor:<br />\n%s</p>\n", names(c.authors, ", "), names(c.editors, ", "))
	case styleWriter:
		fmt.Fprintf(&b, "<p>Penulis : %s</p>\n<p>#KabupatenContoh #%s</p>\n", names(c.authors, ", "), strings.ReplaceAll(p.subject.called(), " ", ""))
	case styleBy:
		fmt.Fprintf(&b, "<p>Oleh: %s<br />\nEditor: %s</p>\n", names(c.authors, ", "), names(c.editors, ", "))
	case styleFoot:
		fmt.Fprintf(&b, "<p>Sumber Gambar : %s</p>\n<p>Kontributor: %s<br />\n", strings.ToLower(p.subject.called()), names(c.authors, " & "))
	}
	if c.style == styleFoot {
		fmt.Fprintf(&b, "Foto: %s</p>\n", names(c.photos, ", "))
	} else if len(c.photos) > 0 {
		fmt.Fprintf(&b, "<p>Foto: %s</p>\n", names(c.photos, ", "))
	}
	return b.String()
}
