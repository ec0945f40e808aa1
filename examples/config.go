package examples

import (
	"bytes"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// The shape of gaung.yaml, in the order a person reads it.
type configFile struct {
	Region  string         `yaml:"region"`
	Regions []configRegion `yaml:"regions"`
	Contact string         `yaml:"contact"`
	Sources []configSource `yaml:"sources"`
}

type configRegion struct {
	Code string `yaml:"code"`
	Name string `yaml:"name"`
	Zone string `yaml:"zone"`
}

type configSource struct {
	Name          string  `yaml:"name"`
	Kind          string  `yaml:"kind"`
	URL           string  `yaml:"url"`
	Region        string  `yaml:"region"`
	OPD           string  `yaml:"opd,omitempty"`
	Channel       string  `yaml:"channel"`
	AllowPrivate  bool    `yaml:"allow_private"`
	RatePerSecond float64 `yaml:"rate_per_second"`
	Every         string  `yaml:"every"`
	Since         string  `yaml:"since"`
}

const configHeader = `# DATA CONTOH: konfigurasi untuk Kabupaten Contoh, kabupaten rekaan. Semua situs
# di bawah ini dilayani di komputer ini sendiri oleh "gaung demo".
`

// Config is the gaung.yaml of the example region: every site of NewSites at
// the base address sites ("http://127.0.0.1:8099", no trailing slash), and
// one dead source at closed, an address at which nobody listens.
func Config(sites, closed string) ([]byte, error) {
	words, err := loadLexicon()
	if err != nil {
		return nil, err
	}
	offices, err := loadOffices(words)
	if err != nil {
		return nil, err
	}
	c := configFile{
		Region: RegionCode, Regions: []configRegion{{RegionCode, RegionName, "WIB"}}, Contact: "kominfo@kabupaten-contoh.example",
	}
	sites, closed = strings.TrimSuffix(sites, "/"), strings.TrimSuffix(closed, "/")
	add := func(name, kind, url, opd, channel string) {
		c.Sources = append(c.Sources, configSource{
			Name: name, Kind: kind, URL: url, Region: RegionCode, OPD: opd, Channel: channel, AllowPrivate: true, RatePerSecond: 200,
			Every: "30m", Since: isoDay(firstDay),
		})
	}
	listed := make(map[string]bool)
	for _, o := range offices {
		if o.site == siteNone || listed[o.slug] {
			continue
		}
		listed[o.slug] = true
		name, base := o.slug+"-web", sites+"/"+o.slug+"/"
		switch o.site {
		case siteWordPress:
			add(name, "wordpress", base, o.short, "website")
		case siteRefused:
			add(name, "wordpress", closed+"/"+o.slug+"/", o.short, "website")
		default:
			add(name, "feed", base+"feed/", o.short, "website")
		}
	}
	add("portal", "wordpress", sites+"/"+portalSlug+"/", "", "portal")
	add(mediaSlug, "feed", sites+"/"+mediaSlug+"/feed/", "", "media")
	var b bytes.Buffer
	b.WriteString(configHeader)
	encoder := yaml.NewEncoder(&b)
	encoder.SetIndent(2)
	if err := encoder.Encode(c); err != nil {
		return nil, fmt.Errorf("examples: write gaung.yaml: %w", err)
	}
	return b.Bytes(), nil
}
