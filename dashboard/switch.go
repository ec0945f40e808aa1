package dashboard

import (
	"cmp"
	"slices"
	"strings"

	"gaung/dashboard/wording"
	"gaung/metrics"
	"gaung/metrics/calendar"
)

// switchView is the bar that changes what a page is about: month or days,
// comparison, region, and filters. It is two forms, since choosing a month and
// naming days are two ways to say the same.
type switchView struct {
	Action string
	// Months holds the months; while days are chosen instead, also these.
	Months   []option
	Regions  []option
	Compares []option
	Groups   []option // none where no OPD has a peer group
	OPDs     []option
	Channels []option
	Presets  []navItem
	From, To string // of the date inputs
	Latest   string // the last day that can be chosen
	// Keep is what the first form hands on beside its own fields, KeepDates what
	// the form of the dates does.
	Keep, KeepDates []field
	// Active counts the filters, Clear leads to the page without them.
	Active int
	Clear  string
	// Told is what the page shows; Announced says it to those who do not see it
	// change, with the order of its tables.
	Told, Announced string
}

// option is one choice of a select.
type option struct {
	Value    string
	Label    string
	Selected bool
}

// presetDays are the ranges offered beside the months: whole weeks, so that
// every weekday counts as often.
var presetDays = [...]int{28, 91}

// switchView lists the choices; what is chosen is always among them. at is
// the address of the page, for what it keeps beside them, such as its order.
func (sel *selection) switchView(action string, choices *metrics.Choices, at address) *switchView {
	n := sel.narrowing()
	v := &switchView{
		Action: action, Months: sel.monthOptions(), Regions: sel.regionOptions(), Compares: sel.compareOptions(),
		From: sel.Period.First.String(), To: sel.Period.Last.String(), Latest: sel.today().String(), Told: sel.told(),
	}
	if v.Announced = v.Told; at.Sort != "" {
		v.Announced += " " + sentence(at.orderWords())
	}
	keep := at.kept()
	if sel.AsOfSet {
		keep = append(keep, field{"as_of", sel.AsOf.String()})
	}
	if code := sel.Lang.Code(); code != wording.Indonesian.Code() {
		keep = append(keep, field{langField, code})
	}
	v.Keep, v.KeepDates = slices.Clone(keep), slices.Clone(keep)
	if _, whole := sel.Period.Month(); !whole {
		v.Keep = append(v.Keep, field{"from", n.From}, field{"to", n.To})
	}
	v.KeepDates = append(v.KeepDates, field{"region", sel.Region.Code})
	for _, f := range n.fields() {
		if f.Name != "month" && f.Name != "from" && f.Name != "to" {
			v.KeepDates = append(v.KeepDates, f)
		}
	}
	sel.filterOptions(v, choices, at)
	sel.presets(v, at)
	return v
}

// monthOptions lists the months with data; while days are chosen that are no
// month, these days stand first under the empty value, which keeps them.
func (sel *selection) monthOptions() []option {
	months := slices.Clone(sel.Through.Months)
	chosen, whole := sel.Period.Month()
	if whole && !slices.Contains(months, chosen) {
		months = append(months, chosen)
		slices.SortFunc(months, func(a, b calendar.Month) int { return int(b.First()) - int(a.First()) })
	}
	var list []option
	if !whole {
		list = append(list, option{Label: sel.Lang.Span(sel.Period), Selected: true})
	}
	for _, m := range months {
		list = append(list, option{Value: m.String(), Label: sel.Lang.Month(m.Year, m.Month), Selected: whole && m == chosen})
	}
	return list
}

func (sel *selection) regionOptions() []option {
	var list []option
	for _, r := range sel.Regions {
		list = append(list, option{Value: r.Code, Label: r.Name, Selected: r.Code == sel.Region.Code})
	}
	return list
}

func (sel *selection) compareOptions() []option {
	before := "periode sebelumnya"
	if _, whole := sel.Period.Month(); whole {
		before = "bulan sebelumnya"
	}
	return []option{
		{Value: "", Label: sel.Lang.T(before), Selected: sel.Compare == metrics.ComparePrevious},
		{Value: string(metrics.CompareYear), Label: sel.Lang.T("tahun lalu"), Selected: sel.Compare == metrics.CompareYear},
	}
}

