package dashboard

import (
	"context"
	"strings"

	"gaung/dashboard/wording"
)

// listing is a family of rows that have columns of their own.
type listing struct {
	caption string
	heads   []listHead
	// keys are the columns of the file.
	keys []string
	read func(ctx context.Context, s *Server, l *rowList) error
}

// listHead is a column of a listing.
type listHead struct {
	Text   string
	Figure bool
}

// listRow is one row: a cell for every column of the page, a value for every one
// of the file.
type listRow struct {
	OPD    string // that the row is of, for the filter of the table
	Cells  []listCell
	values []string
}

// listCell is a text, a badge, a link, or a figure that leads to its rows.
type listCell struct {
	Text  string
	Class string // of a badge
	URL   string
	Web   bool // the link leads to another site
	Print bool // the text is as it was printed, whatever the language of the page
	Drill drill
	Note  string
}

// listView is a listing as templates/rows.html shows it.
type listView struct {
	Caption string
	Heads   []listHead
	Rows    []listRow
}

func text(s string) listCell { return listCell{Text: s} }

func figureOf(d drill) listCell { return listCell{Drill: d} }

// headline is the title of an article, which leads to the page it came from.
func headline(lang wording.Language, title, address string) listCell {
	if title == "" {
		title = lang.T("tanpa judul")
	}
	return listCell{Text: title, URL: sourceLink(address), Web: true, Print: true}
}

// officeOf is the OPD of a row.
func officeOf(lang wording.Language, code, name, query string) listCell {
	if code == "" {
		return listCell{Drill: drill{Cell: lang.Missing("OPD tidak dikenal")}}
	}
	if name == "" {
		name = code
	}
	return listCell{Text: name, URL: agencyURL(code, query)}
}

// putRow takes in a row of a listing.
func (l *rowList) putRow(row listRow) error {
	if l.file != nil {
		return l.file.Write(row.values...)
	}
	if l.room() {
		l.view.List.Rows = append(l.view.List.Rows, row)
	}
	return nil
}

// listing are the columns and the reading of a kind of rows.
func (k rowKind) listing(lang wording.Language) listing {
	switch k.name {
	case sourceRows:
		return sourceListing(lang)
	case failedSourceRows:
		return failedSourceListing(lang)
	case pollRows:
		return pollListing(lang)
	case newArticleRows:
		return newArticleListing(lang)
	case rejectRows:
		return rejectListing(lang)
	case doubtRows:
		return doubtListing(lang)
	case nameRows:
		return nameListing(lang)
	case monthRows:
		return monthListing(lang)
	case personRows:
		return personListing(lang)
	case staffedRows:
		return staffedListing(lang)
	}
	panic("dashboard: no listing of " + k.name) // a kind of listTable has one
}

// listKinds are the kinds of rows with columns of their own.
var listKinds = []rowKind{
	{sourceRows, "Sumber|satu", "", listTable, sourceParts},
	{failedSourceRows, "Sumber gagal", "", listTable, nil},
	{pollRows, "Tarikan", "", listTable, []rowPart{{name: answeredPart, words: "yang dijawab"}, {name: unansweredPart, words: "yang tidak dijawab"}}},
	{newArticleRows, "Artikel baru", "", listTable, nil},
	{rejectRows, "Baris yang ditolak", "", listTable, nil},
	{doubtRows, "Yang diragukan", "", listTable, doubtParts},
	{nameRows, "Pemakaian nama", "", listTable, []rowPart{{name: namePartOPD, words: "OPD"}, {name: namePartPerson, words: "Orang"}}},
	{monthRows, "Bulan yang dihitung", "", listTable, monthParts},
	{personRows, "Orang", "", listTable, groupParts()},
	{staffedRows, "OPD", "", listTable, []rowPart{{name: staffedPart, words: "yang punya pranata humas"}, {name: unstaffedPart, words: "yang belum punya pranata humas"}}},
}

// timeless reports whether the rows are those of now, not of a period.
func (k rowKind) timeless() bool {
	return k.name == sourceRows || k.name == pollRows || k.name == newArticleRows || k.name == rejectRows || k.name == nameRows
}

// ofOPD reports whether the key of the rows is an OPD.
func (k rowKind) ofOPD() bool {
	switch k.name {
	case sourceRows, pollRows, newArticleRows, nameRows:
		return false
	}
	return !k.ofPerson()
}

// barred is a list of texts as one value of a file.
func barred(texts []string) string { return strings.Join(texts, " | ") }
