package dashboard

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"gaung/warehouse/account"
)

// TestEveryRouteHasAnAudience fails for a route that nobody decided about, and
// for a decision about no route.
func TestEveryRouteHasAnAudience(t *testing.T) {
	s := newFixture(t, fixtureReports(), nil)
	decided := map[string]bool{}
	for _, r := range routes {
		if key := r.method + " " + r.path; decided[key] {
			t.Errorf("%s is listed twice", key)
		} else {
			decided[key] = false
		}
	}
	for _, r := range s.App().GetRoutes(true) {
		if r.Method == fiber.MethodHead {
			continue
		}
		key := r.Method + " " + r.Path
		if _, ok := decided[key]; !ok {
			t.Errorf("%s has no entry in routes (access_routes.go): say whom it is for", key)
		}
		decided[key] = true
	}
	for key, served := range decided {
		if !served {
			t.Errorf("routes lists %s, which is not served", key)
		}
	}
}

func TestAccessTo(t *testing.T) {
	for _, c := range []struct {
		method, path string
		want         audience
	}{
		{"GET", "/healthz", everyone},
		{"HEAD", "/healthz", everyone},
		{"GET", "/HealthZ/", everyone},
		{"GET", "/healthzz", readers},
		{"GET", "/healthz/x", readers},
		{"POST", "/healthz", readers},
		{"GET", "/assets/0123/app.css", everyone},
		{"GET", "/asset", readers},
		{"POST", "/api/v1/ingest/ppid", pushers},
		{"GET", "/api/v1/ingest/ppid", readers},
		{"POST", "/api/v1/ingest/", readers},
		{"POST", "/api/v1/ingest/a/b", readers},
		{"GET", "/masuk", callers},
		{"GET", "/paparan", screens},
		{"GET", "/paparanx", readers},
		{"GET", "/pranata-humas", seers},
		{"GET", "", readers},
		{"GET", "//healthz", readers},
	} {
		if got := accessTo(c.method, c.path); got != c.want {
			t.Errorf("accessTo(%s %s) = %d, want %d", c.method, c.path, got, c.want)
		}
	}
}

func TestPermissions(t *testing.T) {
	user := func(role account.Role) visitor {
		return visitor{kind: member, user: &account.User{Name: "x", Role: role, Region: "99.01", OPD: "1.03", PersonID: "P-1"}}
	}
	for _, c := range []struct {
		name    string
		visitor visitor
		// pages, rows, persons, persons in files, closing, own person, own OPD
		want string
	}{
		{"stranger", visitor{}, "-------"},
		{"kiosk", visitor{kind: kioskScreen}, "-------"},
		{"guest", visitor{kind: guest}, "y------"},
		{"owner", visitor{kind: owner}, "yy-yy-y"},
		{"example", visitor{kind: anybody}, "yyyyyyy"},
		{"admin", user(account.Admin), "yyyyyyy"},
		{"leader", user(account.Leader), "yyyy-yy"},
		{"operator", user(account.Operator), "y----yy"},
		{"unknown role", user("bos"), "-----yy"},
	} {
		v := c.visitor
		got := ""
		for _, yes := range []bool{
			v.may(seePages), v.may(seeRows), v.may(seePersons), v.may(exportPersons), v.may(closeMonths),
			v.mayPerson("P-1"), v.mayOPD("99.01", "1.03"),
		} {
			got += map[bool]string{true: "y", false: "-"}[yes]
		}
		if got != c.want {
			t.Errorf("%s may %s, want %s", c.name, got, c.want)
		}
	}
	operator := user(account.Operator)
	if operator.mayPerson("P-2") || operator.mayPerson("") || operator.mayOPD("99.01", "1.04") || operator.mayOPD("99.02", "1.03") {
		t.Error("an operator sees what is not the own")
	}
	if nobody := (visitor{kind: member, user: &account.User{Role: account.Operator}}); nobody.mayPerson("") || nobody.mayOPD("", "") {
		t.Error("an operator without OPD and person sees those without code")
	}
	if visitorOf(t.Context()).kind != stranger {
		t.Error("a context that never passed the gate is not a stranger's")
	}
}

// TestPeopleInTheReport: the key stays, what may not be seen goes.
func TestPeopleInTheReport(t *testing.T) {
	report := fixtureReport()
	for _, c := range []struct {
		name    string
		visitor visitor
		people  int
		note    bool
	}{
		{"owner", visitor{kind: owner}, 2, false},
		{"guest", visitor{kind: guest}, 0, true},
		{"own", visitor{kind: member, user: &account.User{Role: account.Operator, PersonID: report.People[1].PersonID}}, 1, true},
	} {
		text, err := json.Marshal(forVisitor(c.visitor, report))
		if err != nil {
			t.Fatal(err)
		}
		var doc map[string]any
		if err := json.Unmarshal(text, &doc); err != nil {
			t.Fatal(err)
		}
		people, ok := doc["people"].([]any)
		if !ok || len(people) != c.people {
			t.Errorf("%s: people %v, want %d", c.name, doc["people"], c.people)
		}
		if _, noted := doc["people_note"]; noted != c.note {
			t.Errorf("%s: note %v, want %v", c.name, noted, c.note)
		}
		if doc["month"] != report.Month {
			t.Errorf("%s: the rest of the report is gone", c.name)
		}
	}
	if len(report.People) != 2 {
		t.Error("the report itself lost its people")
	}
}

