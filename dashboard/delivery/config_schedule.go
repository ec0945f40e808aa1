package delivery

import (
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	"gaung/warehouse/region"
)

// ScheduleKind says what a schedule sends.
type ScheduleKind string

// The kinds of schedule.
const (
	Monthly ScheduleKind = "monthly"
	Weekly  ScheduleKind = "weekly"
	Alerts  ScheduleKind = "alerts"
)

// Schedule is one thing that is sent again and again. Its times are those of
// the region's zone.
type Schedule struct {
	Name   string
	Kind   ScheduleKind
	Region region.Region
	At     Clock
	// Day is the day of the month of a monthly report; a shorter month has it
	// on its last day. It tells of the month before.
	Day int
	// Weekday is the day of a digest. It tells of the last week that has ended.
	Weekday time.Weekday
	// Every repeats the check of alerts after At until the day ends; 0 is
	// once a day.
	Every time.Duration
	Rules AlertRules
	// Files are attached to a monthly report.
	Files []File
	To    []Target
}

// AlertRules say what is worth an alert. The zero value finds nothing.
type AlertRules struct {
	// SilentDays alerts of an OPD without a story for that many calendar days,
	// if its silence can be judged; 0 is off.
	SilentDays int
	// DueWithin alerts of an open case that is due within that many working
	// days; nil is off.
	DueWithin *int
	// Sources alerts of a source that answers less than it should.
	Sources    bool
	Thresholds []Threshold
}

// Threshold is a bound of a figure of the running month. Exactly one of Below
// and Above is set; shares run from 0 to 1.
type Threshold struct {
	Figure       string
	Below, Above *float64
}

// Target is a channel and who is reached by it. A channel without recipients
// has one unnamed recipient.
type Target struct {
	Channel    string
	Recipients []string
}

// addresses lists the recipients, "" for the unnamed one.
func (t Target) addresses() []string {
	if len(t.Recipients) == 0 {
		return []string{""}
	}
	return t.Recipients
}

const (
	defaultAt      = Clock(7 * 60)
	defaultDay     = 6 // five days after the month's end the registers have caught up
	minEvery       = 15 * time.Minute
	maxEvery       = 12 * time.Hour
	maxSilentDays  = 366
	maxWorkingDays = 60
)

var weekdays = map[string]time.Weekday{
	"senin": time.Monday, "selasa": time.Tuesday, "rabu": time.Wednesday, "kamis": time.Thursday,
	"jumat": time.Friday, "sabtu": time.Saturday, "minggu": time.Sunday,
}

func readSchedule(r *reader, n *yaml.Node, path string, c *Config, scope Scope) (Schedule, bool) {
	s := Schedule{At: defaultAt, Day: defaultDay, Weekday: time.Monday}
	code, before := scope.Region, len(r.problems)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "kind" {
			s.Kind = ScheduleKind(strings.TrimSpace(n.Content[i+1].Value))
		}
	}
	keys := []key{
		{"name", r.intoName(&s.Name)},
		{"kind", func(n *yaml.Node, path string) { r.text(n, path) }},
		{"region", r.intoText(&code)},
		{"at", r.intoClock(&s.At)},
		{"to", func(n *yaml.Node, path string) {
			r.list(n, path, func(n *yaml.Node, path string) { s.To = append(s.To, readTarget(r, n, path, c)) })
		}},
	}
	switch s.Kind {
	case Monthly:
		s.Files = []File{FileWorkbook}
		keys = append(keys, key{"day", r.intoInt(&s.Day, 1, 31)}, key{"attach", r.intoFiles(&s.Files)})
	case Weekly:
		keys = append(keys, key{"weekday", func(n *yaml.Node, path string) {
			text, ok := r.text(n, path)
			day, known := weekdays[strings.ToLower(text)]
			if ok && !known {
				r.bad(n, path, "%q bukan hari; yang boleh: senin, selasa, rabu, kamis, jumat, sabtu, minggu", oneLine(text, 60))
			}
			s.Weekday = day
		}})
	case Alerts:
		keys = append(keys, s.Rules.keys(r)...)
		keys = append(keys, key{"every", r.intoDuration(&s.Every, minEvery, maxEvery)})
	default:
		r.bad(n, path+".kind", "%q tidak dikenal; yang boleh: monthly, weekly, alerts", oneLine(string(s.Kind), 60))
		return s, false
	}
	if !r.mapping(n, path, keys) || len(r.problems) > before {
		return s, false
	}
	if s.Name == "" {
		r.bad(n, path+".name", "wajib diisi; nama pendek seperti laporan-bulanan")
	}
	if len(s.To) == 0 {
		r.bad(n, path+".to", "wajib diisi; sebutkan paling sedikit satu saluran")
	}
	if s.Kind == Alerts && s.Rules.empty() {
		r.bad(n, path, "peringatan ini tidak menjaga apa pun; isi silent_days, due_within, sources atau thresholds")
	}
	found, err := scope.Regions.Find(code)
	if code == "" {
		r.bad(n, path+".region", "wajib diisi, di sini atau sekali pada kunci region paling atas; kode Kemendagri seperti 19.71")
	} else if err != nil {
		r.bad(n, path+".region", "%v", err)
	}
	s.Region = found
	return s, len(r.problems) == before
}

