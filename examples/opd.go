package examples

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// office is an OPD with everything that makes it differ from the others. Most
// of it is a line of words/opd.csv.
type office struct {
	code, name, short string
	aliases           []string
	peers             string
	target            string    // stories per week as printed, empty for the region's
	from, to          time.Time // zero: open; to is the last day
	field             *field
	fieldName         string
	headTitle, head   string // title and invented name of who leads it
	slug              string
	site              siteKind
	quirk             string
	style             string  // form of its bylines
	perWeek, trend    float64 // stories per week, and factor at the end against the start
	requests          int     // PPID requests in all
	requestDays       float64 // mean working days to the notice
	complaints        float64 // share of all complaints
	complaintPace     float64 // 1 is usual, 2 takes twice as long
	events            int     // agenda in all
}

// siteKind is how an office's site can be read.
type siteKind string

const (
	siteNone      siteKind = ""
	siteWordPress siteKind = "wordpress"
	siteRSS       siteKind = "rss"
	siteAtom      siteKind = "atom"
	siteHTML      siteKind = "html"    // its feed address answers 200 with a web page
	siteDown      siteKind = "503"     // answers 503
	siteRefused   siteKind = "refused" // nobody listens
)

// Quirks of sites and offices (domain notes, section 8).
const (
	quirkRESTClosed = "rest-tertutup"       // WordPress REST shut by a plugin
	quirkEpoch      = "tanggal-1970"        // some items carry 1970-01-01
	quirkZoneless   = "tanpa-zona"          // pubDate without a zone
	quirkSameGUID   = "guid-sama"           // one GUID for all items
	quirkBurst      = "kejar-tayang"        // most of a month appears on its last working day
	quirkBackdated  = "kejar-tayang-mundur" // as above, with dates spread over the month
	quirkEscaped    = "judul-ganda"         // titles escaped twice
	quirkOthers     = "sumber-opd-lain"     // also writes for other offices
	quirkSilent     = "diam"                // stopped publishing
	quirkHostile    = "judul-berbahaya"     // of a post: markup or a formula as its title
)

// silentFrom is when the office with quirkSilent stopped.
var silentFrom = at(2026, time.August, 20, 0, 0)

func loadOffices(words *lexicon) ([]*office, error) {
	data, err := wordFiles.ReadFile("words/opd.csv")
	if err != nil {
		return nil, fmt.Errorf("examples: read offices: %w", err)
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("examples: read offices: %w", err)
	}
	c := newChance("heads")
	heads := make(map[string]string) // a renamed office keeps its head
	var list []*office
	for _, row := range rows[1:] {
		o, err := readOffice(rows[0], row)
		if err != nil {
			return nil, fmt.Errorf("examples: office %s: %w", row[0], err)
		}
		if o.field = words.fields[o.fieldName]; o.field == nil {
			return nil, fmt.Errorf("examples: office %s: no field %q", o.code, o.fieldName)
		}
		if heads[o.slug] == "" {
			heads[o.slug] = words.person(c)
		}
		o.head = heads[o.slug]
		list = append(list, o)
	}
	return list, nil
}

func readOffice(header, row []string) (*office, error) {
	cell := make(map[string]string, len(header))
	for i, name := range header {
		cell[name] = row[i]
	}
	o := &office{
		code: cell["code"], name: cell["name"], short: cell["short_name"], peers: cell["peer_group"], target: cell["target_per_week"],
		fieldName: cell["field"], headTitle: cell["head"], slug: cell["slug"], site: siteKind(cell["site"]),
		quirk: cell["quirk"], style: cell["byline"],
	}
	if cell["aliases"] != "" {
		o.aliases = strings.Split(cell["aliases"], "|")
	}
	var err error
	number := func(name string) float64 {
		n, e := strconv.ParseFloat(cell[name], 64)
		if e != nil {
			err = fmt.Errorf("column %s: %w", name, e)
		}
		return n
	}
	day := func(name string) time.Time {
		if cell[name] == "" {
			return time.Time{}
		}
		t, e := time.ParseInLocation(time.DateOnly, cell[name], zone)
		if e != nil {
			err = fmt.Errorf("column %s: %w", name, e)
		}
		return t
	}
	o.perWeek, o.trend = number("per_week"), number("trend")
	o.requests, o.requestDays = int(number("ppid")), number("ppid_days")
	o.complaints, o.complaintPace = number("complaints"), number("complaint_pace")
	o.events = int(number("agenda"))
	o.from, o.to = day("valid_from"), day("valid_to")
	return o, err
}

// exists says whether the office had this name on a day.
func (o *office) exists(day time.Time) bool {
	return (o.from.IsZero() || !day.Before(o.from)) && (o.to.IsZero() || day.Before(o.to.AddDate(0, 0, 1)))
}

// span is the part of the data's time in which the office exists.
func (o *office) span() (from, end time.Time) {
	from, end = firstDay, endDay
	if o.from.After(from) {
		from = o.from
	}
	if !o.to.IsZero() && o.to.Before(end) {
		end = o.to.AddDate(0, 0, 1)
	}
	return from, end
}

// district is the kecamatan an office serves, "" when it serves all.
func (o *office) district() string {
	if name, ok := strings.CutPrefix(o.name, "Kecamatan "); ok {
		return name
	}
	return ""
}

// called is the office's name as headlines shorten it.
func (o *office) called() string {
	if o.district() != "" {
		return o.name
	}
	return o.short
}

// person is an invented name.
func (l *lexicon) person(c chance) string { return pick(c, l.givenNames) + " " + pick(c, l.surnames) }
