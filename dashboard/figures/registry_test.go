package figures

import (
	"testing"

	"gaung/dashboard/wording"
	"gaung/metrics"
)

// Every key figure carries the name of a metric of the registry, in both
// languages, and no metric that stands in key figures alone is left over.
func TestTitlesAreOfTheRegistry(t *testing.T) {
	for _, lang := range []wording.Language{wording.Indonesian, wording.English()} {
		names, derived := map[string]bool{}, map[string]bool{}
		for _, m := range metrics.Registry() {
			names[lang.Label(m.Name)] = true
			if m.In[0] == metrics.Derived {
				derived[lang.Label(m.Name)] = false
			}
		}
		r := report()
		for _, list := range [][]Figure{
			Key(lang, r, nil), Publication(lang, r, nil), Requests(lang, r, nil), Complaints(lang, r, nil),
			Agency(lang, r, nil, r.Publication.OPD[0].OPD),
		} {
			for _, f := range list {
				if !names[f.Title] {
					t.Errorf("%s: %s is titled %q, which the registry does not have", lang.Code(), f.ID, f.Title)
				}
				if _, ok := derived[f.Title]; ok {
					derived[f.Title] = true
				}
			}
		}
		for name, used := range derived {
			if !used {
				t.Errorf("%s: no key figure is %q; take it out of registry.csv", lang.Code(), name)
			}
		}
	}
}
