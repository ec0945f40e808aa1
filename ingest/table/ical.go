package table

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// calendarHeader names what a calendar's events give; the first three are
// columns of the agenda.
var calendarHeader = []string{"agenda_id", "date", "title", "venue"}

const (
	// maxEvents bounds the rows of one calendar, occurrences included.
	maxEvents = 100_000
	// maxNotes bounds the notes about single events.
	maxNotes = 10
)

// calendar is the reading of an iCalendar file (RFC 5545).
type calendar struct {
	name   string
	limits Limits
	events []event
	zones  map[string]*time.Location // those the file defines, by TZID
	notes  []string
	quiet  int // notes left out

	cancelled int
}

// openCalendar reads a calendar whole and lays its events out as rows.
func openCalendar(path, name string, sample []byte, limits Limits) (rows []Row, notes []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, &Error{File: name, Words: "berkas tidak dapat dibaca; periksa izinnya", Err: err}
	}
	defer f.Close()
	return readCalendar(decodeText(sample, f), name, limits)
}

func readCalendar(r io.Reader, name string, limits Limits) (rows []Row, notes []string, err error) {
	c := &calendar{name: name, limits: limits, zones: map[string]*time.Location{}}
	if err := c.read(r); err != nil {
		return nil, nil, err
	}
	rows, err = c.rows()
	if err != nil {
		return nil, nil, err
	}
	if c.cancelled > 0 {
		c.notes = append(c.notes, fmt.Sprintf("%d acara yang dibatalkan dilewati", c.cancelled))
	}
	if c.quiet > 0 {
		c.notes = append(c.notes, fmt.Sprintf("… dan %d catatan lain", c.quiet))
	}
	return rows, c.notes, nil
}

func (c *calendar) note(line int, format string, args ...any) {
	if len(c.notes) >= maxNotes {
		c.quiet++
		return
	}
	c.notes = append(c.notes, fmt.Sprintf("baris %d: %s", line, fmt.Sprintf(format, args...)))
}

// read walks through the content lines and keeps the events.
func (c *calendar) read(r io.Reader) error {
	lines := &unfolder{in: bufio.NewReaderSize(r, 64<<10), name: c.name, limit: c.limits.RecordBytes}
	var open []string // components
	var e *event
	zone := ""
	for {
		text, number, err := lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		p, ok := parseProperty(text)
		if !ok {
			continue
		}
		switch p.name {
		case "BEGIN":
			open = append(open, strings.ToUpper(p.value))
			if len(open) > 16 {
				return &Error{File: c.name, Row: number, Words: "susunan kalender terlalu dalam; berkas rusak"}
			}
			if p.value == "VEVENT" && len(open) == 2 {
				e = &event{line: number}
			}
			continue
		case "END":
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
			if len(open) == 1 && e != nil {
				if len(c.events) >= maxEvents {
					return &Error{File: c.name, Row: number, Words: fmt.Sprintf("lebih dari %d acara; bagi menjadi beberapa berkas", maxEvents)}
				}
				c.events = append(c.events, *e)
				e = nil
			}
			continue
		}
		switch {
		case e != nil && len(open) == 2:
			e.take(p)
		case slices.Contains(open, "VTIMEZONE"):
			zone = c.zone(p, open, zone)
		}
	}
	if e != nil || len(open) > 0 {
		return &Error{File: c.name, Row: lines.line, Words: "kalender terputus sebelum END:VCALENDAR; salin ulang berkasnya"}
	}
	return nil
}

// zone notes the offset that the file itself gives for a TZID: that of
// standard time, the only one the zones of Indonesia have.
func (c *calendar) zone(p property, open []string, current string) string {
	switch {
	case p.name == "TZID" && open[len(open)-1] == "VTIMEZONE":
		return p.value
	case p.name == "TZOFFSETTO" && open[len(open)-1] == "STANDARD" && current != "":
		if seconds, ok := parseOffset(p.value); ok && len(c.zones) < 1000 {
			c.zones[current] = time.FixedZone(current, seconds)
		}
	}
	return current
}

// rows lays the events out, recurring ones once for every occurrence. Of two
// rows with the same id the later counts, so that a file that holds two
// versions of an event is the same at every reading.
func (c *calendar) rows() ([]Row, error) {
	var rows []Row
	place := map[string]int{}
	add := func(line int, id string, at stamp, e *event) error {
		row := Row{Number: line, Cells: []string{id, at.text(c), e.title, e.venue}}
		if i, ok := place[id]; ok && id != "" {
			rows[i] = row
			return nil
		}
		if len(rows) >= maxEvents {
			return &Error{File: c.name, Row: line, Words: fmt.Sprintf("lebih dari %d acara bila pengulangannya dihitung; bagi menjadi beberapa berkas", maxEvents)}
		}
		place[id] = len(rows)
		rows = append(rows, row)
		return nil
	}
	c.unknownZones()
	replaced := c.replaced()
	slices.SortStableFunc(c.events, func(a, b event) int { return compareSequence(a.sequence, b.sequence) })
	for i := range c.events {
		e := &c.events[i]
		if e.cancelled {
			c.cancelled++
			continue
		}
		if e.moreDates {
			c.note(e.line, "%q: tanggal tambahan (RDATE) belum didukung dan dilewati", cut(e.title))
		}
		if e.instead != nil {
			if err := add(e.line, occurrenceID(e.uid, *e.instead), e.start, e); err != nil {
				return nil, err
			}
			continue
		}
		if e.rule == "" {
			if err := add(e.line, e.uid, e.start, e); err != nil {
				return nil, err
			}
			continue
		}
		times, words := e.expand(c)
		if words != "" {
			c.note(e.line, "%q: %s", cut(e.title), words)
		}
		for _, at := range times {
			id := occurrenceID(e.uid, at)
			if replaced[id] || e.except[at.day()] {
				continue
			}
			if err := add(e.line, id, at, e); err != nil {
				return nil, err
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int { return a.Number - b.Number })
	return rows, nil
}

// unknownZones notes the zones that nobody knows: their clocks are taken for
// the region's.
func (c *calendar) unknownZones() {
	said := map[string]bool{}
	for i := range c.events {
		e := &c.events[i]
		if tzid := e.start.tzid; tzid != "" && !e.start.isDate && !said[tzid] && c.zoneOf(tzid) == nil {
			said[tzid] = true
			c.note(e.line, "zona %q tidak dikenal; jamnya dibaca menurut zona wilayah", cut(tzid))
		}
	}
}
