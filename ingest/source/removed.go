package source

import (
	"fmt"
	"slices"
	"strings"
)

// What becomes of what a source lists no longer.
const (
	// RemovedKeep leaves it as it is.
	RemovedKeep = "keep"
	// RemovedMark marks it deleted, unless more than half is gone at once:
	// a source that lost so much is more likely broken.
	RemovedMark = "mark"
	// RemovedMarkAll marks it deleted however much it is.
	RemovedMarkAll = "mark_all"
)

// Removals returns the values of removed.
func Removals() []string { return []string{RemovedKeep, RemovedMark, RemovedMarkAll} }

// MarksRemoved says that what the source lists no longer is marked deleted.
func (s Source) MarksRemoved() bool {
	return s.Removed == RemovedMark || s.Removed == RemovedMarkAll
}

const whyNot = "hanya untuk kind register, database dan jsonapi"

// validateRemoved checks the key and fills in the default. A query without a
// mark and a paged interface without {since} list everything they have. A
// folder need not, for people move old files away, nor an interface of one
// page, which may be that of the latest items.
func (s *Source) validateRemoved() []Problem {
	s.Removed = strings.TrimSpace(s.Removed)
	whole, certain, why := false, true, ""
	switch {
	case s.Kind == kindRegister:
		whole, certain = true, false
	case s.Kind == kindDatabase:
		whole, why = s.Database != nil && s.Database.Mark == "", "dengan mark hanya baris yang berubah yang dibaca, jadi yang hilang tidak terlihat"
	case s.Kind == "jsonapi":
		certain = s.API != nil && s.API.Paging.Kind != "none"
		whole, why = !strings.Contains(s.URL, "{since}"), "dengan {since} hanya yang baru yang dibaca, jadi yang hilang tidak terlihat"
	default:
		why = whyNot
	}
	switch {
	case s.Removed == "" && whole && certain:
		s.Removed = RemovedMark
	case s.Removed == "" && why == whyNot:
	case s.Removed == "":
		s.Removed = RemovedKeep
	case !slices.Contains(Removals(), s.Removed):
		return []Problem{{Key: "removed", Words: fmt.Sprintf("%q tidak dikenal; yang boleh: %s", cleanLine(s.Removed, 40), strings.Join(Removals(), ", "))}}
	case s.Removed != RemovedKeep && !whole:
		return []Problem{{Key: "removed", Words: why + "; hapus kunci ini"}}
	}
	return nil
}
