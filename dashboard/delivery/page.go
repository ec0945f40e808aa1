package delivery

import (
	"bytes"
	"embed"
	"fmt"
	htmltemplate "html/template"
	"strings"
	texttemplate "text/template"
)

// page is what every message shows; both templates render the same one.
type page struct {
	Subject string
	Title   string
	Intro   string
	Figures []shownFigure
	Blocks  []block
	// Link is the address of the dashboard, empty for none.
	Link string
	Foot string
}

// shownFigure is a figure with what is needed to read it fairly.
type shownFigure struct{ Label, Value, Note string }

// block is a list under a heading.
type block struct {
	Title string
	Items []string
	// Empty is what is said when there are no items.
	Empty string
}

// mostItems is how many items of a list a message shows.
const mostItems = 60

// limit shortens a block and says by how much.
func (b block) limit() block {
	if left := len(b.Items) - mostItems; left > 0 {
		b.Items = append(append([]string{}, b.Items[:mostItems]...), fmt.Sprintf("… dan %d lainnya di dasbor", left))
	}
	return b
}

//go:embed templates/message.html templates/message.txt
var templateFiles embed.FS

var (
	htmlMessage = htmltemplate.Must(htmltemplate.ParseFS(templateFiles, "templates/message.html"))
	textMessage = texttemplate.Must(texttemplate.ParseFS(templateFiles, "templates/message.txt"))
)

// message renders a page. Everything in it was written by strangers as far as
// the templates are concerned: HTML is escaped, and each value stays on its
// line.
func (p page) message(files ...Attachment) (Message, error) {
	p.Title, p.Intro, p.Foot = oneLine(p.Title, 300), oneLine(p.Intro, 1000), oneLine(p.Foot, 500)
	for i, f := range p.Figures {
		p.Figures[i] = shownFigure{oneLine(f.Label, 200), oneLine(f.Value, 200), oneLine(f.Note, 300)}
	}
	for i, b := range p.Blocks {
		b = b.limit()
		for j, item := range b.Items {
			b.Items[j] = oneLine(item, 400)
		}
		p.Blocks[i] = b
	}
	var html, text bytes.Buffer
	if err := htmlMessage.Execute(&html, p); err != nil {
		return Message{}, fmt.Errorf("delivery: write message: %w", err)
	}
	if err := textMessage.Execute(&text, p); err != nil {
		return Message{}, fmt.Errorf("delivery: write message: %w", err)
	}
	return Message{Subject: oneLine(p.Subject, 160), Text: strings.TrimSpace(text.String()) + "\n", HTML: html.String(), Attachments: files}, nil
}
