package identity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Suggestion is a near match for a person to decide on. It is never applied by
// the program.
type Suggestion struct {
	// Target and Text are of the known name that is near.
	Target, Text string
	// Score orders suggestions, 0 to 1: 1 is the same name (not valid on the
	// day, or shared by two targets), 0.97 differs in spaces only, 0.95 in the
	// order of words only, 0.9 in one letter of one of several words, 0.75 in
	// one letter of a single word.
	Score float64
	// Evidence says in Indonesian what is alike and what differs.
	Evidence string
}

// mostSuggestions is how many near matches a person is shown for one name.
const mostSuggestions = 5

// minLetters is the length from which one different letter may be a slip:
// "ronni" and "ronny", but not "budi" and "dodi".
const minLetters = 5

// knownName is a name prepared for comparison.
type knownName struct {
	name  Name
	forms []nameForm
}

type nameForm struct {
	key    string
	joined string
	sorted []string
}

func newKnownName(n Name, keys ...string) knownName {
	slices.Sort(keys)
	k := knownName{name: n}
	for _, key := range slices.Compact(keys) {
		k.forms = append(k.forms, newForm(key))
	}
	return k
}

func newForm(key string) nameForm {
	words := strings.Fields(key)
	joined := strings.Join(words, "")
	slices.Sort(words)
	return nameForm{key: key, joined: joined, sorted: words}
}

// Suggest lists known names near the text, best first, one per target, at most
// five: names of the same words in another order or with other spaces, and
// names that differ by one letter in one word of five letters or more.
func (r *Resolver) Suggest(raw string) []Suggestion {
	key := r.normalize(raw)
	if key == "" {
		return nil
	}
	wanted := []nameForm{newForm(key)}
	if short, ok := cutTail(key, r.tails); ok {
		wanted = append(wanted, newForm(short))
	}
	best := make(map[string]Suggestion)
	for _, known := range r.known {
		for _, form := range known.forms {
			for _, want := range wanted {
				score, evidence := compare(want, form)
				if score > best[known.name.Target].Score {
					best[known.name.Target] = Suggestion{
						Target: known.name.Target, Text: known.name.Text, Score: score, Evidence: evidence,
					}
				}
			}
		}
	}
	out := make([]Suggestion, 0, len(best))
	for _, s := range best {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Target, b.Target))
	})
	return out[:min(len(out), mostSuggestions)]
}

// compare scores two normalised names; 0 means not near.
func compare(a, b nameForm) (score float64, evidence string) {
	switch {
	case a.key == b.key:
		return 1, "nama sama; periksa masa berlaku atau nama yang dipakai dua pihak"
	case a.joined == b.joined:
		return 0.97, "huruf sama, hanya spasinya berbeda"
	case slices.Equal(a.sorted, b.sorted):
		return 0.95, "kata sama, urutannya berbeda"
	}
	x, y, ok := oneDifference(a.sorted, b.sorted)
	if !ok || utf8.RuneCountInString(x) < minLetters || utf8.RuneCountInString(y) < minLetters {
		return 0, ""
	}
	if levenshtein.ComputeDistance(x, y) != 1 {
		return 0, ""
	}
	score = 0.9
	if len(a.sorted) == 1 {
		score = 0.75
	}
	return score, fmt.Sprintf("hanya satu huruf berbeda: %s / %s", x, y)
}

// oneDifference returns the only words in which two sorted lists of equal
// length differ.
func oneDifference(a, b []string) (x, y string, ok bool) {
	if len(a) != len(b) {
		return "", "", false
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i++
			j++
		case j == len(b) || (i < len(a) && a[i] < b[j]):
			if x != "" {
				return "", "", false
			}
			x = a[i]
			i++
		default:
			if y != "" {
				return "", "", false
			}
			y = b[j]
			j++
		}
	}
	return x, y, x != "" && y != ""
}
