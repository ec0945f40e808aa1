package ingest

// opdKind is the list of agencies. has_source defaults to yes; valid_from and
// valid_to bound the days on which the names mean this OPD.
var opdKind = &kind{
	name:  "opd",
	table: "opd",
	columns: append(
		required("code", "name"),
		optional("region", "short_name", "aliases", "peer_group", "target_per_week", "has_source", "valid_from", "valid_to")...),
	fields: []string{"code", "name", "short_name", "aliases", "peer_group", "target_per_week", "has_source", "valid_from", "valid_to"},
	parse:  parseOPD,
}

func parseOPD(r *record) fact {
	code := r.text("code")
	from, to := r.validity()
	return fact{
		key: []string{code},
		values: []any{
			code,
			r.name("name"),
			r.name("short_name"),
			r.list("aliases"),
			r.name("peer_group"),
			r.number("target_per_week"),
			r.boolean("has_source", true),
			from,
			to,
		},
		seen: -1,
	}
}
