package source

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

// databasePoll is one poll.
type databasePoll struct {
	*databaseReader
	dialect dialect
	session session
	bind    func([]string) ([]bool, error)
	emit    func(RowPage) error
	answer  RowAnswer
	tail    *markTail

	columns []string // wanted ones
	mark    string   // name of the mark as the database writes it
	since   string   // expression for the bound mark
}

func (p *databasePoll) read(ctx context.Context, connect connector, state RowState) (err error) {
	if p.session, err = connect(ctx); err != nil {
		return err
	}
	defer p.session.close(ctx)
	class, err := p.probe(ctx)
	if err != nil {
		return err
	}
	if p.mark == "" {
		return p.readAll(ctx)
	}
	// from is where the page begins, class what it is compared as.
	from := state.Mark
	if from == "" {
		from = p.first(class)
		if from != "" && class == "" {
			class = classTime
		}
	} else {
		class = state.Class
		from = before(from, class)
	}
	limit := pageRows
	for p.answer.Rows < p.config.Limit {
		page, err := p.page(ctx, from, class, limit)
		if err != nil {
			return err
		}
		full := len(page.rows) == limit
		if n := len(page.rows); n > 0 {
			if full && page.marks[0] == page.marks[n-1] && page.marks[0] == from {
				// Rows of one mark fill the page: only a longer one gets past.
				if limit *= 2; limit > maxTie {
					return &Failure{Reason: ReasonTooLarge, Words: fmt.Sprintf("lebih dari %d baris bertanda %s sama (%s); pakai kolom mark yang lebih halus, misalnya nomor urut", maxTie, p.mark, from)}
				}
				continue
			}
			from, class = page.marks[n-1], page.class
			if err := p.deliver(page, class); err != nil {
				return err
			}
		}
		if !full {
			return nil
		}
		limit = pageRows
	}
	p.answer.More = true
	p.answer.Notes = append(p.answer.Notes, fmt.Sprintf("%d baris dibaca, masih ada; dilanjutkan pada giliran berikutnya", p.answer.Rows))
	return nil
}

