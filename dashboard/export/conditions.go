package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// condition is a look that cells take on by their values, on top of what they
// say in words and numbers.
type condition struct {
	key  string
	look excelize.ConditionalFormatOptions
}

// bar draws a bar in the cells of a column; full is the value of a whole one,
// empty for the largest in the column. A solid bar would be scaled by the
// spreadsheet program instead.
func bar(key, full string) condition {
	look := excelize.ConditionalFormatOptions{
		Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#9CCBE6",
	}
	if full != "" {
		look.MaxType, look.MaxValue = "num", full
	}
	return condition{key, look}
}

// above marks the numbers of a column that are larger than a limit.
func (s styles) above(key, limit string) condition {
	return condition{key, excelize.ConditionalFormatOptions{Type: "cell", Criteria: ">", Value: limit, Format: &s.alarm}}
}

// is marks the cells of a column that hold a word.
func is(key, word string, format int) condition {
	return condition{key, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Value: `"` + word + `"`, Format: &format}}
}

// conditions puts looks on the columns of a table.
func (b *book) conditions(p *placed, list ...condition) error {
	if p.last < p.first {
		return nil
	}
	for _, c := range list {
		column, err := p.columnOf(c.key)
		if err != nil {
			return err
		}
		area := fmt.Sprintf("%s%d:%s%d", column, p.first, column, p.last)
		if err := b.file.SetConditionalFormat(p.sheet, area, []excelize.ConditionalFormatOptions{c.look}); err != nil {
			return err
		}
	}
	return nil
}

// tiers colours the tiers A, B and C; the letters stay what they are.
func (s styles) tiers(key string) []condition {
	return []condition{is(key, "A", s.tierA), is(key, "B", s.tierB), is(key, "C", s.tierC)}
}
