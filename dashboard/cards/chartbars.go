package cards

// The rows of a chart of bars, in pixels.
const (
	tallestRow  = 104.0
	smallestRow = 27.0
)

// barRow is one bar with its name.
type barRow struct {
	name    string
	series  Series
	value   ChartPoint
	partial bool // the period is not over
}

// bars draws names with a bar and its number each; on a slide in two columns
// where one has no room for all.
func (c *card) bars(area box, ch *Chart) {
	rows, most := ch.barRows()
	columns := 1
	if !c.upright && float64(len(rows))*smallestRow > area.h {
		columns = 2
	}
	perColumn := (len(rows) + columns - 1) / columns
	if room := int(area.h / smallestRow); perColumn > room {
		perColumn = int((area.h - 40) / smallestRow)
		left := len(rows) - perColumn*columns
		c.scene.fitted(area.x, area.y+area.h-4, area.w, regular(23), start, muted, c.stamp.RowsLeft(left))
		rows = rows[:perColumn*columns]
		area.h -= 40
	}
	const gap = 64
	names := 0.36 // the part of the width that they have
	if c.upright || columns > 1 {
		names = 0.44
	}
	wide := (area.w - gap*float64(columns-1)) / float64(columns)
	tall := min(area.h/float64(max(perColumn, 1)), tallestRow)
	for i, row := range rows {
		x := area.x + float64(i/perColumn)*(wide+gap)
		c.barRow(box{x, area.y + float64(i%perColumn)*tall, wide, tall}, row, most, names)
	}
}

// barRows lists the bars, and the longest. Of stacked series a row fills one.
func (ch *Chart) barRows() (rows []barRow, most float64) {
	for i, name := range ch.Names {
		row := barRow{name: name, partial: ch.Partial}
		for _, s := range ch.Series {
			if i < len(s.Points) && s.Points[i].Known {
				row.series, row.value = s, s.Points[i]
				most = max(most, s.Points[i].Y)
			}
		}
		rows = append(rows, row)
	}
	return rows, most
}

func (c *card) barRow(at box, row barRow, most, share float64) {
	f := regular(min(30, at.h*0.56))
	c.name(at.x, at.y+at.h/2, at.w*share-18, at.h, f, row.name)
	if !row.value.Known {
		return
	}
	label := c.lang.Trim(row.value.Y, 1)
	left := at.x + at.w*share
	room := at.w*(1-share) - f.width(c.lang.Trim(most, 1)) - f.size*1.4
	length := 0.0
	if most > 0 {
		length = max(row.value.Y, 0) / most * room
	}
	thick := min(at.h*0.5, 40)
	if length < 2 {
		length = 2
	}
	c.bar(box{left, at.y + (at.h-thick)/2, length, thick}, row.series, row.partial)
	c.scene.text(left+length+12, at.y+at.h/2+f.size*0.35, f, start, ink, label)
}
