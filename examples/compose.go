package examples

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// composition is an article before it is signed and published.
type composition struct {
	title      string
	paragraphs []string
	tags       []string
	district   string // where it happened
	event      event
}

// scene is what the slots of one article's sentences stand for.
type scene struct {
	*writer
	subject  *office
	topic    topic
	district district
	village  string
	place    string
	day      time.Time
}

// compose writes about something the subject did on a day.
func (w *writer) compose(subject *office, day time.Time) composition {
	s := w.scene(subject, day)
	title := s.line(s.usable("judul"))
	return composition{
		title:      title,
		paragraphs: s.body(),
		tags:       []string{"Berita", titleCase(s.topic.activity)},
		district:   s.district.name,
		event:      event{office: subject, day: day, title: titleCase(s.topic.activity) + " " + s.where(), venue: s.place},
	}
}

func (w *writer) scene(subject *office, day time.Time) *scene {
	words := w.regency.words
	s := &scene{writer: w, subject: subject, topic: pick(w.chance, subject.field.topics), day: day}
	s.district = pick(w.chance, words.districts)
	if name := subject.district(); name != "" {
		for _, d := range words.districts {
			if d.name == name {
				s.district = d
			}
		}
	}
	s.village = pick(w.chance, s.district.villages)
	s.place = expand(w.chance, pick(w.chance, s.usable("tempat")), s.slot)
	return s
}

// where is the place as it stands after an event's name.
func (s *scene) where() string { return "di " + s.place }

// usable are the general lines of a section that suit the subject: a
// kecamatan does not work together with itself.
func (s *scene) usable(section string) []string {
	all := s.regency.words.general[section]
	if s.subject.district() == "" {
		return all
	}
	var list []string
	for _, line := range all {
		if !strings.Contains(strings.ToLower(line), "kecamatan <kecamatan>") && !strings.Contains(line, "<camat>") {
			list = append(list, line)
		}
	}
	return list
}

func (s *scene) line(from []string) string { return expand(s.chance, pick(s.chance, from), s.slot) }

// body is 80 to 250 words in paragraphs of one to three sentences. Sentences
// come from the general lines and those of the subject's field, none twice.
func (s *scene) body() []string {
	f := s.subject.field
	order := [][]string{
		s.usable("pembuka"), f.facts, s.usable("kutipan"), s.usable("fakta"), f.quotes, f.backgrounds, s.usable("fakta"),
		s.usable("peserta"), s.usable("tindak-lanjut"), s.usable("kutipan"), f.facts, s.usable("latar"), s.usable("fakta"),
	}
	middle := order[1:]
	s.Shuffle(len(middle), func(i, j int) { middle[i], middle[j] = middle[j], middle[i] })
	goal, words, used := s.between(85, 205), 0, make(map[string]bool)
	var paragraphs, current []string
	for _, lines := range order {
		template := pick(s.chance, lines)
		for tries := 0; used[template] && tries < 4; tries++ {
			template = pick(s.chance, lines)
		}
		if used[template] {
			continue
		}
		used[template] = true
		sentence := expand(s.chance, template, s.slot)
		current = append(current, sentence)
		words += len(strings.Fields(sentence))
		if len(current) == 3 || s.maybe(0.55) {
			paragraphs, current = append(paragraphs, strings.Join(current, " ")), nil
		}
		if words >= goal {
			break
		}
	}
	if s.maybe(0.6) {
		current = append(current, s.line(s.usable("penutup")))
	}
	if len(current) > 0 {
		paragraphs = append(paragraphs, strings.Join(current, " "))
	}
	return paragraphs
}

var (
	numberWords = []string{"tiga", "empat", "lima", "enam", "tujuh", "delapan"}
	quarters    = [...]string{"I", "II", "III", "IV"}
)

// slots are what <names> in the word files stand for. Capital forms are those
// of titles and of beginnings of sentences.
var slots = map[string]func(*scene) string{
	"kegiatan":     func(s *scene) string { return s.topic.activity },
	"Kegiatan":     func(s *scene) string { return titleCase(s.topic.activity) },
	"Kegiatanawal": func(s *scene) string { return sentenceCase(s.topic.activity) },
	"peserta":      func(s *scene) string { return s.topic.audience },
	"Peserta":      func(s *scene) string { return titleCase(s.topic.audience) },
	"tujuan":       func(s *scene) string { return s.topic.purpose },
	"Tujuan":       func(s *scene) string { return titleCase(s.topic.purpose) },
	"opd":          func(s *scene) string { return s.subject.name },
	"Opd":          func(s *scene) string { return s.subject.name },
	"singkat":      func(s *scene) string { return s.subject.called() },
	"Singkat":      func(s *scene) string { return s.subject.called() },
	"kepala":       func(s *scene) string { return s.subject.headTitle },
	"Kepala":       func(s *scene) string { return s.subject.headTitle },
	"kepalanama":   func(s *scene) string { return s.subject.head },
	"camat":        (*scene).camat,
	"nama":         func(s *scene) string { return s.regency.words.person(s.chance) },
	"tempat":       func(s *scene) string { return s.place },
	"Tempat":       func(s *scene) string { return s.place },
	"kecamatan":    func(s *scene) string { return s.district.name },
	"Kecamatan":    func(s *scene) string { return s.district.name },
	"desa":         func(s *scene) string { return pick(s.chance, s.district.villages) },
	"Desa":         func(s *scene) string { return "Desa " + s.village },
	"hari":         (*scene).dayInText,
	"tahun":        func(s *scene) string { return strconv.Itoa(s.day.Year()) },
	"bulan":        func(s *scene) string { return monthNames[s.day.Month()] },
	"Bulan":        func(s *scene) string { return monthNames[s.day.Month()] },
	"triwulan":     func(s *scene) string { return quarters[(s.day.Month()-1)/3] },
	"Triwulan":     func(s *scene) string { return quarters[(s.day.Month()-1)/3] },
	"angka":        func(s *scene) string { return strconv.Itoa(s.between(14, 180)) },
	"Angka":        func(s *scene) string { return strconv.Itoa(s.between(14, 180)) },
	"angka2":       func(s *scene) string { return strconv.Itoa(s.between(120, 980)) },
	"bilangan":     func(s *scene) string { return pick(s.chance, numberWords) },
	"persen":       func(s *scene) string { return strconv.Itoa(s.between(31, 94)) },
	"juta":         func(s *scene) string { return strconv.Itoa(s.between(9, 190) * 5) },
}

// slot gives the words of one slot; the word files were checked to use only
// those that exist.
func (s *scene) slot(name string) string { return slots[name](s) }

func (s *scene) camat() string {
	camat := officeNamed(s.regency.offices, "Kec. "+s.district.name)
	return camat.headTitle + ", " + camat.head
}

// dayInText is the event's day as articles print it: "Senin (5/10/2026)".
func (s *scene) dayInText() string {
	return fmt.Sprintf("%s (%d/%d/%d)", dayNames[s.day.Weekday()], s.day.Day(), s.day.Month(), s.day.Year())
}
