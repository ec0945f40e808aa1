package metrics

import "context"

// Choices is what a report of a region can be restricted to.
type Choices struct {
	PeerGroups []string // by name
	// OPD are those that existed in the period, by name.
	OPD []OPDChoice
	// Channels are all there can be, whether anything stands on them or not.
	Channels []string
}

// OPDChoice is an OPD that a report can be restricted to. PeerGroup is empty
// for one without a peer group.
type OPDChoice struct {
	OPDRef
	PeerGroup string
}

// Choices lists what the query could be restricted to. The filter of the query
// itself does not count. Errors are those of [Metrics.Report].
func (m *Metrics) Choices(ctx context.Context, q Query) (*Choices, error) {
	if err := q.checkPeriod(); err != nil {
		return nil, err
	}
	s := &snapshot{conn: m.conn, query: q}
	a, err := s.agencies(ctx)
	if err != nil {
		return nil, err
	}
	c := &Choices{PeerGroups: a.peerGroups(), OPD: []OPDChoice{}, Channels: Channels()}
	for _, o := range s.existing(a) {
		c.OPD = append(c.OPD, OPDChoice{OPDRef{OPD: o.code, Name: o.name}, o.peerGroup})
	}
	return c, nil
}
