package examples

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"

	"gaung/ingest/identity"
	"gaung/ingest/source"
)

// readConfig parses the configuration the way the program does.
func readConfig(t *testing.T, sites, closed string) *source.Config {
	t.Helper()
	data, err := Config(sites, closed)
	if err != nil {
		t.Fatal(err)
	}
	config, err := source.Parse("gaung.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func TestConfigIsValid(t *testing.T) {
	config := readConfig(t, "http://127.0.0.1:8099/", "http://127.0.0.1:9")
	kinds := make(map[string]int)
	for _, s := range config.Sources {
		kinds[s.Kind+" "+s.Channel]++
	}
	if kinds["wordpress website"] != 26 || kinds["feed website"] != 11 || kinds["wordpress portal"] != 1 || kinds["feed media"] != 1 {
		t.Errorf("sources: %v", kinds)
	}
	region, err := config.Table().Find(RegionCode)
	if err != nil || region.Name != RegionName || region.ZoneLabel() != "WIB" {
		t.Errorf("region %+v, %v", region, err)
	}
}

// TestSourcesCanBePulled reads every source of the configuration: all answer
// but the three that are dead, each for its own reason.
func TestSourcesCanBePulled(t *testing.T) {
	server := httptest.NewServer(NewSites(generated(t), nil))
	defer server.Close()
	closed := httptest.NewServer(nil)
	closed.Close()
	config := readConfig(t, server.URL, closed.URL)
	fetcher := source.NewFetcher(source.FetcherOptions{})
	want := make(map[string]int)
	for _, one := range NewSites(generated(t), nil).sites {
		want[one.slug] = len(one.posts)
	}
	dead := map[string]string{"disperkim-web": "refused", "bakesbangpol-web": "http_5xx", "bapenda-web": "not_a_feed"}
	for _, s := range config.Sources {
		reader, err := source.Open(s, fetcher, Now)
		if err != nil {
			t.Fatal(err)
		}
		items := 0
		answer, err := reader.Read(context.Background(), source.State{}, func(source.Item) error { items++; return nil })
		var failure *source.Failure
		switch reason := dead[s.Name]; {
		case reason != "" && (!errors.As(err, &failure) || string(failure.Reason) != reason):
			t.Errorf("%s: %v, want failure %s", s.Name, err, reason)
		case reason == "" && err != nil:
			t.Errorf("%s: %v", s.Name, err)
		case reason == "" && items != want[slugOfSource(s.Name)]:
			t.Errorf("%s: %d items, want %d", s.Name, items, want[slugOfSource(s.Name)])
		}
		if closedREST := len(answer.Notes) > 0; closedREST != (s.Name == "bkpsdm-web") {
			t.Errorf("%s: notes %q", s.Name, answer.Notes)
		}
	}
}

func slugOfSource(name string) string {
	const suffix = "-web"
	if len(name) > len(suffix) && name[len(name)-len(suffix):] == suffix {
		return name[:len(name)-len(suffix)]
	}
	return name
}

// TestNamesResolve checks that every spelling of an office means that office
// on the days it is used, but for the one that two offices share.
func TestNamesResolve(t *testing.T) {
	r := generated(t)
	var names []identity.Name
	for _, o := range r.offices {
		for _, text := range append([]string{o.code, o.name, o.short}, o.aliases...) {
			names = append(names, identity.Name{Target: o.code, Text: text, From: o.from, To: o.to})
		}
	}
	resolver := identity.NewOPD(names, RegionName)
	for _, p := range r.posts {
		if p.credit.sumber == "" {
			continue
		}
		code, ok := resolver.Resolve(p.credit.sumber, midnight(p.published))
		switch {
		case p.credit.sumber == "DKP" && ok:
			t.Errorf("DKP is taken for %s", code)
		case p.credit.sumber != "DKP" && code != p.subject.code:
			t.Errorf("%s: Sumber %q gives %q, want %s", p.path(), p.credit.sumber, code, p.subject.code)
		}
	}
	for day, want := range map[string]string{"2025-12-31": "2.23.0.00.0.00.01.0000", "2026-01-01": "2.23.2.24.0.00.01.0000"} {
		on := firstDay
		for isoDay(on) != day {
			on = on.AddDate(0, 0, 1)
		}
		if got, ok := resolver.Resolve("Dispus", on); !ok || got != want {
			t.Errorf("Dispus on %s is %q, want %s", day, got, want)
		}
	}
}
