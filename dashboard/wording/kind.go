package wording

import "slices"

// kindWords are the canonical kinds of complaint (PermenPANRB 62/2018), in
// the order they are listed.
var kindWords = [...]Kind{
	{Code: "information", Words: "Permintaan informasi"},
	{Code: "aspiration", Words: "Aspirasi"},
	{Code: "complaint", Words: "Pengaduan|satu"},
	{Code: "supervision", Words: "Pengaduan berkadar pengawasan"},
}

// Kind is one kind of complaint and how many there are of it.
type Kind struct {
	Code  string
	Words string
	N     int
}

// Kinds lists the kinds of complaint with their numbers: the canonical ones
// always, in a fixed order, then any other by its code.
func (l Language) Kinds(byKind map[string]int) []Kind {
	list := slices.Clone(kindWords[:])
	known := make(map[string]bool, len(list))
	for i := range list {
		list[i].N, list[i].Words = byKind[list[i].Code], l.T(list[i].Words)
		known[list[i].Code] = true
	}
	var others []Kind
	for code, n := range byKind {
		if !known[code] {
			others = append(others, Kind{Code: code, Words: code, N: n})
		}
	}
	slices.SortFunc(others, func(a, b Kind) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return append(list, others...)
}
