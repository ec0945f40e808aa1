package byline

import (
	"regexp"
	"strings"
	"unicode"
)

// dash parts the dateline from the text: "--", "—", "–", or a hyphen with a
// space on one side at least.
var dash = regexp.MustCompile(`\s*(?:-{2,}|[—–]+|\s-\s?|-\s)\s*`)

// datelineReach is how far into a line its dateline can reach, in bytes.
const datelineReach = 80

// datelineLines is how many lines may stand before the one with the dateline:
// title, caption.
const datelineLines = 3

// readDateline takes "PANGKALPINANG --", "KUALA KAPUAS, IB -", "Sangatta –" off
// the first paragraph. It gives the place, never the agency.
func (a *article) readDateline() {
	rows := a.open()
	for n, i := range rows[:min(datelineLines, len(rows))] {
		place, rest, ok := splitDateline(a.lines[i])
		if !ok {
			if isProse(a.lines[i]) {
				return
			}
			continue
		}
		if n > 0 && !moreWords(rest, 7) {
			continue // "Rapat – Hari Kedua" is a caption
		}
		a.place, a.lines[i] = place, rest
		if rest == "" {
			a.used[i] = true
		}
		a.rule(ruleDateline)
		return
	}
}

// splitDateline parts a line at its dateline.
func splitDateline(line string) (place, rest string, ok bool) {
	reach := line
	if len(reach) > datelineReach {
		reach = reach[:datelineReach]
	}
	if !strings.Contains(reach, "-") && !strings.Contains(reach, "—") && !strings.Contains(reach, "–") {
		return "", "", false // most lines; the pattern costs a hundred times as much
	}
	loc := dash.FindStringIndex(reach)
	if loc == nil || loc[0] == 0 {
		return "", "", false
	}
	head := line[:loc[0]]
	place, ok = placeOf(head)
	if !ok {
		return "", "", false
	}
	return place, strings.TrimSpace(line[loc[1]:]), true
}

var brackets = regexp.MustCompile(`\s*[(\[][^()\[\]]*[)\]]\s*`)

// placeOf reads the text before the dash: a place, perhaps with the name of the
// medium, a date, or both.
func placeOf(head string) (string, bool) {
	if strings.ContainsAny(head, "([") {
		head = brackets.ReplaceAllString(head, ", ")
	}
	place := ""
	for i, part := range strings.Split(head, ",") {
		part = strings.TrimSpace(part)
		words := strings.Fields(part)
		switch {
		case part == "" && i > 0:
		case len(words) == 0 || len(words) > 4:
			return "", false
		case place == "" && isPlace(words):
			place = strings.Trim(part, ".:")
		case isStamp(part), isUnitName(part), strings.Contains(part, "."), place != "" && isProper(part) && !isOffice(part):
		default:
			return "", false
		}
	}
	return place, place != ""
}

// notPlaces begin lines with a dash that are no dateline.
var notPlaces = wordSet(`tim rapat kegiatan program festival hari bimtek sosialisasi pelatihan lomba tahun bapak ibu bulan dalam jumlah
	foto video berita siaran pengumuman agenda info tips jadwal pemenang juara`)

// isPlace reports whether the words can name a place: capitals, no unit, no
// office, no figure.
func isPlace(words []string) bool {
	if isUnit(plainWords(strings.Join(words, " "))) || strings.Contains(strings.ToLower(strings.Join(words, " ")), ".go.id") {
		return false
	}
	for i, w := range words {
		w = strings.Trim(w, ".:")
		if !startsUpper(w) || strings.ContainsFunc(w, unicode.IsDigit) {
			return false
		}
		for _, r := range w {
			if !unicode.IsLetter(r) && !strings.ContainsRune("-'’.", r) {
				return false
			}
		}
		lower := strings.ToLower(w)
		if proseWords[lower] || officeWords[lower] || (i == 0 && notPlaces[lower]) {
			return false
		}
	}
	return true
}
