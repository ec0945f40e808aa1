package source

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestDocumentedExamples reads docs/DATA.md as an administrator would: every
// YAML example must be accepted, every key and reason explained.
func TestDocumentedExamples(t *testing.T) {
	data, err := os.ReadFile("../../docs/DATA.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	t.Setenv("GAUNG_SECRET_API_BERITA", "contoh")
	examples := 0
	for _, m := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(text, -1) {
		example := m[1]
		if !strings.Contains(example, "kind: ") {
			continue // an example of another section
		}
		if strings.HasPrefix(example, "  - name:") {
			example = "region: 19.71\ncontact: kominfo@contohkab.go.id\nsources:\n" + example
		}
		c, err := Parse("DATA.md", []byte(example))
		if err != nil {
			t.Errorf("%v in\n%s", err, example)
		} else if len(c.Sources) == 0 {
			t.Errorf("no source in\n%s", example)
		}
		examples++
	}
	if examples < 4 {
		t.Errorf("%d examples found, want 4", examples)
	}
	_, keys := yamlFields(configType)
	_, more := yamlFields(reflect.TypeFor[Source]())
	for _, section := range []reflect.Type{reflect.TypeFor[PageRules](), reflect.TypeFor[JSONAPI](), reflect.TypeFor[Paging](), reflect.TypeFor[APIFields]()} {
		_, inner := yamlFields(section)
		more = append(more, inner...)
	}
	reasons := []string{
		ReasonDNS, ReasonTLS, ReasonRefused, ReasonTimeout, ReasonUnreachable, ReasonConnection, ReasonPrivateAddress, ReasonRedirect,
		ReasonTooLarge, ReasonRobots, ReasonNotAFeed, ReasonParse, ReasonBadURL, ReasonNotAList, ReasonNotJSON, ReasonMapping, ReasonSecret, "http_403", "http_404", "http_429", "http_5xx",
	}
	for _, word := range append(append(keys, more...), reasons...) {
		if !strings.Contains(text, "`"+word+"`") {
			t.Errorf("docs/DATA.md does not explain %s", word)
		}
	}
	for _, kind := range Kinds() {
		if !strings.Contains(text, "### Jenis `"+kind+"`") {
			t.Errorf("docs/DATA.md has no section for the kind %s", kind)
		}
	}
}
