package dashboard

import (
	"gaung/metrics"
)

// channelsView sets the articles of every OPD on every channel beside its
// stories.
type channelsView struct {
	Heads []string // of the channels that have an article
	Rows  []channelRow
}

// channelRow is one OPD: its stories, its articles, and these by channel.
type channelRow struct {
	OPD, Name         string
	Hidden            bool
	Stories, Articles drill
	Channels          []drill
}

// newChannels words the articles by channel, in the order of the report. OPD
// without an article have no row.
func newChannels(m *monthly, r *metrics.Report) channelsView {
	var v channelsView
	used := map[string]bool{}
	for _, o := range r.Publication.OPD {
		for channel, n := range o.Channels {
			used[channel] = used[channel] || n > 0
		}
	}
	var channels []string
	for _, channel := range metrics.Channels() {
		if used[channel] {
			channels = append(channels, channel)
			v.Heads = append(v.Heads, m.sel.Lang.Channel(channel))
		}
	}
	for _, o := range r.Publication.OPD {
		if o.Articles == 0 {
			continue
		}
		row := channelRow{
			OPD: o.OPD, Name: o.Name, Hidden: hides(m.search, o.Name+" "+o.OPD),
			Stories: m.rows.to(storyRows, allRows, o.OPD, o.Stories), Articles: m.rows.to(articleRows, allRows, o.OPD, o.Articles),
		}
		for _, channel := range channels {
			row.Channels = append(row.Channels, m.rows.to(articleRows, channelPrefix+channel, o.OPD, o.Channels[channel]))
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}
