package examples

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"time"
)

// rssFeed is RSS 2.0 as WordPress writes it.
type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	Creator     string   `xml:"dc:creator"`
	Published   string   `xml:"pubDate"`
	Categories  []string `xml:"category"`
	GUID        rssGUID  `xml:"guid"`
	Description string   `xml:"description"`
	Content     string   `xml:"content:encoded"`
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

// atomFeed is Atom 1.0 (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Link    atomLink    `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	Title     string   `xml:"title"`
	ID        string   `xml:"id"`
	Link      atomLink `xml:"link"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Author    string   `xml:"author>name"`
	Content   atomText `xml:"content"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr,omitempty"`
}

type atomText struct {
	Type  string `xml:"type,attr"`
	Value string `xml:",chardata"`
}

// serveFeed answers with the newest items, or with 304 to a reader who has
// them (RFC 9110, sections 8.8 and 13).
func (s *site) serveFeed(v visit) {
	posts := s.newest(v.now)
	var document any
	mime := "application/rss+xml; charset=UTF-8"
	if s.kind == siteAtom {
		document, mime = s.atom(v.base, posts), "application/atom+xml; charset=UTF-8"
	} else {
		document = s.rss(v.base, posts)
	}
	body, err := xml.MarshalIndent(document, "", "\t")
	if err != nil {
		http.Error(v.w, "feed tidak dapat dibuat", http.StatusInternalServerError)
		return
	}
	body = append([]byte(xml.Header), body...)
	sum := fnv.New64a()
	sum.Write(body)
	header := v.w.Header()
	header.Set("Content-Type", mime)
	header.Set("ETag", fmt.Sprintf(`"%x"`, sum.Sum64()))
	http.ServeContent(v.w, v.r, "", changed(posts), bytes.NewReader(body))
}

// newest are the feed's items, newest first.
func (s *site) newest(now time.Time) []*post {
	posts := s.visible(now)
	slices.Reverse(posts)
	return posts[:min(len(posts), s.feedSize)]
}

// changed is the last modification among posts.
func changed(posts []*post) time.Time {
	last := firstDay
	for _, p := range posts {
		if p.modified.After(last) {
			last = p.modified
		}
	}
	return last
}

func (s *site) rss(base string, posts []*post) rssFeed {
	feed := rssFeed{
		Version: "2.0", Content: "http://purl.org/rss/1.0/modules/content/", DC: "http://purl.org/dc/elements/1.1/",
		Channel: rssChannel{Title: s.name + " (data contoh)", Link: base + "/" + s.slug + "/", Description: "Data contoh, seluruhnya rekaan", Language: "id"},
	}
	for _, p := range posts {
		guid := fmt.Sprintf("%s/%s/?p=%d", base, s.slug, p.id)
		if s.quirk == quirkSameGUID {
			guid = base + "/" + s.slug + "/"
		}
		feed.Channel.Items = append(feed.Channel.Items, rssItem{
			Title: p.renderedTitle(), Link: base + p.path(), Creator: p.cms, Published: s.pubDate(p), Categories: p.tags,
			GUID: rssGUID{Value: guid}, Description: p.excerpt(), Content: p.html(),
		})
	}
	return feed
}

// pubDate is the publication date as the site prints it.
func (s *site) pubDate(p *post) string {
	switch {
	case p.quirk == quirkEpoch:
		return "Thu, 01 Jan 1970 00:00:00 +0000"
	case s.quirk == quirkZoneless:
		return p.published.In(zone).Format("2006-01-02 15:04:05")
	}
	return p.published.In(zone).Format(time.RFC1123Z)
}

func (s *site) atom(base string, posts []*post) atomFeed {
	feed := atomFeed{
		Title: s.name + " (data contoh)", ID: base + "/" + s.slug + "/", Updated: changed(posts).Format(time.RFC3339),
		Link: atomLink{Href: base + "/" + s.slug + "/feed/", Rel: "self"},
	}
	for _, p := range posts {
		feed.Entries = append(feed.Entries, atomEntry{
			Title: p.title, ID: fmt.Sprintf("tag:kabupaten-contoh.example,2025:%s:%d", s.slug, p.id), Link: atomLink{Href: base + p.path(), Rel: "alternate"},
			Published: p.published.Format(time.RFC3339), Updated: p.modified.Format(time.RFC3339), Author: p.cms,
			Content: atomText{Type: "html", Value: p.html()},
		})
	}
	return feed
}