// intoFiles reads the names of files; an empty list attaches none.
func (r *reader) intoFiles(into *[]File) func(*yaml.Node, string) {
	return func(n *yaml.Node, path string) {
		*into = nil
		r.list(n, path, func(n *yaml.Node, path string) {
			text, ok := r.text(n, path)
			switch f := File(text); {
			case !ok:
			case !slices.Contains(fileNames, f):
				r.bad(n, path, "%q tidak dikenal; yang boleh: workbook, summary, cards", oneLine(text, 60))
			case slices.Contains(*into, f):
				r.bad(n, path, "%q ditulis dua kali; hapus salah satunya", text)
			default:
				*into = append(*into, f)
			}
		})
	}
}

func readTarget(r *reader, n *yaml.Node, path string, c *Config) Target {
	var t Target
	before := len(r.problems)
	ok := r.mapping(n, path, []key{
		{"channel", r.intoText(&t.Channel)},
		{"recipients", func(n *yaml.Node, path string) {
			r.list(n, path, func(n *yaml.Node, path string) {
				if text, ok := r.text(n, path); ok {
					t.Recipients = append(t.Recipients, text)
				}
			})
		}},
	})
	if !ok || len(r.problems) > before {
		return t
	}
	channel := c.Channel(t.Channel)
	if channel == nil {
		r.bad(n, path+".channel", "saluran %q tidak ada di deliveries.channels", oneLine(t.Channel, 80))
	} else if words := channel.checkRecipients(t.Recipients); words != "" {
		r.bad(n, path+".recipients", "%s", words)
	}
	return t
}

func (a *AlertRules) empty() bool {
	return a.SilentDays == 0 && a.DueWithin == nil && !a.Sources && len(a.Thresholds) == 0
}

func (a *AlertRules) keys(r *reader) []key {
	return []key{
		{"silent_days", r.intoInt(&a.SilentDays, 1, maxSilentDays)},
		{"due_within", func(n *yaml.Node, path string) {
			days := -1
			r.intoInt(&days, 0, maxWorkingDays)(n, path)
			if days >= 0 {
				a.DueWithin = &days
			}
		}},
		{"sources", r.intoBool(&a.Sources)},
		{"thresholds", func(n *yaml.Node, path string) {
			r.list(n, path, func(n *yaml.Node, path string) {
				var t Threshold
				r.mapping(n, path, []key{
					{"figure", r.intoText(&t.Figure)}, {"below", r.intoNumber(&t.Below)}, {"above", r.intoNumber(&t.Above)},
				})
				if words := t.check(); words != "" {
					r.bad(n, path, "%s", words)
				}
				a.Thresholds = append(a.Thresholds, t)
			})
		}},
	}
}
