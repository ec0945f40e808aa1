// Package examples is the invented regency "Kabupaten Contoh": a small,
// deterministic generator of its agencies, people, articles, requests and
// complaints, the files to import (Files), and the loopback web sites from
// which its articles are pulled (NewSites). Everything in it is data contoh;
// no person, office or site exists.
//
// A new trap is one line in words/opd.csv (column quirk) or traps.go, and one
// line in kabupaten-contoh/README.md.
package examples

import (
	"embed"
	"fmt"
	"io/fs"
	"time"

	// The sites print local stamps on machines that may have no zone data.
	_ "time/tzdata"
)

// RegionCode is the Kemendagri-like code of the invented regency; 99 is no
// province.
const RegionCode = "99.01"

// RegionName is the name of the invented regency.
const RegionName = "Kabupaten Contoh"

// zone is WIB, where the regency lies.
var zone = mustZone("Asia/Jakarta")

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(fmt.Sprintf("examples: zone %s is embedded but does not load: %v", name, err))
	}
	return z
}

// Now is the instant at which the regency stands still: 5 November 2026,
// 08:00 WIB, just after the last article and before the coordination meeting
// about October.
func Now() time.Time { return at(2026, time.November, 5, 8, 0) }

// at is a local instant.
func at(year int, month time.Month, day, hour, minute int) time.Time {
	return time.Date(year, month, day, hour, minute, 0, 0, zone)
}

// The data run from the first of these days to before the second.
var (
	firstDay = at(2025, time.May, 1, 0, 0)
	endDay   = at(2026, time.November, 5, 0, 0)
)

//go:embed kabupaten-contoh
var committed embed.FS

// Files returns the example region's files as they are committed: those to
// import (see Imports), gaung.yaml and README.md.
func Files() fs.FS {
	files, err := fs.Sub(committed, "kabupaten-contoh")
	if err != nil {
		panic(fmt.Sprintf("examples: embedded folder: %v", err))
	}
	return files
}

// Import is a file of Files and the kind it is imported as.
type Import struct{ Kind, File string }

// Imports lists the files to import, in an order in which names are known
// before they are used. The requests of the Dinas Kesehatan stand only in its
// own register, those of all others in ppid.csv.
func Imports() []Import {
	return []Import{
		{"holidays", "holidays.csv"},
		{"opd", "opd.csv"},
		{"people", "people.csv"},
		{"ppid", "ppid.csv"},
		{"ppid", "ppid-register-dinkes.xlsx"},
		{"objections", "objections.csv"},
		{"complaints", "complaints.csv"},
		{"agenda", "agenda.csv"},
		{"submissions", "submissions.csv"},
		{"clarifications", "clarifications.csv"},
	}
}

// Regency is one generation of the example region.
type Regency struct {
	words      *lexicon
	calendar   calendar
	offices    []*office
	people     []*person
	posts      []*post // every article of every site, in order of publication
	requests   []*request
	objections []*objection
	complaints []*complaint
	events     []*event
	drafts     []*draft
	rumours    []*rumour
}

// Generate makes the example region. Two calls make the same one.
func Generate() (*Regency, error) {
	words, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	r := &Regency{words: words}
	if r.calendar, err = loadCalendar(); err != nil {
		return nil, err
	}
	if r.offices, err = loadOffices(words); err != nil {
		return nil, err
	}
	if r.people, err = makePeople(r.offices, words); err != nil {
		return nil, err
	}
	r.posts = r.makePosts()
	r.requests = r.makeRequests()
	r.objections = r.makeObjections()
	r.clearRequests()
	r.complaints = r.makeComplaints()
	r.events = r.makeEvents()
	r.drafts = r.makeDrafts()
	r.rumours = r.makeRumours()
	return r, nil
}
