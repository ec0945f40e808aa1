package ingest

// peopleKind is the list of pranata humas, operators and relawan TIK. They
// are officials named in public bylines, not citizens; person_id is best the
// NIP.
var peopleKind = &kind{
	name:  "people",
	table: "people",
	columns: append(
		required("person_id", "name"),
		optional("group", "jenjang", "opd", "aliases", "valid_from", "valid_to")...),
	fields: []string{"person_id", "name", "person_group", "jenjang", "opd_raw", "aliases", "valid_from", "valid_to"},
	parse:  parsePerson,
}

// personGroups are the spellings of a group; the values are the contract's.
var personGroups = map[string]string{
	"pranata humas": "pranata humas", "pranata hubungan masyarakat": "pranata humas", "prahum": "pranata humas",
	"jf pranata humas": "pranata humas", "jabatan fungsional pranata humas": "pranata humas",
	"operator": "operator", "admin": "operator", "operator ppid": "operator", "operator lapor": "operator",
	"relawan tik": "relawan TIK", "rtik": "relawan TIK", "relawan": "relawan TIK",
}

func parsePerson(r *record) fact {
	id := r.text("person_id")
	from, to := r.validity()
	return fact{
		key: []string{id},
		values: []any{
			id,
			r.name("name"),
			r.choice("group", personGroups, "pranata humas, operator, relawan TIK"),
			r.name("jenjang"),
			r.name("opd"),
			r.list("aliases"),
			from,
			to,
		},
		seen: -1,
	}
}
