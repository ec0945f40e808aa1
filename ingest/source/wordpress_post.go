package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"
)

// wpStamp is how WordPress writes date, date_gmt and so on: without a zone.
const wpStamp = "2006-01-02T15:04:05"

// looseText is a text field as plugins leave it: a string, the {"rendered"}
// object of WordPress, a number, or something unusable, which reads as "".
type looseText string

// UnmarshalJSON never fails: one odd field must not cost a whole page.
func (t *looseText) UnmarshalJSON(data []byte) error {
	*t = ""
	var text string
	if json.Unmarshal(data, &text) == nil {
		*t = looseText(text)
		return nil
	}
	var object struct {
		Rendered *string `json:"rendered"`
	}
	if json.Unmarshal(data, &object) == nil && object.Rendered != nil {
		*t = looseText(*object.Rendered)
		return nil
	}
	var number json.Number
	if json.Unmarshal(data, &number) == nil {
		*t = looseText(number)
	}
	return nil
}

// wpPost is one post of /wp/v2/posts.
type wpPost struct {
	ID          looseText       `json:"id"`
	Date        looseText       `json:"date"`
	DateGMT     looseText       `json:"date_gmt"`
	Modified    looseText       `json:"modified"`
	ModifiedGMT looseText       `json:"modified_gmt"`
	Link        looseText       `json:"link"`
	GUID        looseText       `json:"guid"`
	Title       looseText       `json:"title"`
	Content     looseText       `json:"content"`
	Excerpt     looseText       `json:"excerpt"`
	Embedded    json.RawMessage `json:"_embedded"`
}

// wpEmbedded is what _embed adds. PHP writes an empty one as [].
type wpEmbedded struct {
	Author []struct {
		Name looseText `json:"name"`
	} `json:"author"`
	Terms [][]struct {
		Name looseText `json:"name"`
	} `json:"wp:term"`
}

// errNotPosts says that an answer is JSON or HTML but no list of posts.
var errNotPosts = errors.New("answer is not a list of posts")

// parsePosts reads a page of posts. Entries that are no object are counted in
// unreadable; errNotPosts means the answer is something else altogether.
func parsePosts(body []byte) (posts []wpPost, unreadable int, err error) {
	if len(body) == 0 || body[0] != '[' {
		return nil, 0, errNotPosts
	}
	var entries []json.RawMessage
	if err := json.Unmarshal(body, &entries); err != nil {
		return nil, 0, err
	}
	posts = make([]wpPost, 0, len(entries))
	for _, entry := range entries {
		var post wpPost
		if !bytes.HasPrefix(entry, []byte("{")) || json.Unmarshal(entry, &post) != nil {
			unreadable++
			continue
		}
		posts = append(posts, post)
	}
	return posts, unreadable, nil
}

// wpErrorCode is the code of a WordPress error answer, such as
// "rest_no_route", or "".
func wpErrorCode(body []byte) string {
	var answer struct {
		Code looseText `json:"code"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return ""
	}
	return cleanLine(string(answer.Code), 60)
}

// key identifies a post within one run.
func (p *wpPost) key() string {
	if p.ID != "" {
		return string(p.ID)
	}
	return string(p.Link)
}

// localDate is the site's own wall clock at publication, false when there is
// none that can be compared.
func (p *wpPost) localDate() (time.Time, bool) {
	t, err := time.Parse(wpStamp, string(p.Date))
	return t, err == nil
}

// published is the instant of publication, zero when date_gmt is not sane.
func (p *wpPost) published() time.Time { return gmtInstant(string(p.DateGMT), string(p.Date)) }

// modified is the instant of the last change, zero when modified_gmt is not
// sane.
func (p *wpPost) modified() time.Time { return gmtInstant(string(p.ModifiedGMT), string(p.Modified)) }

// gmtInstant reads a GMT stamp and checks it against the local one: drafts and
// imports leave zeroes and 1970 there, broken imports a date years apart.
// Offsets of zones run from -12 to +14 hours.
func gmtInstant(gmt, local string) time.Time {
	at, err := time.Parse(wpStamp, strings.TrimSuffix(gmt, "Z"))
	if err != nil || at.Year() < 1990 || at.Year() > 2200 {
		return time.Time{}
	}
	if wall, err := time.Parse(wpStamp, local); err == nil {
		if offset := wall.Sub(at); offset < -12*time.Hour || offset > 14*time.Hour {
			return time.Time{}
		}
	}
	return at.UTC()
}

// item turns the post into an Item. base resolves relative links.
func (p *wpPost) item(base *url.URL) Item {
	item := Item{
		Title:        cleanTitle(string(p.Title)),
		HTML:         cleanBody(string(p.Content)),
		PublishedRaw: cleanLine(string(p.Date), maxStamp),
		ModifiedRaw:  cleanLine(string(p.Modified), maxStamp),
		PublishedAt:  p.published(),
		ModifiedAt:   p.modified(),
		GUID:         cleanLine(string(p.GUID), maxGUID),
	}
	if item.PublishedRaw == "" {
		item.PublishedRaw = cleanLine(string(p.DateGMT), maxStamp)
	}
	if item.HTML == "" {
		item.HTML = cleanBody(string(p.Excerpt))
	}
	for _, candidate := range []string{string(p.Link), string(p.GUID)} {
		if item.URL = cleanURL(base, candidate); item.URL != "" {
			break
		}
	}
	if item.URL == "" {
		item.LinkRaw = cleanLine(string(p.Link), maxGUID)
	}
	var embedded wpEmbedded
	if len(p.Embedded) > 0 && p.Embedded[0] == '{' && json.Unmarshal(p.Embedded, &embedded) == nil {
		var names, tags []string
		for _, author := range embedded.Author {
			names = append(names, string(author.Name))
		}
		for _, terms := range embedded.Terms {
			for _, term := range terms {
				tags = append(tags, string(term.Name))
			}
		}
		item.Authors, item.Author = joinNames(names)
		item.Tags = cleanTags(tags)
	}
	return item
}
