package dashboard

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"gaung/dashboard/wording"
)

// langField is the part of every address that asks for another language than
// Indonesian: a pasted link shows the same view.
const langField = "lang"

// languageLink leads to the same view in the other language.
type languageLink struct{ URL, Label, Code string }

// speak makes the request carry the language that its address asks for.
func (s *Server) speak(c *fiber.Ctx) error {
	lang := wording.Indonesian
	if c.Query(langField) == s.english.Code() {
		lang = s.english
	}
	c.SetUserContext(wording.With(c.UserContext(), lang))
	return c.Next()
}

// otherLanguage keeps the whole address and changes its language. Its label
// stands in the language it leads to.
func otherLanguage(c *fiber.Ctx) languageLink {
	link := languageLink{Label: "English", Code: "en"}
	if wording.From(c.UserContext()).Code() == link.Code {
		link = languageLink{Label: "Bahasa Indonesia", Code: wording.Indonesian.Code()}
	}
	to := localURL(c.OriginalURL())
	if to == nil {
		to = &url.URL{Path: "/"}
	}
	query := to.Query()
	query.Del(langField)
	if link.Code != wording.Indonesian.Code() {
		query.Set(langField, link.Code)
	}
	to.RawQuery = query.Encode()
	link.URL = to.String()
	return link
}

// otherThanIndonesian is the language's code, empty for Indonesian: what forms
// and addresses have to name.
func otherThanIndonesian(lang wording.Language) string {
	if lang.Code() == wording.Indonesian.Code() {
		return ""
	}
	return lang.Code()
}

// keepLanguage adds the language to an address of ours that has none.
func keepLanguage(lang wording.Language, address string) string {
	if lang.Code() == wording.Indonesian.Code() {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	query := u.Query()
	query.Set(langField, lang.Code())
	u.RawQuery = query.Encode()
	return u.String()
}

// render executes a page's template in the language of the request.
func (s *Server) render(c *fiber.Ctx, page string, data any) ([]byte, error) {
	return s.templates[wording.From(c.UserContext()).Code()].render(page, data)
}

// scriptTexts are the texts that the scripts put on the page themselves.
var scriptTexts = [...]string{
	"Memuat…",
	"Kartu ini belum dapat dimuat; bagian lain halaman tidak terpengaruh.",
	"{1} dari {2} baris cocok dengan “{3}”.",
	"{1} dari {2}",
	"Jeda",
	"Lanjutkan",
	"Data lama: jaringan terputus, angka dari pukul {1}",
	"tidak dapat dinilai",
	"{1}% dari {2} kasus",
}

// scriptWords are those texts for the scripts, nil in Indonesian, which they
// know themselves.
func scriptWords(lang wording.Language) map[string]string {
	if lang.Code() == wording.Indonesian.Code() {
		return nil
	}
	words := make(map[string]string, len(scriptTexts))
	for _, text := range scriptTexts {
		words[text] = lang.T(text)
	}
	return words
}
