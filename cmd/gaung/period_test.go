package main

import (
	"reflect"
	"strings"
	"testing"
)

// The report takes the parameters of the API; a range over a month's days is
// the month.
func TestReportOfAPeriod(t *testing.T) {
	o := newOffice(t)
	o.must(exitDone, "import", "opd", o.file("opd.csv", opdFile), "--region", "19.71")
	ppid := o.file("ppid.csv", "registration_no,received_at,opd,notified_at\n1,2023-04-13,Disdik,2023-05-05\n2,2023-04-13,1.01,2023-05-08\n3,2023-03-20,Dinkes,2023-03-24\n")
	o.must(exitDone, "import", "ppid", ppid, "--region", "19.71")
	received := func(args ...string) float64 {
		t.Helper()
		return at(t, document(t, o.must(exitDone, append([]string{"report"}, args...)...).stdout), "ppid", "received").(float64)
	}
	for want, args := range map[float64][]string{
		3: {"--from", "2023-03-01", "--to", "2023-04-30"},
		2: {"--from", "2023-04-13", "--to", "2023-04-13", "--opd", "Disdik", "--compare", "year"},
		1: {"--from", "2023-03-20", "--to", "2023-04-12"},
		0: {"--month", "2023-04", "--opd", "Dinkes", "--channel", "portal"},
	} {
		if got := received(args...); got != want {
			t.Errorf("%v: %v received, want %v", args, got, want)
		}
	}
	month := document(t, o.must(exitDone, "report", "--month", "2023-04").stdout)
	days := document(t, o.must(exitDone, "report", "--from", "2023-04-01", "--to", "2023-04-30").stdout)
	for key := range month {
		if key != "generated_at" && !reflect.DeepEqual(month[key], days[key]) {
			t.Errorf("%s: %v for the month, %v for its days", key, month[key], days[key])
		}
	}
	if csv := o.must(exitDone, "report", "--from", "2023-04-01", "--to", "2023-04-15", "--opd", "1.01", "--format", "csv").stdout; !strings.Contains(csv, "2023-04-01..2023-04-15") {
		t.Errorf("CSV does not name its period:\n%s", csv)
	}
	for _, args := range [][]string{
		{},
		{"--from", "2023-04-01"},
		{"--to", "2023-04-01"},
		{"--month", "2023-04", "--from", "2023-04-01", "--to", "2023-04-02"},
		{"--from", "2023-04-02", "--to", "2023-04-01"},
		{"--from", "2023-02-30", "--to", "2023-04-01"},
		{"--month", "2023-04", "--compare", "minggu"},
		{"--month", "2023-04", "--peer-group", "tidak ada"},
		{"--month", "2023-04", "--opd", "tidak ada"},
		{"--month", "2023-04", "--channel", "radio"},
		{"--from", "2023-04-01", "--to", "2023-04-15", "--close"},
		{"--month", "2023-04", "--opd", "1.01", "--close"},
		{"--month", "2023-04", "--channel", "portal", "--replay"},
	} {
		got := o.must(exitUsage, append([]string{"report"}, args...)...)
		if text := strings.TrimSpace(got.stderr); text == "" || strings.Contains(text, "\n") || got.stdout != "" {
			t.Errorf("%v: stderr %q, stdout %q", args, got.stderr, got.stdout)
		}
	}
}