// probe asks for the columns of the query, without rows, has the wanted ones
// chosen and finds the mark and its class.
func (p *databasePoll) probe(ctx context.Context) (class string, err error) {
	inner := strings.Replace(p.config.Query, sinceMark, "NULL", 1)
	var columns []resultColumn
	err = p.session.query(ctx, "SELECT * FROM (\n"+inner+"\n) AS gaung_rows LIMIT 0", nil, func(c []resultColumn) error {
		columns = c
		return nil
	}, func([]any) {})
	if err != nil {
		return "", err
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	wanted, err := p.bind(names)
	if err != nil {
		return "", &callerError{err}
	}
	markType := ""
	for i, c := range columns {
		if wanted[i] {
			p.columns = append(p.columns, c.name)
		}
		if p.config.Mark != "" && strings.EqualFold(c.name, p.config.Mark) {
			p.mark, markType = c.name, c.databaseType
		}
	}
	if p.config.Mark != "" && p.mark == "" {
		return "", &Failure{Reason: ReasonMapping, Words: fmt.Sprintf("kolom mark %q tidak ada di hasil query; yang ada: %s", p.config.Mark, cleanLine(strings.Join(names, ", "), 300))}
	}
	p.since = p.dialect.since(markType)
	return p.dialect.class(markType), nil
}

// first is the mark from which a first poll reads.
func (p *databasePoll) first(class string) string {
	day := "1970-01-01"
	if !p.source.Since.IsZero() {
		day = p.source.Since.String()
	}
	switch {
	case class == classTime, class == "" && !p.source.Since.IsZero():
		return day + " 00:00:00"
	case class == classNumber:
		return "0"
	}
	return ""
}

// readPage is a page as it was read.
type readPage struct {
	rows  [][]string
	marks []string
	class string // of the last row's mark
}

// page reads the rows from a mark on, at most limit.
func (p *databasePoll) page(ctx context.Context, from, class string, limit int) (*readPage, error) {
	// Named with its table: the plain name would mean the selected text, by
	// which 10 comes before 9.
	mark := "gaung_rows." + p.dialect.quote(p.mark)
	if class == classText {
		mark = p.dialect.text(mark)
	}
	list := p.selectList()
	list = append(list, p.dialect.text(mark))
	classOf := p.dialect.classOf(mark)
	if classOf != "" {
		list = append(list, classOf)
	}
	inner := strings.Replace(p.config.Query, sinceMark, p.since, 1)
	statement := fmt.Sprintf("SELECT %s FROM (\n%s\n) AS gaung_rows WHERE %s >= %s ORDER BY %s LIMIT %d",
		strings.Join(list, ", "), inner, mark, p.since, mark, limit)
	n := 1 + strings.Count(p.config.Query, sinceMark)
	out := &readPage{class: class}
	err := p.query(ctx, statement, p.dialect.bind(from, class, n), func(cells []string) {
		if classOf != "" {
			out.class = valueClass(cells[len(cells)-1], cells[len(cells)-2])
			cells = cells[:len(cells)-1]
		}
		last := len(cells) - 1
		out.marks = append(out.marks, cells[last])
		out.rows = append(out.rows, cells[:last:last])
	})
	return out, err
}

// readAll reads a query without a mark whole.
func (p *databasePoll) readAll(ctx context.Context) error {
	statement := fmt.Sprintf("SELECT %s FROM (\n%s\n) AS gaung_rows LIMIT %d", strings.Join(p.selectList(), ", "), p.config.Query, p.config.Limit+1)
	var all [][]string
	if err := p.query(ctx, statement, nil, func(cells []string) { all = append(all, cells) }); err != nil {
		return err
	}
	if len(all) > p.config.Limit {
		return &Failure{Reason: ReasonTooLarge, Words: fmt.Sprintf("query memberi lebih dari %d baris; tambahkan mark supaya hanya yang berubah yang dibaca, atau perbesar limit", p.config.Limit)}
	}
	for rows := range slices.Chunk(all, pageRows) {
		if err := p.hand(rows, RowState{}); err != nil {
			return err
		}
	}
	return nil
}

func (p *databasePoll) selectList() []string {
	list := make([]string, len(p.columns))
	for i, name := range p.columns {
		list[i] = p.dialect.text("gaung_rows." + p.dialect.quote(name))
	}
	if len(list) == 0 {
		list = []string{"1"}
	}
	return list
}

// query gives every row of a statement as text.
func (p *databasePoll) query(ctx context.Context, statement string, args []any, row func([]string)) error {
	var columns []resultColumn
	return p.session.query(ctx, statement, args, func(c []resultColumn) error {
		columns = c
		return nil
	}, func(values []any) {
		cells := make([]string, len(values))
		for i, v := range values {
			cells[i] = cellText(v, columns[i].databaseType)
		}
		row(cells)
	})
}

// deliver hands on the rows of a page that were not delivered before.
func (p *databasePoll) deliver(page *readPage, class string) error {
	var fresh [][]string
	for i, cells := range page.rows {
		if p.tail.add(cells, page.marks[i], class, p.ahead(page.marks[i], class)) {
			fresh = append(fresh, cells)
		}
	}
	return p.hand(fresh, p.tail.state(class))
}

func (p *databasePoll) hand(rows [][]string, state RowState) error {
	for _, cells := range rows {
		for i, cell := range cells {
			cells[i] = p.stamp(cell)
		}
	}
	if err := p.emit(RowPage{Columns: p.columns, Rows: rows, State: state}); err != nil {
		return &callerError{err}
	}
	p.answer.Rows += len(rows)
	return nil
}

// ahead says that a mark lies in the future: taken for the last one, it would
// hide every change from then on.
func (p *databasePoll) ahead(mark, class string) bool {
	at, ok := markTime(mark, class, p.zone)
	return ok && at.After(p.now().Add(maxAhead))
}

// stamp gives a stamp without a zone the offset of the configured zone when
// that is not the region's.
func (p *databasePoll) stamp(cell string) string {
	at, layout, ok := parseStamp(cell, p.zone)
	switch {
	case !ok:
		return cell
	case strings.Contains(layout, "Z07"):
		return at.Format(time.RFC3339Nano)
	case p.convert && layout != time.DateOnly:
		return at.Format(time.RFC3339Nano)
	}
	return cell
}
