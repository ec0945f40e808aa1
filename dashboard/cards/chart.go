package cards

import (
	"encoding/json"
	"fmt"
	"image/color"
	"slices"
)

// Chart is a chart of a page, read from the option that the browser draws it
// from: bars beside names, lines over months, or points on two scales.
type Chart struct {
	// Names are those of the bars or of the places on the axis; none on two
	// scales.
	Names  []string
	Series []Series
	// Flat charts are bars that lie.
	Flat           bool
	XTitle, YTitle string
	// Partial draws bars of a period that is not over with dashed edges.
	Partial bool
	// Most is the end of the scale; nil leaves it to the values.
	Most *float64
}

// Series is one line, one set of points or of bars.
type Series struct {
	Name    string
	Colour  string // the name of a colour of the page
	Outline bool   // a light shape with a dark edge
	Dashes  string // solid, dashed or dotted
	Step    bool   // a value holds until the next
	Dots    bool   // points without a line
	Labels  bool   // points carry their value
	Points  []ChartPoint
}

// ChartPoint is a value. X counts the names where the chart has some.
type ChartPoint struct {
	X, Y   float64
	Known  bool
	Name   string
	Symbol string // circle, emptyCircle, triangle, diamond, none
}

// option is the part of an ECharts option that the pages use.
type option struct {
	XAxis  []axis `json:"xAxis"`
	YAxis  []axis `json:"yAxis"`
	Series []struct {
		Name       string            `json:"name"`
		Type       string            `json:"type"`
		Data       []json.RawMessage `json:"data"`
		Step       any               `json:"step"`
		ShowSymbol *bool             `json:"showSymbol"`
		ItemStyle  struct {
			Color       string `json:"color"`
			BorderColor string `json:"borderColor"`
		} `json:"itemStyle"`
		LineStyle struct {
			Color string `json:"color"`
			Type  string `json:"type"`
		} `json:"lineStyle"`
		Label struct {
			Show bool `json:"show"`
		} `json:"label"`
	} `json:"series"`
}

type axis struct {
	Type string   `json:"type"`
	Name string   `json:"name"`
	Data []string `json:"data"`
	Max  any      `json:"max"`
}

// ReadChart reads the option of a chart. A kind of chart that cannot be drawn
// is an error.
func ReadChart(text []byte) (*Chart, error) {
	var o option
	if err := json.Unmarshal(text, &o); err != nil {
		return nil, fmt.Errorf("cards: read chart: %w", err)
	}
	if len(o.XAxis) != 1 || len(o.YAxis) != 1 || len(o.Series) == 0 {
		return nil, fmt.Errorf("cards: read chart: %d and %d axes, %d series", len(o.XAxis), len(o.YAxis), len(o.Series))
	}
	x, y := o.XAxis[0], o.YAxis[0]
	c := &Chart{XTitle: x.Name, YTitle: y.Name, Names: x.Data}
	if y.Type == "category" {
		c.Names, c.Flat = y.Data, true
	}
	if most, ok := y.Max.(float64); ok {
		c.Most = &most
	}
	for _, from := range o.Series {
		s := Series{Name: from.Name, Colour: from.ItemStyle.Color, Outline: from.ItemStyle.BorderColor != "", Dashes: from.LineStyle.Type, Labels: from.Label.Show}
		if from.LineStyle.Color != "" {
			s.Colour = from.LineStyle.Color
		}
		s.Step = from.Step != nil && from.Step != false && from.Step != ""
		switch {
		case from.Type == "bar" && c.Flat, from.Type == "line":
		case from.Type == "scatter":
			s.Dots = true
		default:
			return nil, fmt.Errorf("cards: read chart: series of type %q", from.Type)
		}
		for i, data := range from.Data {
			p, err := readPoint(data, i)
			if err != nil {
				return nil, err
			}
			if from.ShowSymbol != nil && !*from.ShowSymbol {
				p.Symbol = "none"
			}
			s.Points = append(s.Points, p)
		}
		c.Series = append(c.Series, s)
	}
	return c, nil
}

// readPoint reads a value, a pair of values, or an object around one of them.
func readPoint(data json.RawMessage, index int) (ChartPoint, error) {
	p := ChartPoint{X: float64(index)}
	var object struct {
		Name   string          `json:"name"`
		Value  json.RawMessage `json:"value"`
		Symbol string          `json:"symbol"`
	}
	value := data
	if len(data) > 0 && data[0] == '{' {
		if err := json.Unmarshal(data, &object); err != nil {
			return p, fmt.Errorf("cards: read chart: %w", err)
		}
		p.Name, p.Symbol, value = object.Name, object.Symbol, object.Value
	}
	var pair []float64
	if json.Unmarshal(value, &pair) == nil && len(pair) == 2 {
		p.X, p.Y, p.Known = pair[0], pair[1], true
		return p, nil
	}
	// Anything but a number is a value that there is not.
	p.Known = json.Unmarshal(value, &p.Y) == nil && string(value) != "null"
	return p, nil
}

