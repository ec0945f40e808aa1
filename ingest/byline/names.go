package byline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gaung/ingest/identity"
)

// unitWords name units, accounts and stand-ins, wherever they stand in a name.
var unitWords = wordSet(`admin administrator superadmin superuser webmaster root humas redaksi redaktur operator user anonim anonymous
	kominfo diskominfo kominfotik dinas badan bagian biro bidang kantor kecamatan kelurahan desa distrik nagari sekretariat setda setwan
	pemkab pemkot pemprov pemda pemerintah prokopim protokol protokoler inspektorat rsud puskesmas uptd upt bpbd bappeda bapperida bappelitbangda
	satpol polres polda polsek polri kodim korem dprd ppid istimewa dokumentasi internet google newsroom infopublik kpu bawaslu bps
	kejaksaan kejari kejati kemenag pkk kementerian lembaga tni komdigi infokom dlh dpmd dpmptsp dpupr pupr bkd bkpsdm bkpsdmd bpkad
	kesbangpol bakesbangpol disdukcapil dukcapil kontributor pewarta webadmin team`)

// unitFirst name a unit when they stand first, or alone: elsewhere they may be
// initials or part of a name.
var unitFirst = wordSet(`tim mc media net ist dok red adv ril rls rilis release press pp berita news editor penulis reporter author
	super web website portal op humpro infokom radio rri tvri antara lpp dinkes disdik dindik dishub dinsos disnaker disbudpar dispar dispora`)

// unitPrefixes begin the short names of units: Diskominfotik, Dinkominfo …
var unitPrefixes = []string{"diskominfo", "dinkominfo", "kominfo", "admin", "humas", "bappe", "disdik", "disbud", "dispers", "disper", "bkpsdm", "prokopim"}

// IsUnknownAuthor reports whether a printed author is no person: empty, an
// account ("admin", "Admin Berita"), a unit ("humas", "Kominfotik JP", "MC KAB
// KAPUAS"), a stand-in ("Istimewa"), an address or a number.
func IsUnknownAuthor(name string) bool {
	if strings.ContainsAny(name, "@0123456789") || strings.Contains(name, "://") || strings.Contains(strings.ToLower(name), ".go.id") {
		return true
	}
	words := plainWords(name)
	if len(words) == 0 {
		return true
	}
	return isUnit(words)
}

func isUnit(words []string) bool {
	for i, w := range words {
		if unitWords[w] || (i == 0 && unitFirst[w]) {
			return true
		}
		for _, p := range unitPrefixes {
			if strings.HasPrefix(w, p) {
				return true
			}
		}
	}
	return false
}

// isUnitName reports whether the text names a unit.
func isUnitName(s string) bool {
	words := plainWords(s)
	return len(words) > 0 && isUnit(words)
}

// plainWords are the words of a name in lower case, letters only.
func plainWords(s string) []string {
	lower := strings.ToLower(s)
	var few [4]string
	words, begin := few[:0], -1
	for i := range len(lower) {
		switch c := lower[i]; {
		case c >= utf8.RuneSelf:
			return strings.FieldsFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
		case c < 'a' || c > 'z':
			if begin >= 0 {
				words = append(words, lower[begin:i])
			}
			begin = -1
		case begin < 0:
			begin = i
		}
	}
	if begin >= 0 {
		words = append(words, lower[begin:])
	}
	return slices.Clone(words)
}

// SplitNames cuts the value of a credit into names: at commas (but not before a
// degree), "&", "dan", slashes and semicolons. A unit beside a person is left
// out ("Humas/Rina"), and so are lower-case initials behind a full name ("Rina
// Sari/rs").
func SplitNames(value string) []string {
	if !strings.ContainsAny(value, "/,;&|") {
		if words := plainWords(value); len(words) > 0 && isUnit(words[:1]) {
			return []string{value} // "Humas dan Protokol" is one unit
		}
	}
	var names []string
	for _, part := range splitParts(value) {
		part = trimName(part)
		switch {
		case part == "":
		case len(names) > 0 && identity.IsTitle(part):
			names[len(names)-1] += ", " + part
		case strings.ContainsFunc(part, unicode.IsLetter) && !strings.EqualFold(part, "dkk"):
			names = append(names, part)
		}
	}
	return dropCompanions(names)
}

// conjunctions part names like a comma.
var conjunctions = strings.NewReplacer(" dan ", "\x00", " Dan ", "\x00", " DAN ", "\x00", " and ", "\x00")

// splitParts cuts at the separators; " dan " is one, the letters are not.
func splitParts(value string) []string {
	if strings.Contains(value, "an ") || strings.Contains(value, "AN ") || strings.Contains(value, "and ") {
		value = conjunctions.Replace(value)
	}
	if !strings.ContainsAny(value, "\x00,;/&|+") && value != "" {
		return []string{value}
	}
	return strings.FieldsFunc(value, func(r rune) bool {
		return strings.ContainsRune("\x00,;/&|+", r)
	})
}

// trimName takes brackets with their content and stray punctuation off a name.
func trimName(s string) string {
	if open := strings.IndexByte(s, '('); open > 0 {
		if end := strings.IndexByte(s[open:], ')'); end > 0 {
			s = s[:open] + " " + s[open+end+1:]
		}
	}
	s = strings.Trim(s, " \t-–—:*_\"“”()[]")
	return trimStop(tidySpaces(s))
}

// dropCompanions leaves out the units and initials that stand beside persons.
func dropCompanions(names []string) []string {
	if len(names) <= 1 {
		return names
	}
	persons, full := 0, 0
	for _, n := range names {
		if !IsUnknownAuthor(n) {
			persons++
			if utf8.RuneCountInString(n) > 3 {
				full++
			}
		}
	}
	if persons == 0 {
		return names
	}
	var kept []string
	for _, n := range names {
		initials := utf8.RuneCountInString(n) <= 3 && n == strings.ToLower(n)
		if IsUnknownAuthor(n) || (initials && full > 0) {
			continue
		}
		kept = append(kept, n)
	}
	return kept
}
