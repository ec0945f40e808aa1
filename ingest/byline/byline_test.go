package byline_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"gaung/ingest/byline"

	"github.com/google/go-cmp/cmp"
)

// labelled is one text of testdata/bylines.json with what a person reads in it.
type labelled struct {
	Text          string   `json:"text"`
	Sumber        string   `json:"sumber"`
	Authors       []string `json:"authors"`
	Editors       []string `json:"editors"`
	Photographers []string `json:"photographers"`
	Place         string   `json:"place"`
	Body          string   `json:"body"`
}

// facts lists what is credited, one entry for each credit.
func (l labelled) facts() []string {
	var facts []string
	if l.Sumber != "" {
		facts = append(facts, "sumber="+l.Sumber)
	}
	if l.Place != "" {
		facts = append(facts, "place="+l.Place)
	}
	for _, n := range l.Authors {
		facts = append(facts, "author="+n)
	}
	for _, n := range l.Editors {
		facts = append(facts, "editor="+n)
	}
	for _, n := range l.Photographers {
		facts = append(facts, "photographer="+n)
	}
	return facts
}

func corpus(tb testing.TB) []labelled {
	tb.Helper()
	raw, err := os.ReadFile("testdata/bylines.json")
	if err != nil {
		tb.Fatal(err)
	}
	var cases []labelled
	if err := json.Unmarshal(raw, &cases); err != nil {
		tb.Fatal(err)
	}
	if len(cases) < 120 {
		tb.Fatalf("corpus has %d cases, want at least 120", len(cases))
	}
	return cases
}

func read(text string) (labelled, string) {
	b, body := byline.Parse(text)
	list := func(names []string) []string { return append([]string{}, names...) }
	return labelled{
		Text: text, Sumber: b.Sumber, Authors: list(b.Authors), Editors: list(b.Editors),
		Photographers: list(b.Photographers), Place: b.Place, Body: body,
	}, b.Rule
}

func TestCorpus(t *testing.T) {
	for _, c := range corpus(t) {
		got, rule := read(c.Text)
		if diff := cmp.Diff(c, got); diff != "" {
			t.Errorf("(-want +got), rule %q:\n%s", rule, diff)
		}
		if (rule == "") != (len(got.facts()) == 0) && len(c.facts()) > 0 {
			t.Errorf("rule %q for %v", rule, got.facts())
		}
	}
}

// TestPrecisionRecall states the quality in two numbers: of the credits read,
// how many were right; of the credits there, how many were read.
func TestPrecisionRecall(t *testing.T) {
	var there, given, right float64
	for _, c := range corpus(t) {
		got, _ := read(c.Text)
		want := c.facts()
		there += float64(len(want))
		for _, fact := range got.facts() {
			given++
			if slices.Contains(want, fact) {
				right++
			}
		}
	}
	precision, recall := right/given, right/there
	t.Logf("bylines: %.0f credits; precision %.3f, recall %.3f", there, precision, recall)
	if precision < 0.95 || recall < 0.95 {
		t.Errorf("precision %.3f, recall %.3f: want both at least 0.95", precision, recall)
	}
}
