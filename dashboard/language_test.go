package dashboard

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"gaung/dashboard/wording"
)

// inEnglish keeps the fixture's month and asks for English.
const inEnglish = "month=2026-10&region=99.01&lang=en"

// newEnglish is a server over the fixture that hears of every text without an
// English one.
func newEnglish(t *testing.T, reports Reports, change func(*Options)) *Server {
	t.Helper()
	o := fixtureOptions(reports)
	o.Example = true
	if change != nil {
		change(&o)
	}
	var mu sync.Mutex
	missing := map[string]bool{}
	s, err := newServer(o, wording.English().Watched(func(key string, known bool) {
		mu.Lock()
		defer mu.Unlock()
		if !known {
			missing[key] = true
		}
	}), markExecuted)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for key := range missing {
			t.Errorf("no English text for %q", key)
		}
	})
	return s
}

// englishPages visits every page in English, and what is said where there is
// none.
func englishPages(t *testing.T, visit func(name string, doc *html.Node)) {
	t.Helper()
	full := newEnglish(t, fixtureReports(), func(o *Options) {
		o.Progress = func() Progress { return Progress{Running: true, Total: 7, Done: 2} }
	})
	broken := fixtureReports()
	broken.details.broken = true
	for _, s := range []struct {
		name   string
		server *Server
		paths  []string
	}{
		{"", full, []string{"/metode?lang=en", "/masuk?lang=en", "/nowhere?lang=en", "/?lang=en&month=x", "/?lang=en&month=2024-01", "/?lang=en&as_of=2026-10-20", "/cari?lang=en&q=zzz"}},
		{"empty", newEnglish(t, &fakeReports{}, nil), []string{"/?lang=en"}},
		{"broken", newEnglish(t, broken, nil), []string{"/opd/1.03?lang=en"}},
	} {
		if s.server == full {
			for _, p := range pages() {
				s.paths = append(s.paths, with(at(p), inEnglish))
			}
		}
		for _, path := range s.paths {
			resp, body := get(t, s.server, path)
			if resp.StatusCode >= 500 {
				t.Errorf("%s %s: status %d", s.name, path, resp.StatusCode)
			}
			doc, err := html.Parse(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			visit(strings.TrimSpace(s.name+" "+path), doc)
		}
	}
}

// attribute reads an attribute of an element.
func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// elements calls visit for every element below n; it does not look inside one
// for which visit gives false.
func elements(n *html.Node, visit func(*html.Node) bool) {
	if n.Type == html.ElementNode && !visit(n) {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		elements(c, visit)
	}
}

// indonesian are words that an English page has no use for.
var indonesian = regexp.MustCompile(`(?i)\b(dan|yang|belum|dari|tidak|hari|berita|pada|untuk|dengan|sudah|atau|menurut|bulan|tiap|semua|lihat|kasus|sumber|ini|minggu|naik|turun|tetap|sama|dalam|batas|tepat|waktu|terlambat|menunggu|rata-rata|pengaduan|permohonan|orang|nilai|angka|lewat|per|sampai|wilayah|unduh|muat|masuk|keluar|cari|penulis|tempat|keberatan|ditolak|artikel)\b`)

// data are texts of the fixture that are names, titles or values of a register.
var data = func() []string {
	list := slices.Concat(opdNames, []string{
		"Hari Jadi Kabupaten",
		"SP4N-LAPOR!", "gaung.yaml", "Bahasa Indonesia", `"stack":"berita"`,
	})
	for _, h := range fixtureHealth() {
		list = append(list, h.Source)
	}
	for _, p := range fixtureProblems().Rejects {
		list = append(list, p.Source, p.Column, p.Value)
	}
	for _, item := range fixtureQueue() {
		list = append(list, item.Text)
		for _, s := range item.Suggestions {
			list = append(list, s.Name)
		}
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}()

// TestEnglishPages: everything on an English page is English but for data and
// parts that say otherwise.
func TestEnglishPages(t *testing.T) {
	pages := 0
	englishPages(t, func(name string, doc *html.Node) {
		pages++
		speaksEnglish(t, name, doc)
	})
	if pages < 25 {
		t.Errorf("only %d pages were looked at", pages)
	}
}

// speaksEnglish looks for Indonesian words on a page.
func speaksEnglish(t *testing.T, name string, doc *html.Node) {
	t.Helper()
	check := func(text string) {
		for _, known := range data {
			text = strings.ReplaceAll(text, known, "")
		}
		if found := indonesian.FindString(text); found != "" {
			t.Errorf("%s: %q in %q", name, found, strings.Join(strings.Fields(text), " "))
		}
	}
	elements(doc, func(n *html.Node) bool {
		switch n.Data {
		case "html":
			if attribute(n, "lang") != "en" {
				t.Errorf("%s: language %q", name, attribute(n, "lang"))
			}
		case "code", "noscript":
			return false
		case "script":
			if attribute(n, "id") == "texts" {
				return false
			}
		}
		if attribute(n, "lang") == "id" {
			return false
		}
		for _, a := range []string{"aria-label", "placeholder", "title", "data-label"} {
			check(attribute(n, a))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				check(c.Data)
			}
		}
		return true
	})
}

// TestEnglishLinks: whoever reads English goes on reading English, and the
// switch leads back to the same view.
func TestEnglishLinks(t *testing.T) {
	englishPages(t, func(name string, doc *html.Node) {
		switches := keepsEnglish(t, name, doc)
		if board := strings.Contains(name, boardPage.path); !board && switches != 1 {
			t.Errorf("%s: %d switches", name, switches)
		}
	})
}

// keepsEnglish looks for links, forms and cards that lead back to Indonesian,
// and counts the switches, which do.
func keepsEnglish(t *testing.T, name string, doc *html.Node) (switches int) {
	t.Helper()
	elements(doc, func(n *html.Node) bool {
		switch n.Data {
		case "a":
			address := attribute(n, "href")
			u, err := url.Parse(address)
			if err != nil || u.Host != "" || strings.HasPrefix(address, "#") || address == "" {
				return true
			}
			if attribute(n, "hreflang") == "id" {
				switches++
				if u.Query().Has("lang") {
					t.Errorf("%s: the switch leads to %s", name, address)
				}
			} else if u.Query().Get("lang") != "en" {
				t.Errorf("%s: %s forgets the language", name, address)
			}
		case "form":
			u, _ := url.Parse(attribute(n, "action"))
			if attribute(n, "method") == "post" && u.Query().Get("lang") != "en" {
				t.Errorf("%s: form to %s forgets the language", name, u)
			}
			kept := 0
			elements(n, func(n *html.Node) bool {
				if n.Data == "input" && attribute(n, "name") == "lang" && attribute(n, "value") == "en" {
					kept++
				}
				return true
			})
			if attribute(n, "method") == "get" && kept != 1 {
				t.Errorf("%s: form to %s names the language %d times", name, u, kept)
			}
		case "section":
			if follow := attribute(n, "data-progress"); follow != "" && follow != "/progress?lang=en" {
				t.Errorf("%s: the progress comes from %s", name, follow)
			}
		case "div":
			if card := attribute(n, "data-card"); card != "" && !strings.Contains(card, "lang=en") {
				t.Errorf("%s: card %s forgets the language", name, card)
			}
		}
		return true
	})
	return switches
}

// TestEnglishClosing closes a month and verifies its code in English.
func TestEnglishClosing(t *testing.T) {
	o := newOffice(t, Gate{Open: true})
	look := func(name, body string, want ...string) {
		t.Helper()
		mention(t, name, body, want...)
		doc, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		speaksEnglish(t, name, doc)
		keepsEnglish(t, name, doc)
	}
	ask := o.get(closingPath + "?lang=en&month=2026-02")
	look("the page before closing", ask, "Close February 2026", `action="/tutup-buku?lang=en"`, "cannot be undone")
	form := url.Values{"month": {"2026-02"}, "region": {"99.01"}, formField: {tokenPattern.FindStringSubmatch(ask)[1]}}
	post := func() string {
		t.Helper()
		r := httptest.NewRequest(http.MethodPost, closingPath+"?lang=en", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, _ := o.send(r)
		to := answer.Header.Get("Location")
		if answer.StatusCode != http.StatusSeeOther || !strings.Contains(to, "lang=en") {
			t.Fatalf("%d to %q", answer.StatusCode, to)
		}
		return to
	}
	look("the closed month", o.get(post()), "This month is now closed", "Issue a revision")
	id := o.report("2026-02").Closed.ID
	o.rollups(2, 15)
	o.now = o.now.Add(time.Hour)
	look("the page of the closed month", o.get("/publikasi?lang=en&month=2026-02"), id, "Stories published 8 → 10 (&#43;2)")
	look("the verification", o.get(verifyPath+"?lang=en&kode="+id), "This code is known and valid", id)
	look("the method replay", o.get(verifyURL(wording.English(), id)+"&bandingkan=1"), "The limits are the same as then")
	look("an unknown code", o.get(verifyPath+"?lang=en&kode=9901-202602-1-XXXXXXXX"), "is not known")
	form.Set("reason", "Late stories")
	look("the revision", o.get(post()), "The revision is issued")
	look("a superseded code", o.get(verifyURL(wording.English(), id)), "it was replaced by revision", "Late stories")
}

// TestEnglishLogin: the way to the login and back keeps the language.
func TestEnglishLogin(t *testing.T) {
	s := newEnglish(t, fixtureReports(), func(o *Options) { o.Gate = Gate{Network: true} })
	req := request(http.MethodGet, "/ppid?lang=en&month=2026-10")
	req.Header.Set("Accept", "text/html")
	resp, _ := do(t, s, req)
	to, err := url.Parse(resp.Header.Get("Location"))
	if err != nil || to.Path != loginPath || to.Query().Get("lang") != "en" || to.Query().Get("next") != "/ppid?lang=en&month=2026-10" {
		t.Fatalf("led to %q", resp.Header.Get("Location"))
	}
	_, body := get(t, s, to.String())
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	mention(t, "the login", body, `action="/masuk?lang=en"`, "User name", "Password", "Log in to Gaung")
	speaksEnglish(t, "the login", doc)
	keepsEnglish(t, "the login", doc)
}

// TestSwitchKeepsTheAddress leads to the same view and back.
func TestSwitchKeepsTheAddress(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	for _, path := range []string{"/", "/publikasi?month=2026-10&q=dinas+k&region=99.01", "/kasus/ppid/041%2FPPID%2F2026?as_of=2026-11-05", "/masuk?next=%2Fppid%3Fmonth%3D2026-10"} {
		there := switchOf(t, s, path)
		u, err := url.Parse(there)
		if err != nil || u.Query().Get("lang") != "en" || !strings.HasPrefix(there, strings.SplitN(path, "?", 2)[0]) {
			t.Errorf("%s: the switch leads to %s", path, there)
			continue
		}
		back, err := url.Parse(switchOf(t, s, there))
		here, _ := url.Parse(path)
		if err != nil || back.EscapedPath() != here.EscapedPath() || back.Query().Encode() != here.Query().Encode() {
			t.Errorf("%s: the switch back leads to %s", path, back)
		}
	}
	// A path that a browser reads as another host is never led to.
	if got := switchOf(t, s, "//evil.example/x"); got != "/?lang=en" {
		t.Errorf("a foreign address: %s", got)
	}
}

// switchOf is where the language switch of a page leads.
func switchOf(t *testing.T, s *Server, path string) string {
	t.Helper()
	_, body := do(t, s, request(http.MethodGet, path))
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	address := ""
	elements(doc, func(n *html.Node) bool {
		if n.Data == "a" && attribute(n, "hreflang") != "" {
			address = attribute(n, "href")
		}
		return true
	})
	return address
}

// TestEnglishGolden keeps three pages in English as they were looked at.
func TestEnglishGolden(t *testing.T) {
	s := newEnglish(t, fixtureReports(), nil)
	for _, p := range []page{overviewPage, requestsPage, agencyPage} {
		_, body := get(t, s, with(at(p), inEnglish))
		golden(t, p.name+"-en.html", assetHash.ReplaceAllString(body, "/assets/HASH/"))
	}
}

// TestEnglishFailures: what comes from another package stays Indonesian, and
// says so.
func TestEnglishFailures(t *testing.T) {
	s := newEnglish(t, fixtureReports(), nil)
	resp, body := get(t, s, "/?lang=en&month=x")
	if resp.StatusCode != http.StatusBadRequest || !strings.Contains(body, "The month &#34;x&#34; cannot be read.") {
		t.Errorf("status %d, %s", resp.StatusCode, body)
	}
	if _, body = get(t, s, "/api/v1/report?lang=en&month=x"); !strings.Contains(body, "tidak dapat dibaca") {
		t.Errorf("the API answers %s", body)
	}
}

// TestScriptTextsAreListed: a text that a script writes is one that the page
// hands over in English.
func TestScriptTextsAreListed(t *testing.T) {
	words := scriptWords(wording.English())
	files, err := assetFiles.ReadDir("assets")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".js") {
			continue
		}
		source, err := assetFiles.ReadFile("assets/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range scriptText.FindAllStringSubmatch(string(source), -1) {
			for _, key := range scriptLiteral.FindAllStringSubmatch(text[1], -1) {
				n++
				if words[key[1]] == "" || words[key[1]] == key[1] {
					t.Errorf("%s: %q is not in scriptTexts", f.Name(), key[1])
				}
			}
		}
	}
	if n < len(scriptTexts) {
		t.Errorf("scripts write %d texts, scriptTexts lists %d", n, len(scriptTexts))
	}
}

var (
	// scriptText is the first argument of gaung.text, which may choose between two.
	scriptText    = regexp.MustCompile(`gaung\.text\(((?:[a-z]+ \? )?'[^']+'(?: : '[^']+')?)`)
	scriptLiteral = regexp.MustCompile(`'([^']+)'`)
)
