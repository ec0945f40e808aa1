package dashboard

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"testing"

	"gaung/dashboard/wording"
)

var update = flag.Bool("update", false, "rewrite golden files")

// executedTemplates collects the names of all templates the tests rendered.
var executedTemplates sync.Map

func markExecuted(name string) { executedTemplates.Store(name, true) }

// atEnd is what ends with the test binary, such as the browser.
var atEnd []func()

// TestMain fails a complete, passing run that left a template unrendered: a
// template nobody executes is one nobody has looked at.
func TestMain(m *testing.M) {
	flag.Parse()
	// Pages leave much behind and keep little: a fifth of the time went into
	// collecting it.
	debug.SetGCPercent(300)
	code := m.Run()
	for _, end := range atEnd {
		end()
	}
	partial := flag.Lookup("test.run").Value.String() != "" || flag.Lookup("test.list").Value.String() != "" ||
		flag.Lookup("test.fuzz").Value.String() != "" || flag.Lookup("test.skip").Value.String() != ""
	if code == 0 && !partial {
		if missing := unexecuted(); len(missing) > 0 {
			fmt.Fprintln(os.Stderr, "templates that no test renders:", missing)
			code = 1
		}
	}
	os.Exit(code)
}

func unexecuted() []string {
	a, err := loadAssets()
	if err != nil {
		return []string{err.Error()}
	}
	set, err := parseTemplates(a, wording.Indonesian, nil)
	if err != nil {
		return []string{err.Error()}
	}
	var missing []string
	for page, t := range set.pages {
		for _, part := range t.Templates() {
			if part.Tree == nil || part.Tree.Root == nil || !hasContent(part) {
				continue
			}
			if _, ok := executedTemplates.Load(part.Name()); !ok {
				missing = append(missing, page+"/"+part.Name())
			}
		}
	}
	return missing
}