// filterOptions lists what the page can be restricted to. Without choices,
// which may be missing, what is chosen still stands there.
func (sel *selection) filterOptions(v *switchView, choices *metrics.Choices, at address) {
	if choices == nil {
		choices = &metrics.Choices{Channels: metrics.Channels()}
	}
	f := sel.carried()
	for _, group := range choices.PeerGroups {
		v.Groups = append(v.Groups, option{Value: group, Label: group, Selected: group == f.PeerGroup})
	}
	v.Groups = sel.withAll(v.Groups, "Semua kelompok", f.PeerGroup, f.PeerGroup)

	one := strings.Join(f.OPD, "|")
	for _, o := range choices.OPD {
		if f.PeerGroup == "" || o.PeerGroup == f.PeerGroup {
			v.OPDs = append(v.OPDs, option{Value: o.OPD, Label: o.Name, Selected: o.OPD == one})
		}
	}
	label := one
	if len(f.OPD) > 1 {
		label = sel.Lang.T("{1} OPD", len(f.OPD))
	}
	v.OPDs = sel.withAll(v.OPDs, "Semua OPD", one, label)

	for _, channel := range choices.Channels {
		v.Channels = append(v.Channels, option{Value: channel, Label: sel.Lang.Channel(channel), Selected: channel == f.Channel})
	}
	v.Channels = sel.withAll(v.Channels, "Semua saluran", f.Channel, f.Channel)

	for _, chosen := range []string{f.PeerGroup, one, f.Channel} {
		if chosen != "" {
			v.Active++
		}
	}
	if v.Active > 0 {
		a := sel.address()
		a.Group, a.narrowing.OPD, a.Channel = "", nil, ""
		a.Sort, a.Descending = at.Sort, at.Descending
		v.Clear = v.Action + a.sortedQuery()
	}
}

// withAll puts the choice of everything first, and behind it what is chosen
// where it is not among the choices.
func (sel *selection) withAll(list []option, all, chosen, label string) []option {
	if len(list) == 0 && chosen == "" {
		return nil
	}
	known := chosen == "" || slices.ContainsFunc(list, func(o option) bool { return o.Selected })
	if !known {
		list = slices.Insert(list, 0, option{Value: chosen, Label: label, Selected: true})
	}
	return slices.Insert(list, 0, option{Label: sel.Lang.T(all), Selected: chosen == ""})
}

// presets links to the last days up to yesterday, and to the newest month that
// has ended.
func (sel *selection) presets(v *switchView, at address) {
	to := func(p calendar.Period) string {
		a := sel.address()
		a.narrowing, a.Sort, a.Descending = a.at(p), at.Sort, at.Descending
		return v.Action + a.sortedQuery()
	}
	for _, days := range presetDays {
		p := lastDays(sel.today(), days)
		v.Presets = append(v.Presets, navItem{
			Label: sel.Lang.T("{1} hari", days), URL: to(p), Current: p == sel.Period,
		})
	}
	if m, ok := sel.finished(); ok {
		v.Presets = append(v.Presets, navItem{Label: sel.Lang.Month(m.Year, m.Month), URL: to(m.Period()), Current: m.Period() == sel.Period})
	}
}

// told says in one line what the page is about.
func (sel *selection) told() string {
	parts := []string{sel.Region.Name, sel.Lang.Span(sel.Period)}
	if sel.Filter.PeerGroup != "" {
		parts = append(parts, sel.Lang.T("kelompok {1}", sel.Filter.PeerGroup))
	}
	if len(sel.Filter.OPD) > 0 {
		parts = append(parts, sel.Lang.T("OPD {1}", strings.Join(sel.Filter.OPD, ", ")))
	}
	if sel.Filter.Channel != "" {
		parts = append(parts, sel.Lang.T("saluran {1}", sel.Lang.Channel(sel.Filter.Channel)))
	}
	return sel.Lang.T("Ditampilkan: {1}.", strings.Join(parts, ", "))
}

// narrowing is what the page is about as a part of its address.
func (sel *selection) narrowing() narrowing {
	return narrowingFor(sel.Period, cmp.Or(sel.Compare, metrics.ComparePrevious), sel.carried())
}

// choice is one select of the bar. Resets names the selects that start over
// when it changes: what they offered was of the former choice.
type choice struct {
	ID, Name, Label string
	Options         []option
	Resets          string
}

func newChoice(id, name, label string, options []option, resets string) choice {
	return choice{id, name, label, options, resets}
}
