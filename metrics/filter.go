package metrics

import (
	"slices"
	"strconv"
	"strings"
)

// Filter restricts what a report is about. The zero value restricts nothing.
//
// PeerGroup and OPD choose agencies: every total, row and ranking is about
// these alone, and what belongs to an unknown OPD to none. Scores stay what
// they are in the whole region: each OPD is drawn toward the same others,
// whoever is looked at. Places are those among the OPD of the peer group, or
// without one among those of the region; OPD chosen by name keep these places.
//
// Channel counts the articles that stand on it, and the stories that stand on
// it among others. It concerns articles and stories only.
type Filter struct {
	PeerGroup string
	// OPD are codes, names, short names or known spellings.
	OPD     []string
	Channel string
}

// empty reports whether the filter restricts nothing.
func (f Filter) empty() bool { return f.PeerGroup == "" && len(f.OPD) == 0 && f.Channel == "" }

// Channels lists the channels an article can stand on.
func Channels() []string {
	return []string{channelWebsite, "portal", "instagram", "facebook", "x", "youtube", "tiktok", "media"}
}

// The sets of OPD that places are given among.
const (
	RankedAmongRegion    = "region"
	RankedAmongPeerGroup = "peer_group"
)

// Filters is a filter as a report shows it.
type Filters struct {
	PeerGroup *string  `json:"peer_group"`
	OPD       []OPDRef `json:"opd"` // by name; empty for all
	Channel   *string  `json:"channel"`
	// RankedAmong says among whom the places are: region or peer_group.
	RankedAmong string `json:"ranked_among"`
}

// Any reports whether anything is filtered.
func (f Filters) Any() bool { return f.PeerGroup != nil || len(f.OPD) > 0 || f.Channel != nil }

// scope is the OPD a report is about. The zero value is every one of them, the
// unknown one included.
type scope struct {
	filtered bool            // by OPD or peer group
	rivals   map[string]bool // those among whom places are given; nil for all
	shown    map[string]bool // those the report is about
	refs     []OPDRef        // those chosen by name
}

// shows reports whether the figures of an OPD are part of the report; "" is
// the OPD nobody could name.
func (sc scope) shows(code string) bool { return !sc.filtered || sc.shown[code] }

// competes reports whether an OPD takes part in giving places.
func (sc scope) competes(code string) bool { return sc.rivals == nil || sc.rivals[code] }

// codes are the OPD shown, in order, empty for all: the parameter only of the
// statements.
func (sc scope) codes() []string {
	codes := []string{}
	for code := range sc.shown {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}

func (sc scope) filters(q Query) Filters {
	f := Filters{OPD: append([]OPDRef{}, sc.refs...), RankedAmong: RankedAmongRegion}
	if group := q.Filter.PeerGroup; group != "" {
		f.PeerGroup, f.RankedAmong = &group, RankedAmongPeerGroup
	}
	if channel := q.Filter.Channel; channel != "" {
		f.Channel = &channel
	}
	return f
}

// checkChannel refuses a channel nothing can stand on.
func (f Filter) checkChannel() error {
	if f.Channel == "" || slices.Contains(Channels(), f.Channel) {
		return nil
	}
	return userError(BadValue, "saluran {1} tidak dikenal; pilih {2}", strconv.Quote(f.Channel), strings.Join(Channels(), ", "))
}

// scope resolves a filter among the OPD of the region. The error is a *UserError
// for an OPD or a peer group that is not there.
func (a *agencies) scope(f Filter) (scope, error) {
	var sc scope
	if f.PeerGroup != "" {
		sc.filtered, sc.rivals = true, map[string]bool{}
		for _, o := range a.list {
			if o.peerGroup == f.PeerGroup {
				sc.rivals[o.code] = true
			}
		}
		if len(sc.rivals) == 0 {
			return sc, userError(BadValue, "kelompok {1} tidak ada; pilih salah satu: {2}", strconv.Quote(f.PeerGroup), strings.Join(a.peerGroups(), ", "))
		}
		sc.shown = sc.rivals
	}
	if len(f.OPD) == 0 {
		return sc, nil
	}
	sc.filtered, sc.shown = true, map[string]bool{}
	for _, text := range f.OPD {
		code := a.resolve(text)
		if code == "" {
			return sc, userError(BadValue, "OPD {1} tidak ada; pakai kode atau nama OPD wilayah ini", strconv.Quote(text))
		}
		if !sc.competes(code) {
			return sc, userError(BadValue, "OPD {1} bukan anggota kelompok {2}; hapus salah satu saringan", strconv.Quote(a.name(code)), strconv.Quote(f.PeerGroup))
		}
		if !sc.shown[code] {
			sc.shown[code] = true
			sc.refs = append(sc.refs, OPDRef{OPD: code, Name: a.name(code)})
		}
	}
	slices.SortFunc(sc.refs, func(x, y OPDRef) int { return byName(x.Name, x.OPD, y.Name, y.OPD) })
	return sc, nil
}

// peerGroups lists the peer groups of the region, by name.
func (a *agencies) peerGroups() []string {
	groups := []string{}
	for _, o := range a.list {
		if o.peerGroup != "" && !slices.Contains(groups, o.peerGroup) {
			groups = append(groups, o.peerGroup)
		}
	}
	slices.Sort(groups)
	return groups
}

// listed are the OPD of the report that existed in its period.
func (s *snapshot) listed(a *agencies) []agency {
	return slices.DeleteFunc(s.existing(a), func(o agency) bool { return !s.scope.shows(o.code) })
}

// existing are the OPD of the region that existed in the period.
func (s *snapshot) existing(a *agencies) []agency {
	days := s.period()
	return a.validIn(days.First, days.Last)
}

// shown drops what belongs to an OPD the report is not about.
func shown[T any](s *snapshot, rows []T, code func(T) string) []T {
	if !s.scope.filtered {
		return rows
	}
	return slices.DeleteFunc(slices.Clone(rows), func(row T) bool { return !s.scope.shows(code(row)) })
}

// among keeps the tallies of the OPD that pass.
func (t tallies) among(pass func(code string) bool) tallies {
	out := tallies{}
	for code, c := range t {
		if pass(code) {
			out[code] = c
		}
	}
	return out
}

// kept is what belongs to the OPD the report is about, by code.
func kept[V any](s *snapshot, all map[string]V) map[string]V {
	if !s.scope.filtered {
		return all
	}
	out := map[string]V{}
	for code, v := range all {
		if s.scope.shows(code) {
			out[code] = v
		}
	}
	return out
}

// holders says which complaints count for the report: with OPD chosen, those
// that one of them had last by the as-of day.
func (s *snapshot) holders(spells []spell) (mine func(id string) bool) {
	if !s.scope.filtered {
		return func(string) bool { return true }
	}
	last := map[string]spell{}
	for _, x := range spells {
		if _, ok := s.begun(x); ok && x.number >= last[x.id].number {
			last[x.id] = x
		}
	}
	return func(id string) bool { return s.scope.shows(last[id].opd) }
}

// SplitOPD reads a list of OPD as addresses and flags give it: several values,
// each of one OPD or of several with bars between them. Empty parts do not
// count.
func SplitOPD(values []string) []string {
	var out []string
	for _, value := range values {
		for part := range strings.SplitSeq(value, "|") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}