// TestNetworkHosts: other computers ask by address or by a name that was given.
func TestNetworkHosts(t *testing.T) {
	s := newFixture(t, fixtureReports(), func(o *Options) {
		o.Gate = Gate{Network: true, Hosts: []string{"gaung.contohkab.go.id"}}
	})
	for host, want := range map[string]int{
		"gaung.contohkab.go.id": 200, "GAUNG.contohkab.go.id:8080": 200, "10.0.0.1:8080": 200, "[fd00::1]:8080": 200,
		"localhost": 200, "gaung.example": 421, "contohkab.go.id": 421, "10.0.0.1.example": 421,
	} {
		req := request(http.MethodGet, "/healthz")
		req.Host = host
		if resp, _ := do(t, s, req); resp.StatusCode != want {
			t.Errorf("Host %s: %d, want %d", host, resp.StatusCode, want)
		}
	}
}

// TestNetworkNeedsLogin asks every route as a stranger from another computer.
func TestNetworkNeedsLogin(t *testing.T) {
	s := newFixture(t, fixtureReports(), func(o *Options) { o.Gate = Gate{Network: true} })
	for _, r := range routes {
		if r.who == everyone || r.who == callers || r.who == pushers {
			continue
		}
		path := strings.NewReplacer("*", "x", ":", "").Replace(r.path)
		resp, body := do(t, s, request(r.method, path))
		if resp.StatusCode != http.StatusUnauthorized || resp.Header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s %s: status %d, want 401", r.method, path, resp.StatusCode)
		}
		for _, secret := range []string{opdNames[0], "Kabupaten Contoh"} {
			if strings.Contains(body, secret) {
				t.Errorf("%s %s shows %q", r.method, path, secret)
			}
		}
		if r.method != http.MethodGet {
			continue
		}
		req := request(r.method, path)
		req.Header.Set("Accept", "text/html,*/*;q=0.8")
		resp, _ = do(t, s, req)
		want := loginPath
		if path != "/" {
			want += "?next=" + strings.ReplaceAll(path, "/", "%2F")
		}
		if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != want {
			t.Errorf("GET %s by a browser: %d to %q, want the login %q", path, resp.StatusCode, resp.Header.Get("Location"), want)
		}
	}
	if resp, body := get(t, s, loginPath); resp.StatusCode != 200 || strings.Contains(body, "/publikasi") {
		t.Errorf("the login page: %d", resp.StatusCode)
	}
}

// TestKioskToken: the token opens the wall display and nothing else.
func TestKioskToken(t *testing.T) {
	const token = "layar-ruang-rapat-lantai-2"
	s := newFixture(t, fixtureReports(), func(o *Options) { o.Gate = Gate{Network: true, KioskToken: token} })
	if resp, _ := get(t, s, "/paparan?token=salah"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a wrong token: %d", resp.StatusCode)
	}
	resp, _ := get(t, s, "/paparan?token="+token+"&month=2026-10")
	if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != "/paparan?month=2026-10" || len(resp.Cookies()) != 1 {
		t.Fatalf("the token: %d to %q with %d cookies", resp.StatusCode, resp.Header.Get("Location"), len(resp.Cookies()))
	}
	cookie := resp.Cookies()[0]
	if strings.Contains(cookie.Value, token) || !cookie.HttpOnly {
		t.Errorf("the cookie: %v", cookie)
	}
	for path, want := range map[string]int{"/paparan": 200, "/progress": 200, "/publikasi": 401, "/api/v1/report": 401, "/": 401} {
		req := request(http.MethodGet, path)
		req.AddCookie(cookie)
		if resp, _ := do(t, s, req); resp.StatusCode != want {
			t.Errorf("%s with the kiosk's cookie: %d, want %d", path, resp.StatusCode, want)
		}
	}
	other := newFixture(t, fixtureReports(), func(o *Options) { o.Gate = Gate{Network: true, KioskToken: token + "x"} })
	req := request(http.MethodGet, "/paparan")
	req.AddCookie(cookie)
	if resp, _ := do(t, other, req); resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("the cookie of an earlier token: %d", resp.StatusCode)
	}
}

func TestCheckListen(t *testing.T) {
	for _, c := range []struct {
		addr    string
		hosts   []string
		network bool
		ok      bool
	}{
		{"127.0.0.1:8080", nil, false, true},
		{"[::1]:0", nil, false, true},
		{"0.0.0.0:8080", nil, true, true},
		{":8080", nil, true, true},
		{"127.0.0.1:8080", []string{"gaung.contohkab.go.id"}, true, true},
		{"127.0.0.1:8080", []string{"https://gaung.contohkab.go.id"}, false, false},
		{"127.0.0.1:8080", []string{""}, false, false},
		{"127.0.0.1", nil, false, false},
		{"0.0.0.0:99999", nil, false, false},
	} {
		network, err := CheckListen(c.addr, c.hosts)
		if network != c.network || (err == nil) != c.ok {
			t.Errorf("CheckListen(%q, %v) = %v, %v", c.addr, c.hosts, network, err)
		}
	}
}
