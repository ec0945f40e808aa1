package examples

import (
	"html/template"
	"net/http"
)

// pages are the sites' HTML pages, all marked DATA CONTOH. The date in the
// header is today's, not the article's, as many real sites have it.
var pages = template.Must(template.New("frame").Parse(`{{define "head"}}<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{.Title}} – DATA CONTOH</title>{{if .Feed}}
<link rel="alternate" type="application/rss+xml" href="{{.Feed}}">{{end}}
<style>body{font:16px/1.6 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}.mark{background:#fde68a;padding:.3rem .6rem}</style></head>
<body><p class="mark">DATA CONTOH: situs, orang, dan peristiwa di halaman ini rekaan.</p>
<header><a href="{{if .Slug}}/{{.Slug}}{{end}}/">{{.Site}}</a> · {{.Today}}</header>
{{end}}
{{define "article"}}{{template "head" .}}<article><h1>{{.Title}}</h1><p>{{.Day}} oleh {{.Author}}</p>
{{.Body}}</article></body></html>
{{end}}
{{define "list"}}{{template "head" .}}<ul>{{range .Links}}
<li><a href="{{.Address}}">{{.Text}}</a></li>{{end}}
</ul></body></html>
{{end}}`))

type pageLink struct{ Address, Text string }

type page struct {
	Title, Slug, Site, Today, Feed string
	Day, Author                    string
	Body                           template.HTML
	Links                          []pageLink
}

func (s *site) page(v visit, title string) page {
	p := page{Title: title, Slug: s.slug, Site: s.name, Today: longDay(v.now)}
	if s.kind != siteHTML {
		p.Feed = v.base + "/" + s.slug + "/feed/"
	}
	return p
}

// servePage is one article.
func (s *site) servePage(v visit, p *post) {
	view := s.page(v, p.title)
	view.Day, view.Author = longDay(p.published), p.cms
	// html escapes every text it is made of.
	view.Body = template.HTML(p.html())
	render(v.w, "article", view)
}

// serveHome lists the newest articles.
func (s *site) serveHome(v visit) {
	view := s.page(v, s.name)
	posts := s.newest(v.now)
	for _, p := range posts[:min(len(posts), feedItems)] {
		view.Links = append(view.Links, pageLink{p.path(), p.title})
	}
	render(v.w, "list", view)
}

// serveList lists all sites.
func (s *Sites) serveList(w http.ResponseWriter) {
	view := page{Title: "Situs " + RegionName, Site: "Semua situs", Today: longDay(s.now())}
	for _, one := range s.sites {
		view.Links = append(view.Links, pageLink{"/" + one.slug + "/", one.name})
	}
	render(w, "list", view)
}

// render sends a page; its templates were parsed at start and get only plain
// values.
func render(w http.ResponseWriter, name string, view page) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = pages.ExecuteTemplate(w, name, view)
}
