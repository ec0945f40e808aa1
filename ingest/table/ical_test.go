package table

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func ics(events ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Contoh//ID\r\n" + strings.Join(events, "") + "END:VCALENDAR\r\n"
}

func vevent(lines ...string) string {
	return "BEGIN:VEVENT\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT\r\n"
}

// calendarRows opens a calendar as an importer would and gives its rows
// without the header, and the notes.
func calendarRows(t *testing.T, text string, until time.Time) (rows [][]string, notes []string) {
	t.Helper()
	book, err := OpenReader(strings.NewReader(text), "agenda.ics", Limits{Until: until})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	in, err := book.Rows("")
	if err != nil {
		t.Fatal(err)
	}
	for {
		row, err := in.Next()
		if err != nil {
			break
		}
		rows = append(rows, row.Cells)
	}
	if diff := cmp.Diff(calendarHeader, rows[0]); diff != "" {
		t.Fatal(diff)
	}
	return rows[1:], book.Notes()
}

func days(rows [][]string) string {
	var list []string
	for _, row := range rows {
		list = append(list, row[1])
	}
	return strings.Join(list, " ")
}

func TestCalendarEvents(t *testing.T) {
	text := ics(
		"BEGIN:VTIMEZONE\r\nTZID:Jam Kantor\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
		vevent("UID:1@contoh", "DTSTART;VALUE=DATE:20261005", "SUMMARY:Rapat\\, evaluasi\\nbulanan\\; lanj", " utan", "LOCATION;LANGUAGE=id:Ruang \"A\"", "ATTENDEE;CN=\"Siti; Rahasia: x\":mailto:siti@contoh.id", "DESCRIPTION:rahasia"),
		vevent("UID:2@contoh", "DTSTART:20261005T180000Z", "SUMMARY:Malam di Jakarta"),
		vevent("UID:3@contoh", "DTSTART;TZID=Asia/Makassar:20261006T090000", "SUMMARY:Apel", "BEGIN:VALARM", "TRIGGER:-PT15M", "SUMMARY:bukan ini", "END:VALARM"),
		vevent("UID:4@contoh", "DTSTART;TZID=\"Jam Kantor\":20261006T090000", "SUMMARY:Zona berkas"),
		vevent("UID:5@contoh", "DTSTART;TZID=SE Asia Standard Time:20261006T090000", "SUMMARY:Outlook"),
		vevent("UID:6@contoh", "DTSTART;TZID=Mars/Olympus:20261006T090000", "SUMMARY:Mars"),
		vevent("UID:7@contoh", "DTSTART:20261006T090000", "SUMMARY:Tanpa zona"),
		vevent("UID:8@contoh", "DTSTART:besok", "SUMMARY:Rusak"),
		vevent("UID:9@contoh", "DTSTART:20261006", "STATUS:CANCELLED", "SUMMARY:Batal"),
		vevent("UID:1@contoh", "SEQUENCE:1", "DTSTART;VALUE=DATE:20261007", "SUMMARY:Rapat diundur"),
	)
	rows, notes := calendarRows(t, text, time.Time{})
	want := [][]string{
		{"2@contoh", "2026-10-05T18:00:00Z", "Malam di Jakarta", ""},
		{"3@contoh", "2026-10-06T09:00:00+08:00", "Apel", ""},
		{"4@contoh", "2026-10-06T09:00:00+08:00", "Zona berkas", ""},
		{"5@contoh", "2026-10-06T09:00:00+07:00", "Outlook", ""},
		{"6@contoh", "2026-10-06 09:00:00", "Mars", ""},
		{"7@contoh", "2026-10-06 09:00:00", "Tanpa zona", ""},
		{"8@contoh", "besok", "Rusak", ""},
		{"1@contoh", "2026-10-07", "Rapat diundur", ""},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{`baris 45: zona "Mars/Olympus" tidak dikenal; jamnya dibaca menurut zona wilayah`, "1 acara yang dibatalkan dilewati"}, notes); diff != "" {
		t.Error(diff)
	}
	// The first version of the event, with escapes and folds.
	rows, _ = calendarRows(t, strings.Replace(text, "SEQUENCE:1\r\n", "", 1)+"", time.Time{})
	if rows[len(rows)-1][2] != "Rapat diundur" {
		t.Errorf("of two versions without a sequence the later does not count: %q", rows)
	}
	rows, _ = calendarRows(t, strings.Replace(text, "UID:1@contoh\r\nSEQUENCE", "UID:10@contoh\r\nSEQUENCE", 1), time.Time{})
	if diff := cmp.Diff([]string{"1@contoh", "2026-10-05", "Rapat, evaluasi\nbulanan; lanjutan", `Ruang "A"`}, rows[0]); diff != "" {
		t.Error(diff)
	}
	if all := fmt.Sprint(rows); strings.Contains(strings.ToLower(all), "rahasia") {
		t.Errorf("names or descriptions are read: %s", all)
	}
}

