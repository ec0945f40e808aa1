package ingest

// complaintsKind is SP4N-LAPOR! complaints: their clocks and classes. Who
// reported, and what the report says, is never read.
var complaintsKind = &kind{
	name:  "complaints",
	table: "complaints",
	columns: append(
		required("tracking_id", "submitted_at", "kind"),
		optional("opd", "verified_at", "assigned_at", "first_response_at", "resolved_at", "status", "category", "channel", "rating", "officer", "misrouted_at")...),
	fields: []string{
		"tracking_id", "kind", "opd_raw", "submitted_at", "verified_at", "assigned_at", "first_response_at", "resolved_at",
		"misrouted_at", "status_raw", "category", "channel", "rating", "officer_raw", "source",
	},
	parse: parseComplaint,
}

const complaintsSource = 14 // place of "source" in the fields

// complaintKinds are the spellings of a complaint's class. "Berkadar
// pengawasan" and not are the two sorts of pengaduan of PermenPANRB 62/2018;
// whistleblowing of the older manual is of the first sort.
var complaintKinds = map[string]string{
	"information": "information", "permintaan informasi": "information", "informasi": "information", "permohonan informasi": "information",
	"aspiration": "aspiration", "aspirasi": "aspiration",
	"complaint": "complaint", "pengaduan": "complaint", "aduan": "complaint", "keluhan": "complaint",
	"pengaduan tidak berkadar pengawasan": "complaint", "tidak berkadar pengawasan": "complaint", "pengaduan non pengawasan": "complaint",
	"supervision": "supervision", "pengaduan berkadar pengawasan": "supervision", "berkadar pengawasan": "supervision",
	"pengawasan": "supervision", "whistleblowing": "supervision",
}

func parseComplaint(r *record) fact {
	id := r.caseNumber("tracking_id")
	response, resolution := r.instant("first_response_at"), r.instant("resolved_at")
	responded, resolved := complaintState(r.text("status"))
	if responded && response == nil {
		r.lacks(responseUndated)
	}
	if resolved && resolution == nil {
		r.lacks(resolvedUndated)
	}
	return fact{
		key: []string{id},
		values: []any{
			id,
			r.choice("kind", complaintKinds, "information, aspiration, complaint, supervision (permintaan informasi, aspirasi, pengaduan, pengaduan berkadar pengawasan)"),
			r.name("opd"),
			r.mustInstant("submitted_at"),
			r.instant("verified_at"),
			r.instant("assigned_at"),
			response,
			resolution,
			r.instant("misrouted_at"),
			r.free("status"),
			r.free("category"),
			r.free("channel"),
			r.number("rating"),
			r.name("officer"),
			r.source,
		},
		volatile: placesOf(complaintsSource),
		seen:     -1,
	}
}
