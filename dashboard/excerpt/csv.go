package excerpt

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"gaung/dashboard/cards"
)

// Numerals says how a page writes numbers, and what a file adds to a title.
type Numerals struct {
	Thousands, Decimal string
	// Detail titles the column of what stands in small letters below a value:
	// "{1}, rincian". Tier titles the column of tiers, Of words "5/6" so that no
	// spreadsheet takes it for a date.
	Detail func(title string) string
	Tier   string
	Of     func(part, whole string) string
	// Figure, Value and so on title the columns of key figures.
	Figure, Value, OfWhole, Compare, Target, N string
}

// Context is a column that is the same on every row, such as the region.
type Context struct{ Key, Value string }

// bom tells Excel that a CSV file is UTF-8.
const bom = "\ufeff"

// fraction is a value like 5/6.
var fraction = regexp.MustCompile(`^(\d+)/(\d+)$`)

// CSV writes a card as the page shows it, row for row: UTF-8 with a byte-order
// mark, comma between columns, CRLF, numbers without marks between thousands
// and with a decimal point. What stands small below a value has a column of its
// own, and what is not known is empty.
func CSV(w io.Writer, c *cards.Content, n Numerals, context ...Context) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return fmt.Errorf("excerpt: write CSV: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	head, rows := n.table(c)
	var keys, values []string
	for _, x := range context {
		keys, values = append(keys, x.Key), append(values, inert(x.Value))
	}
	// The writer keeps its first error until Flush.
	_ = out.Write(append(keys, head...))
	for _, row := range rows {
		_ = out.Write(append(slices.Clone(values), row...))
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("excerpt: write CSV: %w", err)
	}
	return nil
}

// table writes a card as columns of text.
func (n Numerals) table(c *cards.Content) (head []string, rows [][]string) {
	if len(c.Figures) > 0 {
		head = []string{n.Figure, n.Value, n.OfWhole, n.Compare, n.Target, n.N}
		for _, f := range c.Figures {
			rows = append(rows, []string{inert(f.Title), n.value(f.Value.Text, true), inert(f.Of), inert(f.Compare), inert(f.Target), inert(f.N)})
		}
		return head, rows
	}
	if c.Table == nil {
		for _, s := range c.Caption {
			rows = append(rows, []string{inert(s)})
		}
		return []string{inert(c.Title)}, rows
	}
	t := c.Table
	for i, col := range t.Columns {
		tiers, small, silent := used(t, i)
		title := columnTitle(col)
		if title == "" && silent {
			continue // a column that only draws
		}
		if tiers {
			head = append(head, inert(n.Tier))
		}
		head = append(head, inert(title))
		if small {
			head = append(head, inert(n.Detail(title)))
		}
	}
	for _, row := range t.Rows {
		var record []string
		for i, col := range t.Columns {
			tiers, small, silent := used(t, i)
			if columnTitle(col) == "" && silent {
				continue
			}
			cell, _ := at(row, i)
			if tiers {
				record = append(record, inert(cell.Tier))
			}
			value := ""
			if !cell.Absent {
				value = n.value(cell.Text, col.Figure || cell.Figure)
			}
			record = append(record, value)
			if small {
				record = append(record, inert(cell.Small))
			}
		}
		rows = append(rows, record)
	}
	return head, rows
}

// at is the cell of a column; the columns behind the first that a cell spans
// are empty.
func at(row cards.Row, index int) (cards.Cell, bool) {
	column := 0
	for _, cell := range row.Cells {
		if column == index {
			return cell, true
		}
		column += max(cell.Span, 1)
	}
	return cards.Cell{}, false
}

// used says what a column holds besides values; silent ones hold no text.
func used(t *cards.Table, index int) (tiers, small, silent bool) {
	silent = true
	for _, row := range t.Rows {
		cell, _ := at(row, index)
		tiers = tiers || cell.Tier != ""
		small = small || cell.Small != ""
		silent = silent && cell.Text == ""
	}
	return tiers, small, silent
}

// columnTitle is the title of a column in full, with its unit.
func columnTitle(c cards.Column) string {
	title := c.Spoken
	if title == "" {
		title = c.Title
	}
	if c.Unit != "" && !strings.Contains(title, c.Unit) && c.Title == c.Spoken {
		title += " (" + c.Unit + ")"
	}
	return title
}

// value writes a value for programs: a number as digits with a decimal point,
// a text as it is.
func (n Numerals) value(text string, figure bool) string {
	if parts := fraction.FindStringSubmatch(text); parts != nil && figure {
		return n.Of(parts[1], parts[2])
	}
	if plain, ok := n.plain(text); ok && figure {
		return plain
	}
	return inert(text)
}

// plain writes a number of the page without its marks; ok is false for what is
// no number, such as a code with points in it.
func (n Numerals) plain(text string) (plain string, ok bool) {
	sign, percent := "", ""
	if rest, negative := strings.CutPrefix(text, "−"); negative {
		sign, text = "-", rest
	}
	if rest, share := strings.CutSuffix(text, "%"); share {
		percent, text = "%", rest
	}
	whole, decimals, hasDecimals := strings.Cut(text, n.Decimal)
	groups := strings.Split(whole, n.Thousands)
	for i, group := range groups {
		if !isDigits(group) || i > 0 && len(group) != 3 || len(groups) > 1 && i == 0 && len(group) > 3 {
			return "", false
		}
	}
	plain = sign + strings.Join(groups, "")
	if hasDecimals {
		if !isDigits(decimals) {
			return "", false
		}
		plain += "." + decimals
	}
	return plain + percent, true
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// inert keeps a text from being run as a formula by a spreadsheet (CWE-1236).
func inert(s string) string {
	if s != "" && slices.Contains([]byte("=+-@\t\r\n|"), s[0]) {
		return "'" + s
	}
	return s
}