// known reports whether there is anything to draw.
func (c *Chart) known() bool {
	return slices.ContainsFunc(c.Series, func(s Series) bool {
		return slices.ContainsFunc(s.Points, func(p ChartPoint) bool { return p.Known })
	})
}

// colourOf is a colour of the page on paper.
func colourOf(name string) color.NRGBA {
	switch name {
	case "--mark-soft":
		return color.NRGBA{207, 227, 241, 255}
	case "--warn-line", "--warn-ink":
		return vermillion
	case "--control", "--muted", "--axis", "--line":
		return color.NRGBA{113, 123, 138, 255}
	}
	return blue
}

// chart draws a chart in the room there is.
func (c *card) chart(area box, ch *Chart) {
	area = c.chartLegend(area, ch)
	if ch.Flat {
		c.bars(area, ch)
		return
	}
	c.lines(area, ch)
}

// chartLegend names the series above the drawing, where there are several.
func (c *card) chartLegend(area box, ch *Chart) box {
	var named []Series
	for _, s := range ch.Series {
		if s.Name != "" && !slices.ContainsFunc(named, func(o Series) bool { return o.Name == s.Name }) {
			named = append(named, s)
		}
	}
	if len(named) < 2 {
		return area
	}
	f := regular(24)
	x, y := area.x, area.y+24
	for _, s := range named {
		wide := 56 + f.width(clean(s.Name))
		if x > area.x && x+wide > area.x+area.w {
			x, y = area.x, y+36
		}
		c.sample(x, y-9, s, ch)
		c.scene.fitted(x+48, y, area.w-48, f, start, muted, s.Name)
		x += wide + 34
	}
	used := y + 22 - area.y
	return box{area.x, area.y + used, area.w, area.h - used}
}

// sample draws a piece of a series for the legend.
func (c *card) sample(x, y float64, s Series, ch *Chart) {
	fill := colourOf(s.Colour)
	switch {
	case ch.Flat:
		c.bar(box{x, y - 10, 36, 20}, s, ch.Partial)
	case s.Dots:
		symbol := ""
		if len(s.Points) > 0 {
			symbol = s.Points[0].Symbol
		}
		c.mark(x+18, y, 9, symbol, fill)
	default:
		c.stroke([]point{{x, y}, {x + 36, y}}, s)
	}
}

// bar draws a bar; a light one has a dark edge, one of a period that is not over
// a dashed one.
func (c *card) bar(at box, s Series, partial bool) {
	if partial {
		fill := colourOf(s.Colour)
		if !s.Outline {
			fill = mild
		}
		c.scene.rect(at.x, at.y, at.w, at.h, fill)
		c.scene.dashes([]point{{at.x, at.y}, {at.x + at.w, at.y}, {at.x + at.w, at.y + at.h}, {at.x, at.y + at.h}, {at.x, at.y}}, 2, 6, 4, blue)
		return
	}
	if s.Outline {
		c.scene.rect(at.x, at.y, at.w, at.h, blue)
		c.scene.rect(at.x+1.5, at.y+1.5, at.w-3, at.h-3, colourOf(s.Colour))
		return
	}
	c.scene.rect(at.x, at.y, at.w, at.h, colourOf(s.Colour))
}

// stroke draws the line of a series.
func (c *card) stroke(points []point, s Series) {
	fill := colourOf(s.Colour)
	switch s.Dashes {
	case "dashed":
		c.scene.dashes(points, 2.5, 14, 9, fill)
	case "dotted":
		c.scene.dashes(points, 2.5, 4, 7, fill)
	default:
		c.scene.path(points, 4, fill)
	}
}

// mark draws a point.
func (c *card) mark(x, y, radius float64, symbol string, fill color.NRGBA) {
	switch symbol {
	case "none":
	case "triangle":
		c.scene.polygon(fill, point{x, y - radius*1.2}, point{x + radius*1.15, y + radius*0.9}, point{x - radius*1.15, y + radius*0.9})
	case "diamond":
		c.scene.polygon(fill, point{x, y - radius*1.45}, point{x + radius*1.45, y}, point{x, y + radius*1.45}, point{x - radius*1.45, y})
	case "emptyCircle":
		c.scene.dot(x, y, radius, fill, true)
	default:
		c.scene.dot(x, y, radius, fill, false)
	}
}
