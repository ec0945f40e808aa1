package metrics

// minPeers is how many OPD a peer group needs before its members are compared
// with each other instead of with the whole region.
const minPeers = 5

// comparison says with whom each OPD is compared: by code the name of its peer
// group, or "" for the region as a whole.
type comparison map[string]string

// compareAmong sorts OPD into their peer groups. A group with fewer than five
// of them taking part does not count.
func compareAmong(a *agencies, codes []string) comparison {
	size := map[string]int{}
	for _, code := range codes {
		size[a.peerGroup(code)]++
	}
	out := make(comparison, len(codes))
	for _, code := range codes {
		if group := a.peerGroup(code); size[group] >= minPeers {
			out[code] = group
		}
	}
	return out
}

// peerGroup is the peer group of an OPD, "" where none is set.
func (a *agencies) peerGroup(code string) string {
	if i, ok := a.byCode[code]; ok {
		return a.list[i].peerGroup
	}
	return ""
}

// name is the peer group an OPD is compared with, nil for the region.
func (c comparison) name(code string) *string {
	if group := c[code]; group != "" {
		return &group
	}
	return nil
}

// priors fits one prior to all OPD, under "", and one to each peer group.
func priors[E, P any](c comparison, codes []string, evidence func(code string) E, fit func([]E) P) map[string]P {
	members := map[string][]E{"": nil}
	for _, code := range codes {
		e := evidence(code)
		members[""] = append(members[""], e)
		if group := c[code]; group != "" {
			members[group] = append(members[group], e)
		}
	}
	out := make(map[string]P, len(members))
	for group, list := range members {
		out[group] = fit(list)
	}
	return out
}
