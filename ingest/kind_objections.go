package ingest

// objectionsKind is the register of objections (keberatan, UU 14/2008 Pasal
// 35 and 36).
var objectionsKind = &kind{
	name:  "objections",
	table: "objections",
	columns: append(
		required("objection_no", "registration_no", "received_at"),
		optional("reason", "answered_at", "decision")...),
	fields: []string{"objection_no", "registration_no", "received_at", "reason", "answered_at", "decision", "source"},
	parse:  parseObjection,
	forms:  []*form{objectionForm},
}

func parseObjection(r *record) fact {
	no := r.caseNumber("objection_no")
	received := r.mustInstant("received_at")
	if r.form {
		no = withYear(no, received.In(r.region.Zone).Year())
	}
	f := fact{
		key: []string{no},
		values: []any{
			no,
			r.caseNumber("registration_no"),
			received,
			r.free("reason"),
			r.instant("answered_at"),
			r.free("decision"),
			r.source,
		},
		seen: -1,
	}
	f.volatile = placesOf(objectionsSource)
	return f
}

const objectionsSource = 6 // place of "source" in the fields
