package identity_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest/identity"
)

func TestShared(t *testing.T) {
	day := func(text string) time.Time {
		if text == "" {
			return time.Time{}
		}
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	type span struct{ target, from, to string }
	for _, c := range []struct {
		name  string
		spans []span
		want  []string
	}{
		{"one", []span{{"a", "", ""}}, nil},
		{"one, twice", []span{{"a", "", "2025-06-30"}, {"a", "2025-01-01", ""}}, nil},
		{"two", []span{{"b", "", ""}, {"a", "", ""}}, []string{"a", "b"}},
		{"after each other", []span{{"a", "", "2025-12-31"}, {"b", "2026-01-01", ""}}, nil},
		{"on one day", []span{{"a", "", "2026-01-01"}, {"b", "2026-01-01", ""}}, []string{"a", "b"}},
		{"two of three", []span{{"c", "2020-01-01", "2020-12-31"}, {"a", "2021-01-01", ""}, {"b", "2022-01-01", ""}}, []string{"a", "b"}},
	} {
		var names []identity.Name
		for _, s := range c.spans {
			names = append(names, identity.Name{Target: s.target, Text: "Dinas Kembar", From: day(s.from), To: day(s.to)})
		}
		for _, text := range []string{"DINAS KEMBAR", "Dinas Kembar Kabupaten Contoh"} {
			if diff := cmp.Diff(c.want, identity.NewOPD(names, "Kabupaten Contoh").Shared(text)); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", c.name, text, diff)
			}
		}
		if got := identity.NewOPD(names).Shared("Dinas Lain"); got != nil {
			t.Errorf("an unknown name is shared by %v", got)
		}
	}
}
