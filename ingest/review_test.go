package ingest_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gaung/ingest"
)

// TestReviewQueue lists what nobody could resolve with the names near it,
// follows decisions at once, in past articles and cases too, and forgets no
// rejection at the next rebuild.
func TestReviewQueue(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	b.give("people", "person_id,name\np1,\"Ronni Bonar, S.Kom.\"\np2,Rina Sari\n")
	b.give("articles", "url,title,published_at,opd,body\n"+
		`https://a.contoh.go.id/1,Satu,2026-10-05 08:00,Dinkes,"`+text("imunisasi")+"\nPenulis: Ronny Bonar\"\n"+
		`https://a.contoh.go.id/2,Dua,2026-10-06 08:00,Dinkes,"`+text("bansos")+"\nSumber: Dinas Sosiall\nPenulis: Ronny Bonar\"\n"+
		`https://a.contoh.go.id/3,Tiga,2026-10-07 08:00,DKP,"`+text("panen raya")+"\"\n")
	b.give("ppid", "registration_no,received_at,opd,officer\n1,2026-10-08,Dinas Antah Berantah,Rona Sari\n")
	columns := "kind, text, uses, last_day, places, targets, scores"
	queue := func() []string { return b.current("review_queue", "review", columns, "kind, text") }
	want := []string{
		"opd|DKP|1|2026-10-07|['source']|['3.25','3.27']|[1,1]",
		"opd|Dinas Antah Berantah|1|2026-10-08|['ppid']|[]|[]",
		"opd|Dinas Sosiall|1|2026-10-06|['sumber']|['1.06']|[0.9]",
		"person|Rona Sari|1|2026-10-08|['ppid']|[]|[]",
		"person|Ronny Bonar|2|2026-10-06|['byline']|['p1']|[0.9]",
	}
	if diff := cmp.Diff(want, queue()); diff != "" {
		t.Fatalf("queue (-want +got):\n%s", diff)
	}
	credit := func() []string {
		return append(b.current("stories", "articles", "title, opd, authors", "title"), b.current("ppid_cases", "ppid", "registration_no, officer", "registration_no")...)
	}
	if diff := cmp.Diff([]string{"Dua|1.02|[]", "Satu|1.02|[]", "Tiga||[]", "1|"}, credit()); diff != "" {
		t.Fatalf("near names were credited (-want +got):\n%s", diff)
	}

	for _, r := range []ingest.AliasRejection{
		{Kind: "opd", Alias: "dkp", Target: "3.25", By: "admin"},
		{Kind: "opd", Alias: "DINAS ANTAH BERANTAH", By: "admin"},
	} {
		if err := b.in.Refuse(t.Context(), b.reg, r); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range []ingest.AliasDecision{
		{Kind: "opd", Alias: "Dinas Sosiall", Target: "1.06", By: "admin"},
		{Kind: "person", Alias: "Ronny Bonar", Target: "p1", By: "admin"},
		{Kind: "person", Alias: "Rona Sari", Target: "p2", By: "admin"},
	} {
		if err := b.in.Decide(t.Context(), b.reg, d); err != nil {
			t.Fatal(err)
		}
	}
	want = []string{"opd|DKP|1|2026-10-07|['source']|['3.27']|[1]"}
	if diff := cmp.Diff(want, queue()); diff != "" {
		t.Errorf("queue after the decisions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Dua|1.06|['p1']", "Satu|1.02|['p1']", "Tiga||[]", "1|p2"}, credit()); diff != "" {
		t.Errorf("past credit after the decisions (-want +got):\n%s", diff)
	}
	if err := b.in.Rebuild(t.Context(), b.reg); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, queue()); diff != "" {
		t.Errorf("queue after a rebuild (-want +got):\n%s", diff)
	}
}

func TestDecisionsAreChecked(t *testing.T) {
	b := newBench(t)
	b.give("opd", fiveOPD)
	for _, d := range []ingest.AliasDecision{
		{Kind: "dinas", Alias: "x", Target: "1.02"},
		{Kind: "opd", Alias: " ", Target: "1.02"},
		{Kind: "opd", Alias: "x", Target: ""},
		{Kind: "opd", Alias: "x", Target: "9.99"},
		{Kind: "opd", Alias: "x", Target: "Dinkes"}, // a name is no code
		{Kind: "person", Alias: "x", Target: "1.02"},
		{Kind: "opd", Alias: "x", Target: "1.02", From: b.clock.now, To: b.clock.now.AddDate(0, 0, -1)},
	} {
		var e *ingest.Error
		if err := b.in.Decide(t.Context(), b.reg, d); !errors.As(err, &e) || e.Kind != ingest.Usage {
			t.Errorf("%+v: %v", d, err)
		}
	}
	var e *ingest.Error
	if err := b.in.Refuse(t.Context(), b.reg, ingest.AliasRejection{Kind: "opd", Alias: "-"}); !errors.As(err, &e) {
		t.Errorf("a rejection of nothing: %v", err)
	}
}
