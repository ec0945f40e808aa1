package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// chart is a native chart that follows the cells of a table.
type chart struct {
	title      string
	kind       excelize.ChartType
	from       *placed
	categories string // key of the column with the names
	series     []series
	percent    bool // the values are shares
	legend     bool
	// lines, for a chart across: every series is a row of the table, and the
	// points are the columns from categories to the last.
	lines bool
	most  int // pixels in height; 0 for as many as a page takes
}

// series is one row of points: of a column, or of a row for a chart across.
type series struct {
	key    string // of the column
	row    int    // of the sheet
	colour string
}

// The colours of the series, after Okabe and Ito.
const (
	seriesBlue  = "0072B2"
	seriesRed   = "D55E00"
	seriesSky   = "7EBADE"
	seriesGrey  = "B0B7C0"
	seriesGreen = "009E73"
)

const (
	// emptyRowPixels is the least height that an empty row has on screen.
	emptyRowPixels = 16
	// printedRowPixels is the most height that an empty row has in print.
	printedRowPixels = 20
	chartMaxHeight   = 590
)

// width is how wide the table is on screen, in pixels.
func (p *placed) width() int {
	chars := 0.0
	for _, c := range p.columns {
		chars += c.width
	}
	return int(chars*7) + 5*len(p.columns)
}

// charts draws charts below a table, on printed pages of their own: as many on
// a page as it holds. An empty table has none.
func (b *book) charts(on *placed, list ...chart) error {
	// A page is as tall as its width allows on A4, less the repeated titles.
	room, left := int(0.64*float64(on.width()))-80, 0
	for _, c := range list {
		if c.from.last < c.from.first {
			continue
		}
		row := on.end + 2
		height := chartMaxHeight
		if c.most > 0 {
			height = c.most
		}
		if c.kind == excelize.Bar || c.kind == excelize.BarStacked {
			height = min(height, 120+24*(c.from.last-c.from.first+1))
		} else {
			height = 420
		}
		rows := height/emptyRowPixels + 1
		if taken := (rows + 2) * printedRowPixels; taken > left {
			if err := b.file.InsertPageBreak(on.sheet, fmt.Sprintf("A%d", row)); err != nil {
				return err
			}
			left = room - taken
		} else {
			left -= taken
		}
		if err := b.draw(on, row, height, c); err != nil {
			return fmt.Errorf("chart %q: %w", c.title, err)
		}
		on.end = row + rows
	}
	return nil
}

func (b *book) draw(on *placed, row, height int, c chart) error {
	list, err := c.points()
	if err != nil {
		return err
	}
	gap, overlap, zero := uint(40), 0, 0.0
	if c.kind == excelize.BarStacked {
		overlap = 100
	}
	bars := c.kind == excelize.Bar || c.kind == excelize.BarStacked
	font := excelize.Font{Family: fontFamily, Size: 8, Color: ink}
	values := excelize.ChartAxis{Minimum: &zero, MajorGridLines: !bars, None: bars, Font: font}
	if c.percent {
		values.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "0%"}
	}
	legend := "none"
	if c.legend {
		legend = "bottom"
	}
	picture := &excelize.Chart{
		Type: c.kind, Series: list,
		Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{
			Text: c.title, Font: &excelize.Font{Family: fontFamily, Bold: true, Size: 11, Color: ink},
		}}},
		Legend:       excelize.ChartLegend{Position: legend},
		Dimension:    excelize.ChartDimension{Width: uint(min(on.width(), 1300)), Height: uint(height)},
		PlotArea:     excelize.ChartPlotArea{ShowVal: !c.lines},
		Border:       excelize.LineOptions{Type: excelize.LineNone},
		XAxis:        excelize.ChartAxis{ReverseOrder: bars, Font: font},
		YAxis:        values,
		ShowBlanksAs: "gap",
		Format:       excelize.GraphicOptions{AltText: c.title + "; angkanya ada pada lembar " + c.from.sheet},
	}
	if c.kind != excelize.Line {
		picture.GapWidth, picture.Overlap = &gap, &overlap
	}
	return b.file.AddChart(on.sheet, fmt.Sprintf("A%d", row), picture)
}

// points are the series with the cells they read.
func (c chart) points() ([]excelize.ChartSeries, error) {
	p, quoted := c.from, "'"+c.from.sheet+"'"
	first, err := p.columnOf(c.categories)
	if err != nil {
		return nil, err
	}
	last, err := excelize.ColumnNumberToName(len(p.columns))
	if err != nil {
		return nil, err
	}
	var list []excelize.ChartSeries
	for _, s := range c.series {
		one := excelize.ChartSeries{
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.colour}},
			DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Family: fontFamily, Size: 8, Color: ink}},
		}
		if c.lines {
			one.Name = fmt.Sprintf("%s!$B$%d", quoted, s.row)
			one.Categories = fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted, first, p.header, last, p.header)
			one.Values = fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted, first, s.row, last, s.row)
			one.Line = excelize.LineOptions{Width: 2.25, Fill: one.Fill}
			one.Marker = excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: one.Fill}
			list = append(list, one)
			continue
		}
		values, err := p.columnOf(s.key)
		if err != nil {
			return nil, err
		}
		cells := func(column string) string {
			return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted, column, p.first, column, p.last)
		}
		one.Name, one.Categories, one.Values = fmt.Sprintf("%s!$%s$%d", quoted, values, p.header), cells(first), cells(values)
		list = append(list, one)
	}
	return list, nil
}
