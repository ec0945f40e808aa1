package examples

import (
	"slices"
	"strings"
	"time"
)

// post is one article on one site. A story that is republished is several
// posts with the same story number.
type post struct {
	site      string // slug of the site
	id        int    // running number on its site
	story     int
	subject   *office // whose story it is
	title     string
	paragraph []string // body without dateline and byline
	dateline  string
	credit    credit
	cms       string // the CMS user
	published time.Time
	modified  time.Time
	event     event // what it reports on
	slug      string
	tags      []string
	quirk     string // set where this post itself is a trap
	origin    *post  // the post it republishes, nil for an original
}

// Sites that belong to no single office.
const (
	portalSlug = "portal"
	mediaSlug  = "warta-contoh"
)

// makePosts writes all articles of all sites, in order of publication.
func (r *Regency) makePosts() []*post {
	story := 0
	var originals []*post
	titles := make(map[string]bool)
	for _, o := range r.offices {
		w := &writer{regency: r, chance: newChance("articles " + o.code), titles: titles, host: o}
		for _, t := range r.schedule(o) {
			story++
			originals = append(originals, w.write(story, t))
		}
	}
	r.bendDates(originals)
	originals = append(originals, r.trapPosts(story, titles)...)
	posts := append(originals, r.republish(originals)...)
	slices.SortStableFunc(posts, func(a, b *post) int { return a.published.Compare(b.published) })
	number(posts)
	return posts
}

// season is how busy a month is for publishing: the fasting month and the
// turn of the year are quiet, anniversaries are not.
var season = map[time.Month]float64{
	time.January: 0.8, time.March: 0.8, time.August: 1.2, time.October: 1.15, time.November: 1.05, time.December: 0.85,
}

// evening makes up for moods, trends and seasons, whose mean is above one, so
// that an office's column per_week is what it publishes.
const evening = 0.88

// schedule is the moments at which an office publishes.
func (r *Regency) schedule(o *office) []time.Time {
	c := newChance("schedule " + o.code)
	var moments []time.Time
	mood, month := 1.0, time.Month(0)
	from, end := o.span()
	if o.quirk == quirkSilent {
		end = silentFrom
	}
	for day := from; day.Before(end); day = day.AddDate(0, 0, 1) {
		if day.Month() != month {
			// Offices have good and bad months.
			month, mood = day.Month(), 0.6+0.8*c.Float64()
		}
		progress := day.Sub(firstDay).Hours() / endDay.Sub(firstDay).Hours()
		mean := o.perWeek / 5 * evening * mood * (1 + (o.trend-1)*progress)
		if busy, ok := season[month]; ok {
			mean *= busy
		}
		if !r.calendar.working(day) {
			mean *= 0.1
		}
		for range c.poisson(mean) {
			t := day.Add(8*time.Hour + time.Duration(c.IntN(9*60)+c.IntN(60))*time.Minute + time.Duration(c.IntN(60))*time.Second)
			if c.maybe(0.06) {
				t = day.Add(19*time.Hour + time.Duration(c.IntN(3*60))*time.Minute)
			}
			moments = append(moments, t)
		}
	}
	slices.SortFunc(moments, time.Time.Compare)
	return moments
}

// writer writes the articles of one site.
type writer struct {
	regency *Regency
	chance
	titles map[string]bool // titles used anywhere
	host   *office
}

// write makes one original article, published at t.
func (w *writer) write(story int, t time.Time) *post {
	subject := w.subject(t)
	happened := midnight(t)
	if w.maybe(0.35) {
		happened = happened.AddDate(0, 0, -w.between(1, 3))
	}
	draft := w.compose(subject, happened)
	for w.titles[draft.title] {
		draft = w.compose(subject, happened)
	}
	w.titles[draft.title] = true
	p := &post{
		site: w.host.slug, story: story, subject: subject, title: draft.title, paragraph: draft.paragraphs,
		dateline: w.dateline(draft.district), published: t, modified: t, event: draft.event, tags: draft.tags,
	}
	if w.maybe(0.2) {
		p.modified = t.Add(time.Duration(w.between(3, 600)) * time.Minute)
	}
	w.sign(p)
	return p
}

// subject is the office an article is about: the host's own, or on a site
// with quirkOthers now and then somebody else, whom the Sumber names.
func (w *writer) subject(t time.Time) *office {
	if w.host.quirk != quirkOthers || !w.maybe(0.14) {
		return w.host
	}
	for {
		if o := pick(w.chance, w.regency.offices); o.exists(t) && o != w.host {
			return o
		}
	}
}

// number gives every site its running post numbers and addresses, in order
// of saving: a backdated post has a high number and an old date.
func number(posts []*post) {
	bySaving := slices.Clone(posts)
	slices.SortStableFunc(bySaving, func(a, b *post) int { return saved(a).Compare(saved(b)) })
	last, taken := make(map[string]int), make(map[string]bool)
	for _, p := range bySaving {
		last[p.site] += 3 // drafts, pages and pictures take numbers as well
		p.id = 100 + last[p.site]
		p.slug = slugOf(p.title)
		for taken[p.path()] {
			p.slug += "-2"
		}
		taken[p.path()] = true
	}
}

func saved(p *post) time.Time {
	if p.quirk == quirkBackdated {
		return p.modified
	}
	return p.published
}

// path is the article's address on the server.
func (p *post) path() string {
	return "/" + p.site + "/" + p.published.In(zone).Format("2006/01/02") + "/" + p.slug + "/"
}

// slugOf is a title as an address part, cut at eleven words.
func slugOf(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words[:min(len(words), 11)], "-")
}
