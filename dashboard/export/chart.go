package export

import (
	"fmt"
	"math"

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
	// chartRowPixels is the height of the rows below a chart. It is written out:
	// programs give empty rows different heights, and a chart follows its rows.
	chartRowPixels = 20
	pointsPerPixel = 0.75
	// anchorRowPixels is how tall the library that writes the file takes such a
	// row to be, by which it finds the cell that a chart ends in.
	anchorRowPixels = 18
	chartMaxHeight  = 590 // on a sheet that holds more than its chart
	// plainWidth is the width in pixels of a sheet whose print is about as large
	// as its screen; the letters of a chart on a wider one grow with it.
	plainWidth = 1100
)

// width is how wide the table is on screen, in pixels.
func (p *placed) width() int {
	chars := 0.0
	for _, c := range p.columns {
		chars += c.width
	}
	return int(chars*7) + 5*len(p.columns)
}

// anchorWidth is the width that makes a chart end in the last column, near its
// right edge: the library takes a unit of width for 8 pixels, programs for 7.
func (p *placed) anchorWidth() int {
	pixels := 0
	for _, c := range p.columns[:len(p.columns)-1] {
		pixels += int(c.width*8 + 0.5)
	}
	return pixels + int(p.columns[len(p.columns)-1].width*7)
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
		height := c.height(on, room-2*chartRowPixels)
		rows := height/chartRowPixels + 1
		for i := row; i <= row+rows; i++ {
			if err := b.file.SetRowHeight(on.sheet, i, chartRowPixels*pointsPerPixel); err != nil {
				return err
			}
		}
		if taken := (rows + 2) * chartRowPixels; taken > left {
			if err := b.file.InsertPageBreak(on.sheet, fmt.Sprintf("A%d", row)); err != nil {
				return err
			}
			left = room - taken
		} else {
			left -= taken
		}
		if err := b.draw(on, row, rows, c); err != nil {
			return fmt.Errorf("chart %q: %w", c.title, err)
		}
		on.end = row + rows
	}
	return nil
}

// magnified is how much larger the letters of a chart are so that they stay
// readable where a wide sheet is printed on one page.
func (p *placed) magnified() float64 { return max(1, float64(p.width())/plainWidth) }

// height is how tall a chart is, in pixels: as its bars need, at most a page.
func (c chart) height(on *placed, page int) int {
	scale := on.magnified()
	height := int(0.5 * float64(on.width()))
	if c.kind == excelize.Bar || c.kind == excelize.BarStacked {
		height = int(scale * float64(120+24*(c.from.last-c.from.first+1)))
	} else if scale == 1 {
		height = 420
	}
	if c.most > 0 {
		height = min(height, c.most)
	}
	return max(min(height, page), 200)
}

// draw draws a chart as wide as the table, over some rows.
func (b *book) draw(on *placed, row, rows int, c chart) error {
	list, err := c.points(on.magnified())
	if err != nil {
		return err
	}
	gap, overlap, zero := uint(40), 0, 0.0
	if c.kind == excelize.BarStacked {
		overlap = 100
	}
	bars := c.kind == excelize.Bar || c.kind == excelize.BarStacked
	scale := on.magnified()
	font := excelize.Font{Family: fontFamily, Size: letters(8, scale), Color: ink}
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
			Text: c.title, Font: &excelize.Font{Family: fontFamily, Bold: true, Size: letters(11, scale), Color: ink},
		}}},
		Legend:       excelize.ChartLegend{Position: legend, Font: &font},
		Dimension:    excelize.ChartDimension{Width: uint(on.anchorWidth()), Height: uint(rows * anchorRowPixels)},
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

// letters is a size of letters, in whole points as charts have them.
func letters(size, scale float64) float64 { return math.Round(size * scale) }

// points are the series with the cells they read.
func (c chart) points(scale float64) ([]excelize.ChartSeries, error) {
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
			DataLabel: excelize.ChartDataLabel{Font: excelize.Font{Family: fontFamily, Size: letters(8, scale), Color: ink}},
		}
		if c.lines {
			one.Name = fmt.Sprintf("%s!$B$%d", quoted, s.row)
			one.Categories = fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted, first, p.header, last, p.header)
			one.Values = fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted, first, s.row, last, s.row)
			one.Line = excelize.LineOptions{Width: 2.25 * scale, Fill: one.Fill}
			one.Marker = excelize.ChartMarker{Symbol: "circle", Size: int(6 * scale), Fill: one.Fill}
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