func TestCalendarRules(t *testing.T) {
	until := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	cases := []struct {
		name, start, rule string
		more              []string
		want, note        string
	}{
		{name: "daily", start: ":20261005", rule: "FREQ=DAILY;COUNT=3", want: "2026-10-05 2026-10-06 2026-10-07"},
		{name: "every other day", start: ":20261005", rule: "FREQ=DAILY;INTERVAL=2;UNTIL=20261010", want: "2026-10-05 2026-10-07 2026-10-09"},
		{name: "working days", start: ":20261008", rule: "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=4", want: "2026-10-08 2026-10-09 2026-10-12 2026-10-13"},
		{name: "weekly to the horizon", start: ":20261109", rule: "RRULE:FREQ=WEEKLY", want: "2026-11-09", note: unsupportedRule},
		{name: "weekly", start: ":20261109", rule: "FREQ=WEEKLY", want: "2026-11-09 2026-11-16 2026-11-23 2026-11-30"},
		{name: "two days a week", start: ":20261006", rule: "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", want: "2026-10-06 2026-10-08 2026-10-13 2026-10-15"},
		{name: "fortnight, week from Sunday", start: ":20261006", rule: "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU;COUNT=4", want: "2026-10-06 2026-10-18 2026-10-20 2026-11-01"},
		{name: "fortnight, week from Monday", start: ":20261006", rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;COUNT=4", want: "2026-10-06 2026-10-11 2026-10-20 2026-10-25"},
		{name: "except", start: ":20261005", rule: "FREQ=DAILY;COUNT=4", more: []string{"EXDATE;VALUE=DATE:20261006,20261007"}, want: "2026-10-05 2026-10-08"},
		{name: "until an instant", start: ";TZID=Asia/Jakarta:20261005T080000", rule: "FREQ=DAILY;UNTIL=20261006T010000Z", want: "2026-10-05T08:00:00+07:00 2026-10-06T08:00:00+07:00"},
		{name: "before the horizon", start: ":20270105", rule: "FREQ=DAILY", want: "2027-01-05"},
		{name: "monthly", start: ":20261005", rule: "FREQ=MONTHLY;COUNT=3", want: "2026-10-05", note: unsupportedRule},
		{name: "second Tuesday", start: ":20261013", rule: "FREQ=WEEKLY;BYDAY=2TU", want: "2026-10-13", note: unsupportedRule},
		{name: "no frequency", start: ":20261005", rule: "COUNT=3", want: "2026-10-05", note: unsupportedRule},
		{name: "too old", start: ":18991231", rule: "FREQ=DAILY", want: "1899-12-31", note: unsupportedRule},
		{name: "more dates", start: ":20261005", rule: "FREQ=DAILY;COUNT=1", more: []string{"RDATE:20261101"}, want: "2026-10-05", note: "tanggal tambahan (RDATE) belum didukung dan dilewati"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			lines := append([]string{"UID:r", "DTSTART" + c.start, "SUMMARY:Rapat", "RRULE:" + c.rule}, c.more...)
			rows, notes := calendarRows(t, ics(vevent(lines...)), until)
			if got := days(rows); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			switch {
			case c.note == "" && len(notes) > 0, c.note != "" && (len(notes) != 1 || notes[0] != `baris 4: "Rapat": `+c.note):
				t.Errorf("notes %q", notes)
			}
			if c.note == "" && rows[0][0] != "r/"+rows[0][1][:10] {
				t.Errorf("id %q", rows[0][0])
			}
		})
	}
}

