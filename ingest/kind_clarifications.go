package ingest

// clarificationsKind is false news spotted and answered.
var clarificationsKind = &kind{
	name:  "clarifications",
	table: "clarifications",
	columns: append(
		required("clarification_id", "spotted_at"),
		optional("topic", "opd", "answered_at", "url")...),
	fields: []string{"clarification_id", "spotted_at", "topic", "opd_raw", "answered_at", "url"},
	parse:  parseClarification,
}

func parseClarification(r *record) fact {
	id := r.text("clarification_id")
	return fact{
		key: []string{id},
		values: []any{
			id,
			r.mustInstant("spotted_at"),
			r.name("topic"),
			r.name("opd"),
			r.instant("answered_at"),
			r.optionalURL("url"),
		},
		seen: -1,
	}
}
