package byline

import (
	"slices"
	"strings"
)

// memory keeps what credit lines and their names were read as. An office has
// few authors, so the same lines come again and again, and reading one costs
// many times as much as finding it here. It is not safe for concurrent use.
type memory struct {
	lines map[string]readLine
	names map[string][]string
}

// memoryRoom bounds each part of the memory; no line in it is longer than
// maxLine. A full part is emptied: texts that never repeat cost a little, and
// nothing grows.
const memoryRoom = 2000

func newMemory() memory {
	return memory{lines: map[string]readLine{}, names: map[string][]string{}}
}

// line is parseLine of a text. Its credits are for reading only.
func (m *memory) line(text string) readLine {
	line, ok := creditLine(text)
	if !ok {
		return readLine{text: text}
	}
	read, known := m.lines[line]
	if !known {
		if len(m.lines) >= memoryRoom {
			clear(m.lines)
		}
		line = strings.Clone(line) // the article it stands in is not to be kept
		read.credits, read.ok = parseCredits(line)
		read.credits.credits = slices.Clip(read.credits.credits)
		m.lines[line] = read
	}
	read.text = text
	return read
}

// splitNames is [SplitNames] of a value. The list is for reading only.
func (m *memory) splitNames(value string) []string {
	if names, ok := m.names[value]; ok {
		return names
	}
	if len(value) > maxLine {
		return SplitNames(value)
	}
	if len(m.names) >= memoryRoom {
		clear(m.names)
	}
	own := strings.Clone(value)
	m.names[own] = SplitNames(own)
	return m.names[own]
}
