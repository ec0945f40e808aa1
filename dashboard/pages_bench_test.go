package dashboard

import (
	"strings"
	"testing"
)

// BenchmarkPage measures what a page costs beside the questions to the
// warehouse: the fixture answers at once.
func BenchmarkPage(b *testing.B) {
	s := newFixture(b, fixtureReports(), nil)
	for _, p := range pages() {
		b.Run(strings.TrimSuffix(goldenName(p), ".html"), func(b *testing.B) {
			for b.Loop() {
				if resp, _ := get(b, s, with(at(p), "month=2026-10&region=99.01")); resp.StatusCode != 200 {
					b.Fatal(resp.StatusCode)
				}
			}
		})
	}
}
