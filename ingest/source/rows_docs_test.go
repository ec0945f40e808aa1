package source

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestDocumentedRows wants every key of the sources of rows and of pushes
// explained, and the example of a push accepted.
func TestDocumentedRows(t *testing.T) {
	data, err := os.ReadFile("../../docs/DATA.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, section := range []reflect.Type{reflect.TypeFor[Database](), reflect.TypeFor[Register](), reflect.TypeFor[PushSource]()} {
		_, keys := yamlFields(section)
		for _, key := range keys {
			if !strings.Contains(text, "| `"+key+"` |") {
				t.Errorf("docs/DATA.md does not explain %s of %s", key, section.Name())
			}
		}
	}
	for _, reason := range []string{ReasonAuth, ReasonQuery, ReasonFile} {
		if !strings.Contains(text, "| `"+reason+"` |") {
			t.Errorf("docs/DATA.md does not explain the reason %s", reason)
		}
	}
	m := regexp.MustCompile("(?s)```yaml\n(push:\n.*?)```").FindStringSubmatch(text)
	if m == nil {
		t.Fatal("no example of a push")
	}
	if c, err := Parse("DATA.md", []byte(m[1])); err != nil || len(c.Push) != 1 {
		t.Errorf("%v in\n%s", err, m[1])
	}
}
