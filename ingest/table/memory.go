package table

import "io"

// New makes a book of one sheet out of rows that are in memory already, with
// header as its first row, number 0. Rows need not be as long as the header;
// they are not copied.
func New(name string, header []string, rows []Row) *Book {
	return &Book{name: name, limits: DefaultLimits, memory: append([]Row{{Cells: header}}, rows...)}
}

// memoryReader gives rows that are in memory.
type memoryReader struct{ rest []Row }

func (m *memoryReader) Next() (Row, error) {
	if len(m.rest) == 0 {
		return Row{}, io.EOF
	}
	row := m.rest[0]
	m.rest = m.rest[1:]
	return row, nil
}

func (m *memoryReader) Close() error { return nil }
