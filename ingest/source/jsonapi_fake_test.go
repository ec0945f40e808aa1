package source

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"
)

// fakeAPI is a paged JSON interface over numbered posts.
type fakeAPI struct {
	posts []int
	size  int
	// title is added to a post's title.
	title map[int]string
	// day gives a post's date ("" for null).
	day func(n int) string
	// noTotal leaves the total out; largest caps the size asked for.
	noTotal bool
	largest int
	// answer, when set, may answer first.
	answer   func(w http.ResponseWriter, r *http.Request) bool
	requests []string
}

func postDay(n int) string {
	return testNow.Add(time.Duration(n-1000) * time.Hour).In(wib).Format("2006-01-02 15:04:05")
}

func (a *fakeAPI) start(t testing.TB) *httptest.Server {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		a.requests = append(a.requests, r.URL.RequestURI())
		if a.answer != nil && a.answer(w, r) {
			return
		}
		q := r.URL.Query()
		size := a.size
		if n, _ := strconv.Atoi(q.Get("size")); n > 0 {
			size = n
		}
		if a.largest > 0 {
			size = min(size, a.largest)
		}
		list := a.posts
		if since := q.Get("since"); since != "" {
			list = slices.DeleteFunc(slices.Clone(list), func(n int) bool { return a.dayOf(n) < since })
		}
		from := 0
		switch {
		case q.Has("page"):
			page, _ := strconv.Atoi(q.Get("page"))
			from = (max(page, 1) - 1) * size
		case q.Has("offset"):
			from, _ = strconv.Atoi(q.Get("offset"))
		case q.Get("cursor") != "":
			fmt.Sscanf(q.Get("cursor"), "c+%d", &from)
		}
		to := min(from+size, len(list))
		data := []any{}
		for _, n := range list[min(from, len(list)):to] {
			var day any
			if text := a.dayOf(n); text != "" {
				day = text
			}
			data = append(data, map[string]any{
				"id_post": strconv.Itoa(n), "created_date": day, "title": fmt.Sprintf("Berita <i>%d</i> &amp; Kabar%s", n, a.title[n]),
				"description": "<p>Isi berita.</p>", "penulis": []any{map[string]any{"nama": "Rina"}}, "lokasi": "Desa Contoh",
			})
		}
		meta := map[string]any{"next": nil, "link": nil}
		if to < len(list) {
			meta["next"] = fmt.Sprintf("c+%d", to)
			meta["link"] = fmt.Sprintf("/api/posts?offset=%d", to)
		}
		if !a.noTotal {
			meta["total"] = strconv.Itoa(len(list))
		}
		json.NewEncoder(w).Encode(map[string]any{"success": true, "data": map[string]any{"items": data}, "meta": meta})
	})
}

func (a *fakeAPI) dayOf(n int) string {
	if a.day != nil {
		return a.day(n)
	}
	return postDay(n)
}

// apiSource is a valid source for a fakeAPI; query is the end of its address.
func apiSource(server *httptest.Server, query string, change ...func(*JSONAPI)) Source {
	s := testSource("jsonapi", server.URL+"/api/posts"+query)
	s.MaxPages = 200
	s.API = &JSONAPI{
		Items: "data.items",
		Fields: APIFields{
			Title: "title", Body: "description", URL: server.URL + "/berita/{id_post}", Published: "created_date",
			Author: "penulis[].nama", Place: "lokasi", ID: "id_post",
		},
	}
	for _, c := range change {
		c(s.API)
	}
	s.Since = Date{2020, time.January, 1}
	if problems := s.validateAPI(); len(problems) > 0 {
		panic(fmt.Sprint(problems))
	}
	return s
}

func descending(from, to int) []int {
	list := numbers(from, to)
	slices.Reverse(list)
	return list
}

func writeFile(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
