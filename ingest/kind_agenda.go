package ingest

// agendaKind is the list of events an OPD announced.
var agendaKind = &kind{
	name:    "agenda",
	table:   "agenda",
	columns: append(required("agenda_id", "date", "opd", "title"), optional("venue")...),
	fields:  []string{"agenda_id", "date", "opd_raw", "title", "venue"},
	parse:   parseAgenda,
}

func parseAgenda(r *record) fact {
	id := r.text("agenda_id")
	return fact{
		key:    []string{id},
		values: []any{id, r.mustDay("date"), r.name("opd"), r.name("title"), r.name("venue")},
		seen:   -1,
	}
}
