package source

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"gaung/ingest/date"
)

const (
	monthName = `(?:jan|feb|peb|mar|apr|mei|may|jun|jul|ag|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*\.?`
	yearNo    = `(?:19|20)\d{2}`
	clockTime = `(?:[\s,|/–—-]*(?:pukul|jam|at)?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*(?:WIB|WITA|WIT)\b)?)?`
)

var (
	// printedDate matches a date as sites print it beside a title, with its
	// weekday before and its time and zone behind it.
	printedDate = regexp.MustCompile(`(?i)(?:\b(?:senin|selasa|rabu|kamis|jum['’` + "`" + `]?at|sabtu|minggu|ahad|mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*[,|/-]?\s*)?` +
		`\b(?:\d{1,2}[\s/.-]{1,3}` + monthName + `[\s/.,-]{1,3}` + yearNo + `|` + monthName + `\s+\d{1,2},?\s+` + yearNo +
		`|\d{1,2}[/.-]\d{1,2}[/.-]` + yearNo + `|` + yearNo + `-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)\b` + clockTime)
	// hijri matches a date of the Islamic calendar, which stands beside the
	// Gregorian one of today in the headers of several sites.
	hijri = regexp.MustCompile(`(?i)(?:muharr?am|s[yh]?afar|rabi['’]?ul|rabi['’]?|jumadil|jumada|rajab|sya['’]?ban|ramadh?an|syaw+al|d?zul?-?[qk]a['’]?i?dah|d?zul-?hij+ah)[\s\w'’]{0,12}\s1[34]\d{2}\b|\b1[34]\d{2}\s*H\b`)
	// clockLabel matches what stands before the date of today.
	clockLabel = regexp.MustCompile(`(?i)\b(?:hari ini|sekarang|today|waktu server)\b`)
)

const (
	// linesAfterTitle and linesBeforeTitle are how far from its title the
	// date of an article is looked for.
	linesAfterTitle  = 8
	linesBeforeTitle = 3
	// bodyLine is the length, in bytes, from which a line is the text of the
	// article, in which dates are those of events.
	bodyLine = 200
)

// publishedTags are the meta elements with the time of publication.
var publishedTags = []string{
	"article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "dc.date.issued", "dcterms.created",
	"dc.date", "pubdate", "publishdate", "publish-date", "sailthru.date", "cxenseparse:recs:publishtime",
}

// published finds the stamp of publication, as printed. near says that it
// belongs to this page's article for certain. The order is: the configured
// place, linked data, meta elements, time elements, a date beside the title.
// Stamps no one can read (zeroes, 1970) give way to later places and are kept
// only when there is no other.
func (x *extraction) published() (stamp string, near bool) {
	if x.rules.Date != "" {
		if stamp = configuredDate(x.doc.Find(x.rules.Date)); stamp != "" {
			return stamp, true
		}
	}
	var unreadable string
	candidates := []string{x.linked.published}
	for _, name := range publishedTags {
		candidates = append(candidates, x.meta[name])
	}
	for _, candidate := range append(candidates, x.timeElement()) {
		if candidate = strings.TrimSpace(candidate); candidate == "" {
			continue
		}
		if _, ok := x.readable(candidate); ok {
			return candidate, true
		}
		if unreadable == "" {
			unreadable = candidate
		}
	}
	if stamp = x.besideTitle(); stamp != "" {
		return stamp, true
	}
	return unreadable, false
}

// configuredDate reads the first selected element with a date: its datetime or
// content attribute, else the date in its text, else its text.
func configuredDate(s *goquery.Selection) string {
	var stamp, text string
	s.EachWithBreak(func(i int, one *goquery.Selection) bool {
		stamp = cleanLine(one.AttrOr("datetime", one.AttrOr("content", "")), maxStamp)
		if stamp == "" {
			line := cleanLine(one.Text(), 500)
			stamp = printedDate.FindString(line)
			if text == "" {
				text = line
			}
		}
		return stamp == "" && i < 20
	})
	if stamp == "" {
		return cleanLine(text, maxStamp)
	}
	return stamp
}

// modified finds the stamp of the last change.
func (x *extraction) modified() string {
	for _, candidate := range []string{x.linked.modified, x.meta["article:modified_time"], x.meta["og:updated_time"], x.meta["datemodified"]} {
		if _, ok := x.readable(candidate); ok {
			return candidate
		}
	}
	return ""
}

// wibClock is the zone in which zone-less stamps are tried. It decides nothing
// but whether a stamp can be read, and the day of today give or take one.
var wibClock = time.FixedZone("WIB", 7*3600)

func (x *extraction) readable(stamp string) (time.Time, bool) {
	parsed, err := date.Parse(stamp, wibClock, x.now)
	return parsed.At, err == nil
}

// isToday says whether an instant may be today somewhere in Indonesia.
func (x *extraction) isToday(at time.Time) bool {
	distance := x.now.Sub(at)
	return distance > -36*time.Hour && distance < 36*time.Hour
}

// timeElement finds the time element of the article: outside the page's frame,
// and not a clock above the title.
func (x *extraction) timeElement() string {
	var stamp string
	x.doc.Find(`[itemprop~="datePublished"], time[datetime], time[pubdate]`).EachWithBreak(func(i int, s *goquery.Selection) bool {
		n := s.Nodes[0]
		class := strings.ToLower(s.AttrOr("class", ""))
		if inFrame(n) || (strings.Contains(class, "updated") && !strings.Contains(class, "published")) {
			return i < 100
		}
		text := s.AttrOr("datetime", s.AttrOr("content", s.Text()))
		at, ok := x.readable(text)
		if !ok {
			text = printedDate.FindString(cleanLine(s.Text(), bodyLine))
			at, ok = x.readable(text)
		}
		if !ok || (x.isToday(at) && !insideArticle(n) && s.AttrOr("itemprop", "") == "") {
			return i < 100
		}
		stamp = text
		return false
	})
	return stamp
}

func insideArticle(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && (n.Data == "article" || n.Data == "main") {
			return true
		}
	}
	return false
}

// besideTitle finds a date printed in a short line after the title, or else
// shortly before it. The page's frame, the date of today above the title, and
// lines with a Hijri date are no dates of the article.
func (x *extraction) besideTitle() string {
	if x.titleLine < 0 || x.titleLine >= len(x.lines) {
		return ""
	}
	taken := 0
	for i := x.titleLine + 1; i < len(x.lines) && taken < linesAfterTitle; i++ {
		if x.lines[i].chrome {
			continue
		}
		taken++
		if len(x.lines[i].text) > bodyLine {
			break
		}
		if stamp, _ := x.dateOf(i); stamp != "" {
			return stamp
		}
	}
	taken = 0
	for i := x.titleLine - 1; i >= 0 && taken < linesBeforeTitle; i-- {
		if x.lines[i].chrome {
			continue
		}
		taken++
		if stamp, at := x.dateOf(i); stamp != "" && !x.isToday(at) {
			return stamp
		}
	}
	return ""
}

// dateOf is the readable date of a line that is not a clock.
func (x *extraction) dateOf(i int) (string, time.Time) {
	line := x.lines[i].text
	around := x.lines[max(i-1, 0):min(i+2, len(x.lines))]
	if clockLabel.MatchString(line) || slices.ContainsFunc(around, func(l pageLine) bool { return hijri.MatchString(l.text) }) {
		return "", time.Time{}
	}
	stamp := strings.TrimSpace(printedDate.FindString(line))
	at, ok := x.readable(stamp)
	if !ok {
		return "", time.Time{}
	}
	return stamp, at
}
