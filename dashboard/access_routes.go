package dashboard

import (
	"slices"
	"strings"
)

// audience says whom a route is for.
type audience int

// The audiences. The zero value asks for the most, so that a route without an
// entry is closed to the network.
const (
	readers  audience = iota // who may see pages
	everyone                 // the whole world
	callers                  // the whole world, but the gate says who it is
	pushers                  // programs with the token of a source; the intake checks it
	screens                  // readers, and the wall display
	seers                    // who may see every person
	closers                  // who may close a month
)

// admits reports whether the audience includes the visitor.
func (a audience) admits(v visitor) bool {
	switch a {
	case everyone, callers, pushers:
		return true
	case screens:
		return v.kind == kioskScreen || v.may(seePages)
	case seers:
		return v.may(seePersons)
	case closers:
		return v.may(closeMonths)
	}
	return v.may(seePages)
}

// access is whom a route is for. What a page shows may depend on the visitor
// beyond that; see visitorOf.
type access struct {
	method string
	path   string // "*" and ":name" as in Fiber
	who    audience
}

// routes lists every route with its audience. A route that is missing here is
// for readers, and fails a test.
var routes = []access{
	{"GET", "/healthz", everyone},
	{"GET", assetPrefix + "*", everyone},
	{"GET", loginPath, callers},
	{"POST", loginPath, callers},
	{"POST", logoutPath, callers},
	{"POST", "/api/v1/ingest/:kind", pushers},
	{"GET", "/progress", screens},
	{"GET", "/paparan", screens},
	{"GET", "/api/v1/report", readers}, // people only for who may see them
	{"GET", "/api/v1/metrics", readers},
	{"GET", "/api/v1/health/sources", readers},
	{"GET", "/api/v1/changes", readers},
	{"GET", "/perubahan.csv", readers},
	{"GET", "/report.xlsx", readers},
	{"GET", "/report.csv", readers},
	{"GET", "/kartu/:file", readers},
	{"GET", "/paket/:file", readers}, // without persons and rows for who may not see them
	{"GET", "/api/v1/revisions", readers},
	{"GET", closingPath, closers},
	{"POST", closingPath, closers},
	{"GET", verifyPath, readers},
	{"GET", deliveriesPath, readers},
	{"GET", "/", readers},
	{"GET", "/publikasi", readers},
	{"GET", "/publikasi/peta", readers},
	{"GET", "/tren", readers},
	{"GET", "/tren/opd", readers},
	{"GET", "/ppid", readers},
	{"GET", "/ppid/tahun", readers},
	{"GET", "/pengaduan", readers},
	{"GET", "/indeks", readers},
	{"GET", "/wilayah", readers},
	{"GET", "/cari", readers},              // people only for who may see them
	{"GET", "/opd/*", readers},             // operators: their own OPD
	{"GET", "/kasus/ppid/*", readers},      // as above
	{"GET", "/kasus/keberatan/*", readers}, // as above
	{"GET", "/kasus/pengaduan/*", readers}, // as above
	{"GET", rowsPath, readers},             // cases: as above
	{"GET", rowsFilePath, readers},         // as above
	{"GET", "/pranata-humas", seers},
	{"GET", "/pranata-humas/*", readers}, // everybody their own figures
	{"GET", "/kesehatan-sumber", readers},
	{"GET", "/mutu-data", readers},
	{"GET", "/metode", readers},
}

// accessTo is the audience of an address.
func accessTo(method, path string) audience {
	if method == "HEAD" {
		method = "GET"
	}
	for _, r := range routes {
		if r.method == method && covers(r.path, path) {
			return r.who
		}
	}
	return readers
}

// methodsOf lists the methods that an address answers, HEAD beside GET; empty
// for an address that nothing is at.
func methodsOf(path string) []string {
	var list []string
	for _, r := range routes {
		if !covers(r.path, path) || slices.Contains(list, r.method) {
			continue
		}
		if list = append(list, r.method); r.method == "GET" {
			list = append(list, "HEAD")
		}
	}
	return list
}

// covers reports whether a path belongs to a route.
func covers(route, path string) bool {
	for route != "" {
		if route == "*" {
			return true
		}
		if route[0] == ':' {
			_, route = cutPart(route)
			var part string
			if part, path = cutPart(path); part == "" {
				return false
			}
			continue
		}
		if path == "" || !strings.EqualFold(route[:1], path[:1]) {
			return route == "/" && path == ""
		}
		route, path = route[1:], path[1:]
	}
	// Fiber takes a closing slash for nothing.
	return path == "" || path == "/"
}

// cutPart cuts a path before its next slash.
func cutPart(path string) (part, rest string) {
	if i := strings.IndexByte(path, '/'); i >= 0 {
		return path[:i], path[i:]
	}
	return path, ""
}
