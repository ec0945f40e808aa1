package source

import (
	"strings"
	"testing"
)

func TestRemoved(t *testing.T) {
	const (
		head     = "region: 19.71\ncontact: a@b.id\nsources:\n  - name: x\n"
		register = head + "    kind: register\n    register: {path: /x, import: ppid}\n"
		database = head + "    kind: database\n    database: {driver: sqlite, dsn: /x, import: ppid, query: SELECT 1}\n"
		marked   = head + "    kind: database\n    database: {driver: sqlite, dsn: /x, import: ppid, query: SELECT 1, mark: id}\n"
		feed     = head + "    kind: feed\n    url: https://a.example/feed\n"
		fields   = "    api: {items: data, fields: {title: t, url: u}}\n"
		paged    = head + "    kind: jsonapi\n    url: https://a.example/?p={page}\n" + fields
		single   = head + "    kind: jsonapi\n    url: https://a.example/\n" + fields
		since    = head + "    kind: jsonapi\n    url: https://a.example/?p={page}&s={since}\n    since: 2026-01-01\n" + fields
	)
	for _, test := range []struct{ name, text, want, problem string }{
		{"a register keeps", register, RemovedKeep, ""},
		{"a register that lists everything", register + "    removed: mark\n", RemovedMark, ""},
		{"a whole query marks", database, RemovedMark, ""},
		{"a query of the last days", database + "    removed: keep\n", RemovedKeep, ""},
		{"a query with a mark keeps", marked, RemovedKeep, ""},
		{"a query with a mark cannot mark", marked + "    removed: mark\n", "", "dengan mark hanya baris yang berubah yang dibaca"},
		{"a paged interface marks", paged, RemovedMark, ""},
		{"the latest items keep", single, RemovedKeep, ""},
		{"a whole interface of one page", single + "    removed: mark_all\n", RemovedMarkAll, ""},
		{"an interface of changes keeps", since, RemovedKeep, ""},
		{"an interface of changes cannot mark", since + "    removed: mark\n", "", "dengan {since} hanya yang baru yang dibaca"},
		{"a feed has none", feed, "", ""},
		{"a feed cannot mark", feed + "    removed: mark\n", "", "hanya untuk kind register, database dan jsonapi"},
		{"unknown", register + "    removed: hapus\n", "", `"hapus" tidak dikenal; yang boleh: keep, mark, mark_all`},
	} {
		c, err := Parse("gaung.yaml", []byte(test.text))
		switch {
		case test.problem != "":
			if err == nil || !strings.Contains(err.Error(), "sources[0].removed: "+test.problem) {
				t.Errorf("%s: %v", test.name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", test.name, err)
		case c.Sources[0].Removed != test.want || c.Sources[0].MarksRemoved() != strings.HasPrefix(test.want, "mark"):
			t.Errorf("%s: %q, want %q", test.name, c.Sources[0].Removed, test.want)
		}
	}
}