// TestCalendarMovedOccurrence has one occurrence moved and one called off.
func TestCalendarMovedOccurrence(t *testing.T) {
	rows, notes := calendarRows(t, ics(
		vevent("UID:r", "DTSTART:20261005T090000", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Rapat"),
		vevent("UID:r", "RECURRENCE-ID:20261012T090000", "DTSTART:20261013T100000", "SUMMARY:Rapat (diundur)"),
		vevent("UID:r", "RECURRENCE-ID:20261019T090000", "DTSTART:20261019T090000", "STATUS:CANCELLED", "SUMMARY:Rapat"),
	), time.Time{})
	want := [][]string{
		{"r/2026-10-05", "2026-10-05 09:00:00", "Rapat", ""},
		{"r/2026-10-12", "2026-10-13 10:00:00", "Rapat (diundur)", ""},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	if len(notes) != 1 {
		t.Errorf("notes %q", notes)
	}
}

func TestCalendarEncodings(t *testing.T) {
	plain := ics(vevent("UID:1", "DTSTART:20261005", "SUMMARY:Café"))
	utf16 := "\xFF\xFE"
	for _, r := range plain {
		utf16 += string([]byte{byte(r), byte(r >> 8)})
	}
	for name, text := range map[string]string{
		"bom": "\xEF\xBB\xBF" + plain, "windows-1252": strings.ReplaceAll(plain, "é", "\xE9"), "utf-16": utf16, "unix lines": strings.ReplaceAll(plain, "\r\n", "\n"),
		"lower case": strings.Replace(plain, "BEGIN:VCALENDAR", "begin:vcalendar", 1),
	} {
		if rows, _ := calendarRows(t, text, time.Time{}); len(rows) != 1 || rows[0][2] != "Café" {
			t.Errorf("%s: %q", name, rows)
		}
	}
}

func TestCalendarErrors(t *testing.T) {
	many := strings.Repeat(vevent("UID:x", "DTSTART:20261005", "RRULE:FREQ=DAILY"), 10)
	many = ics(strings.NewReplacer("UID:x", "UID:y").Replace(many))
	for name, c := range map[string]struct {
		text, want string
		limits     Limits
	}{
		"broken off": {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", "agenda.ics baris 3: kalender terputus sebelum END:VCALENDAR; salin ulang berkasnya", Limits{}},
		"too deep":   {"BEGIN:VCALENDAR\r\n" + strings.Repeat("BEGIN:VEVENT\r\n", 20), "agenda.ics baris 17: susunan kalender terlalu dalam; berkas rusak", Limits{}},
		"long line":  {ics(vevent("SUMMARY:" + strings.Repeat("x", 5<<20))), "agenda.ics baris 5: baris lebih panjang dari 4 MB", Limits{}},
		"long fold":  {ics(vevent("SUMMARY:" + strings.Repeat("x\r\n ", 3<<20))), "agenda.ics baris 5: baris lebih panjang dari 1 MB", Limits{RecordBytes: 1 << 20}},
	} {
		_, err := OpenReader(strings.NewReader(c.text), "agenda.ics", c.limits)
		var own *Error
		if !errors.As(err, &own) || own.Error() != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if rows, _ := calendarRows(t, many, time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)); len(rows) != 88 {
		t.Errorf("ten copies of one event give %d rows", len(rows))
	}
}

// FuzzCalendar reads any text as a calendar: no panic, bounded rows, every
// row as long as the header, and the same rows the second time.
func FuzzCalendar(f *testing.F) {
	for _, seed := range []string{
		ics(vevent("UID:1", "DTSTART;TZID=Asia/Jakarta:20261005T090000", "SUMMARY:a\\,b\r\n c", "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3", "EXDATE:20261012T090000")),
		ics(vevent("UID:1", "RECURRENCE-ID:20261005", "DTSTART:20261005")), "BEGIN:VCALENDAR\n\n:\n;\n\"\nEND:VEVENT\nEND:X\n",
		ics(vevent("DTSTART:99991231T235959Z", "RRULE:FREQ=DAILY;INTERVAL=99999;UNTIL=00010101")),
	} {
		f.Add(seed)
	}
	limits := Limits{Until: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}.withDefaults()
	f.Fuzz(func(t *testing.T, text string) {
		rows, notes, err := readCalendar(strings.NewReader(text), "x.ics", limits)
		if err != nil {
			var own *Error
			if !errors.As(err, &own) || strings.Contains(own.Words, "\n") {
				t.Fatalf("error %v", err)
			}
			return
		}
		if len(rows) > maxEvents || len(notes) > maxNotes+2 {
			t.Fatalf("%d rows, %d notes", len(rows), len(notes))
		}
		for _, row := range rows {
			if len(row.Cells) != len(calendarHeader) || row.Number < 1 {
				t.Fatalf("row %+v", row)
			}
		}
		again, _, err := readCalendar(strings.NewReader(text), "x.ics", limits)
		if diff := cmp.Diff(rows, again); err != nil || diff != "" {
			t.Fatalf("%v %s", err, diff)
		}
	})
}
