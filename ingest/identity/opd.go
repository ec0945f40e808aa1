package identity

import (
	"strings"
	"unicode"
)

// officeWords spells out the abbreviations of government levels, which have one
// meaning everywhere. Abbreviations of offices (Dinkes, DPMD) collide between
// regions and are never guessed: they come from alias tables.
var officeWords = map[string]string{
	"prov": "provinsi", "propinsi": "provinsi", "prop": "provinsi",
	"kab": "kabupaten", "kec": "kecamatan", "kel": "kelurahan", "kep": "kepulauan",
	"pemkab": "pemerintah kabupaten", "pemkot": "pemerintah kota", "pemprov": "pemerintah provinsi",
}

// NormalizeOPD brings the name of an agency into the form that names are
// compared in: lower case, one space between words, punctuation dropped, "&"
// written "dan", and Prov., Kab., Kec., Kel. and Kep. spelt out. An SIPD code
// comes out as its numbers. The region at the end of a name stays; [NewOPD]
// knows when it may be left off.
func NormalizeOPD(s string) string {
	s = strings.NewReplacer("&", " dan ", "'", "", "\u00ad", "").Replace(fold(s))
	var words []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool {
		return r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		for _, part := range splitDots(w) {
			if long, ok := officeWords[part]; ok {
				part = long
			}
			words = append(words, part)
		}
	}
	return strings.Join(words, " ")
}

// splitDots cuts a word at its dots; an abbreviation of single letters
// (P.U., R.S.U.D.) becomes one word.
func splitDots(w string) []string {
	parts := strings.FieldsFunc(w, func(r rune) bool { return r == '.' })
	if len(parts) < 2 {
		return parts
	}
	for _, p := range parts {
		if r := []rune(p); len(r) != 1 || !unicode.IsLetter(r[0]) {
			return parts
		}
	}
	return []string{strings.Join(parts, "")}
}

// bareOffice are words that name a kind of office, not an office: a region may
// not be cut off a name if only one of these is left ("Kecamatan Contoh").
var bareOffice = map[string]bool{
	"kecamatan": true, "kelurahan": true, "desa": true, "distrik": true, "nagari": true,
	"kantor": true, "dinas": true, "badan": true, "bagian": true, "biro": true, "bidang": true,
	"sekretariat": true, "pemerintah": true, "puskesmas": true, "uptd": true, "upt": true,
	"kabupaten": true, "kota": true, "provinsi": true, "kepulauan": true, "rsud": true,
	"pdam": true, "perumda": true, "camat": true, "lurah": true, "unit": true,
}

// regionTails gives the ways a region is written behind an agency's name, for
// "Kabupaten Contoh": "pemerintah kabupaten contoh", "kabupaten contoh",
// "contoh".
func regionTails(regionNames []string) []string {
	var tails []string
	for _, name := range regionNames {
		full := NormalizeOPD(name)
		if full == "" {
			continue
		}
		bare := full
		level := false
		for _, prefix := range []string{"provinsi ", "kabupaten administrasi ", "kota administrasi ", "kabupaten ", "kota "} {
			if rest, ok := strings.CutPrefix(full, prefix); ok {
				bare, level = rest, true
				break
			}
		}
		if !level {
			// Provinces stand in the table by their bare name.
			tails = append(tails, "pemerintah provinsi "+full, "provinsi "+full)
		}
		tails = append(tails, "pemerintah "+full, full, bare)
	}
	return tails
}

// cutTail leaves off the region, if what is left still names an office. It
// returns the shortest such rest.
func cutTail(name string, tails []string) (string, bool) {
	best, cut := name, false
	for _, tail := range tails {
		rest, ok := strings.CutSuffix(name, " "+tail)
		if ok && !bareOffice[rest] && len(rest) < len(best) {
			best, cut = rest, true
		}
	}
	return best, cut
}
