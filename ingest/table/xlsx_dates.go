package table

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	plainDateFormat = "yyyy-mm-dd hh:mm:ss"
	midnight        = " 00:00:00"
	// rawFormat is a number format that no workbook defines; excelize returns
	// the stored value of such a cell untouched.
	rawFormat = 1 << 20
)

// plainDates changes the workbook's cell styles, in memory, so that a date
// cell reads as 2026-01-31 08:30:00 whatever its format shows (1/31/26 and
// 31/1/26 look alike), and every other number reads as it is stored. What is
// a date is known only from the style; done once per style, the rows can
// still be streamed.
func plainDates(file *excelize.File) error {
	format := plainDateFormat
	id, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return fmt.Errorf("table: date style: %w", err)
	}
	styles := file.Styles
	if styles == nil || styles.CellXfs == nil || id >= len(styles.CellXfs.Xf) || styles.CellXfs.Xf[id].NumFmtID == nil {
		return nil
	}
	dateID, rawID := *styles.CellXfs.Xf[id].NumFmtID, rawFormat
	custom := map[int]string{}
	if styles.NumFmts != nil {
		for _, f := range styles.NumFmts.NumFmt {
			custom[f.NumFmtID] = f.FormatCode
		}
	}
	for i := range styles.CellXfs.Xf {
		xf := &styles.CellXfs.Xf[i]
		if xf.NumFmtID == nil {
			continue
		}
		code, ok := custom[*xf.NumFmtID]
		if ok && isDateCode(code) || !ok && isBuiltinDate(*xf.NumFmtID) {
			xf.NumFmtID = &dateID
		} else {
			xf.NumFmtID = &rawID
		}
	}
	return nil
}

// isBuiltinDate knows the built-in number formats that show a day (ECMA-376
// part 1, 18.8.30), East Asian ones included.
func isBuiltinDate(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 58
}

// isDateCode reports whether a number format code shows a year or a day:
// outside quotes, brackets and escapes it has a y or d. Formats of the time
// alone do not count.
func isDateCode(code string) bool {
	code = strings.ToLower(code)
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return false
			}
			i += end + 1
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return false
			}
			i += end
		case '\\', '_', '*':
			i++
		case ';':
			return false // only the format of positive numbers counts
		case 'y', 'd':
			return true
		}
	}
	return false
}
