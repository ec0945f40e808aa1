package dashboard

import (
	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/wording"
)

// Progress is how far the running pull or import is. The zero value means
// that nothing runs.
type Progress struct {
	// Running is true from the start of the work until its numbers can be read.
	Running bool
	// Label says in Indonesian what is being done, such as
	// "Mengambil berita dari Website Dinas Kesehatan".
	Label string
	// Done and Total count the pieces of the work: sources, files or rows.
	// Total is 0 while it is not known.
	Done, Total int
	// Unit names the pieces in Indonesian, such as "sumber"; empty means "bagian".
	Unit string
}

// progressView is Progress as the page and its script read it.
type progressView struct {
	Running bool   `json:"running"`
	Label   string `json:"label"`
	Done    int    `json:"done"`
	Total   int    `json:"total"`
	Text    string `json:"text"`
}

// view words the progress; it is nil while nothing runs.
func (p Progress) view(lang wording.Language) *progressView {
	if !p.Running {
		return nil
	}
	unit := p.Unit
	if unit == "" {
		unit = lang.T("bagian")
	}
	v := &progressView{Running: true, Label: p.Label, Done: p.Done, Total: p.Total}
	switch {
	case p.Total > 0:
		v.Text = lang.T("{1} dari {2} {3}", lang.Count(p.Done), lang.Count(p.Total), unit)
	case p.Done > 0:
		v.Text = lang.Count(p.Done) + " " + unit
	default:
		v.Text = lang.T("baru mulai")
	}
	return v
}

// serveProgress answers the script that follows a running pull.
func (s *Server) serveProgress(c *fiber.Ctx) error {
	lang := wording.From(c.UserContext())
	v := s.progress().view(lang)
	if v == nil {
		v = &progressView{}
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(v)
}
