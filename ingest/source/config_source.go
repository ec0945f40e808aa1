package source

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"gaung/warehouse/region"
)

// Source is one configured source.
type Source struct {
	// Name is the source's unique slug, stored with every article and poll.
	Name string `yaml:"name"`
	// Kind says how it is read: one of [Kinds].
	Kind string `yaml:"kind"`
	// URL is the address of the feed, or of the WordPress site.
	URL string `yaml:"url"`
	// Region is the Kemendagri code the articles belong to.
	Region string `yaml:"region"`
	// OPD is the code, name or alias of the OPD whose site this is; empty
	// for portals and media, whose articles name their origin themselves.
	OPD string `yaml:"opd"`
	// Channel is where the articles appear: one of [Channels].
	Channel string `yaml:"channel"`
	// AllowPrivate lets this source live on the office's own network.
	AllowPrivate bool `yaml:"allow_private"`
	// RatePerSecond limits requests to its host.
	RatePerSecond float64 `yaml:"rate_per_second"`
	// Every is the time between two polls.
	Every time.Duration `yaml:"every"`
	// Since is the first day of the first pull, in the site's own time; zero
	// means everything the site still has.
	Since Date `yaml:"since"`
	// MaxPages limits the requests for articles (page) or list pages
	// (jsonapi) of one poll; the next poll continues.
	MaxPages int `yaml:"max_pages"`
	// Rules say where things stand on the pages of the kind page.
	Rules *PageRules `yaml:"rules"`
	// API describes the answers of the kind jsonapi.
	API *JSONAPI `yaml:"api"`
	// Removed says what becomes of rows and articles that a source, read
	// whole, lists no longer: one of [Removals].
	Removed string `yaml:"removed"`
	// Database and Register describe the sources of rows of these kinds.
	Database *Database `yaml:"database"`
	Register *Register `yaml:"register"`
}

// Limits and defaults of a source.
const (
	defaultChannel = "website"
	defaultRate    = 1.0
	defaultEvery   = time.Hour
	minEvery       = time.Minute
	maxEvery       = 7 * 24 * time.Hour
	// maxRate bounds what a public site has to bear, maxPrivateRate what an
	// office may do to its own.
	maxRate        = 10.0
	maxPrivateRate = 1000.0
)

// channels are the channels of articles (contract, section 2).
var channels = []string{"website", "portal", "instagram", "facebook", "x", "youtube", "tiktok", "media"}

var slug = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// ValidateAndSetDefaults checks the source and fills in defaults: the given
// region, channel website, one request per second, a poll every hour. Keys of
// the problems are relative to the source.
func (s *Source) ValidateAndSetDefaults(defaultRegion string, table *region.Table) []Problem {
	var problems []Problem
	bad := func(key, format string, args ...any) {
		problems = append(problems, Problem{Key: key, Words: fmt.Sprintf(format, args...)})
	}
	s.Name = strings.TrimSpace(s.Name)
	switch {
	case s.Name == "":
		bad("name", "wajib diisi; nama pendek seperti dinkes-web")
	case !slug.MatchString(s.Name):
		bad("name", "%q bukan nama yang sah; pakai huruf kecil a-z, angka dan tanda hubung, paling panjang 63, seperti dinkes-web", s.Name)
	}
	if !slices.Contains(Kinds(), s.Kind) {
		bad("kind", "%q tidak dikenal; yang boleh: %s", s.Kind, strings.Join(Kinds(), ", "))
	}
	problems = append(problems, s.validateRows()...)
	if words := s.normalizeURL(); words != "" && !s.Rows() {
		bad("url", "%s", words)
	}
	if s.Region = strings.TrimSpace(s.Region); s.Region == "" {
		s.Region = defaultRegion
	}
	if s.Region == "" {
		bad("region", "wajib diisi, di sini atau sekali untuk semua sumber pada kunci region paling atas; kode Kemendagri seperti 19.71")
	} else if _, err := table.Find(s.Region); err != nil {
		bad("region", "%v", err)
	}
	s.OPD = cleanLine(s.OPD, 300)
	if s.Channel == "" {
		s.Channel = defaultChannel
	}
	if !slices.Contains(channels, s.Channel) {
		bad("channel", "%q tidak dikenal; yang boleh: %s", s.Channel, strings.Join(channels, ", "))
	}
	problems = append(problems, s.validatePace()...)
	problems = append(problems, s.validatePage()...)
	problems = append(problems, s.validateAPI()...)
	problems = append(problems, s.validateRemoved()...)
	if !s.Since.IsZero() && (s.Since.Year < 1990 || s.Since.Year > 2200) {
		bad("since", "tahun %d di luar 1990 sampai 2200", s.Since.Year)
	}
	return problems
}

// validatePace checks how often and how fast the source is asked.
func (s *Source) validatePace() []Problem {
	var problems []Problem
	limit, words := maxRate, "atau lebih bila allow_private: true"
	if s.AllowPrivate {
		limit, words = maxPrivateRate, "untuk situs sendiri"
	}
	switch {
	case s.RatePerSecond == 0:
		s.RatePerSecond = defaultRate
	case !(s.RatePerSecond > 0) || s.RatePerSecond > limit:
		problems = append(problems, Problem{Key: "rate_per_second", Words: fmt.Sprintf("%v di luar batas; yang boleh: lebih dari 0 sampai %v (%s)", s.RatePerSecond, limit, words)})
	}
	switch {
	case s.Every == 0:
		s.Every = defaultEvery
	case s.Every < minEvery || s.Every > maxEvery:
		problems = append(problems, Problem{Key: "every", Words: fmt.Sprintf("%s di luar batas; yang boleh: 1m sampai 168h", s.Every)})
	}
	return problems
}

// normalizeURL checks the address and says in words what is wrong.
func (s *Source) normalizeURL() string {
	s.URL = strings.TrimSpace(s.URL)
	if s.URL == "" {
		return "wajib diisi; alamat lengkap seperti https://dinkes.contohkab.go.id/feed/"
	}
	u, err := url.Parse(s.URL)
	switch {
	case err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || len(s.URL) > maxURL:
		return fmt.Sprintf("%q bukan alamat web yang lengkap; tulis dengan http:// atau https://", cleanLine(s.URL, 200))
	case u.User != nil:
		return "alamat tidak boleh memuat nama pengguna atau kata sandi"
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.ToLower(u.Host)
	s.URL = u.String()
	return ""
}
