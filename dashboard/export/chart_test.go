package export

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"gaung/metrics"
)

// anchors is a drawing as far as the test reads it.
type anchors struct {
	List []struct {
		From corner `xml:"from"`
		To   corner `xml:"to"`
	} `xml:"twoCellAnchor"`
}

type corner struct {
	Col int `xml:"col"`
	Row int `xml:"row"`
}

// A chart is as wide as the table above it, so that it fills the printed page,
// and stands whole on the printed sheet, on one page, on rows of a set height.
func TestChartsFillThePrintedWidth(t *testing.T) {
	r := big("2026-10")
	for i := range 60 {
		r.Publication.OPD = append(r.Publication.OPD, metrics.PublicationOPD{OPD: fmt.Sprint("9.", i), Name: fmt.Sprint("Kecamatan ", i), Status: metrics.StatusOK, Stories: i, Weeks: 5, TargetPerWeek: 2})
	}
	f, book := open(t, r, full(t))
	charts := 0
	for _, sheet := range f.GetSheetList() {
		drawing := drawingOf(t, f, book, sheet)
		if drawing == "" {
			continue
		}
		var a anchors
		if err := xml.Unmarshal([]byte(part(t, book, drawing)), &a); err != nil {
			t.Fatal(err)
		}
		area := printArea(t, f, sheet)
		for _, at := range a.List {
			if at.From.Col != 0 || at.From.Row < 4 {
				continue // the logo
			}
			charts++
			// The summary is a cover of its own width.
			if at.To.Col+1 != area.Col && sheet != sheetSummary {
				t.Errorf("%s: a chart ends in column %d of %d", sheet, at.To.Col+1, area.Col)
			}
			if at.To.Row > area.Row {
				t.Errorf("%s: a chart ends in row %d, the print in row %d", sheet, at.To.Row, area.Row)
			}
			for row := at.From.Row + 1; row <= at.To.Row; row++ {
				if h, err := f.GetRowHeight(sheet, row); err != nil || h != chartRowPixels*pointsPerPixel {
					t.Fatalf("%s: row %d below a chart is %v tall, %v", sheet, row, h, err)
				}
			}
			// A4 on its side, 0.4 inch at the sides and 0.5 above and below.
			if tall, page := float64((at.To.Row-at.From.Row)*chartRowPixels), float64(widthOf(t, f, sheet, area.Col))*(8.27-1)/(11.69-0.8); tall > page {
				t.Errorf("%s: a chart is %.0f pixels tall, a page %.0f", sheet, tall, page)
			}
		}
	}
	if charts < 8 {
		t.Errorf("%d charts, want at least 8", charts)
	}
}

// drawingOf is the drawing of a sheet, empty for none.
func drawingOf(t *testing.T, f *excelize.File, book []byte, sheet string) string {
	t.Helper()
	index, err := f.GetSheetIndex(sheet)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", index+1)
	if _, there := f.Pkg.Load(name); !there {
		return ""
	}
	found := regexp.MustCompile(`drawings/(drawing\d+\.xml)`).FindStringSubmatch(part(t, book, name))
	if found == nil {
		return ""
	}
	return "xl/drawings/" + found[1]
}

// printArea is the last column and row that a sheet prints.
func printArea(t *testing.T, f *excelize.File, sheet string) corner {
	t.Helper()
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" && n.Scope == sheet {
			_, last, _ := strings.Cut(n.RefersTo, ":")
			col, row, err := excelize.CellNameToCoordinates(strings.ReplaceAll(last, "$", ""))
			if err != nil {
				t.Fatal(err)
			}
			return corner{col, row}
		}
	}
	t.Fatalf("%s has no print area", sheet)
	return corner{}
}

// widthOf is how wide the columns of a sheet are on screen, in pixels.
func widthOf(t *testing.T, f *excelize.File, sheet string, columns int) int {
	t.Helper()
	pixels := 0
	for i := range columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			t.Fatal(err)
		}
		width, err := f.GetColWidth(sheet, name)
		if err != nil {
			t.Fatal(err)
		}
		pixels += int(width*7) + 5
	}
	return pixels
}
