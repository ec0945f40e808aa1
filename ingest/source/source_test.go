package source

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestStateSurvivesJSON(t *testing.T) {
	full := State{
		URL: "https://a.example", FeedURL: "https://a.example/feed/", ETag: `W/"é"`, LastModified: "Thu, 15 Oct 2026 02:30:00 GMT",
		Since: testNow, From: "2025-01-31", Backfill: "2026-01-01T00:00:00", BackfillStarted: testNow.Add(-time.Hour),
	}
	for _, want := range []State{{}, full} {
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got State
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", data, diff)
		}
	}
	if data, _ := json.Marshal(State{}); string(data) != "{}" {
		t.Errorf("the zero state is %s", data)
	}
}

func TestFailureError(t *testing.T) {
	f := &Failure{Reason: ReasonRobots, Words: "dilarang"}
	if f.Error() != "robots: dilarang" || f.Unwrap() != nil {
		t.Errorf("Error = %q", f.Error())
	}
	f.Err = &privateAddressError{}
	if f.Error() != "robots: dilarang: address invalid IP is not public" || f.Unwrap() != f.Err {
		t.Errorf("Error = %q", f.Error())
	}
}
