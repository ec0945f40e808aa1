package ingest

// submissionsKind is drafts an OPD sends to the editors, and releases sent to
// InfoPublik.
var submissionsKind = &kind{
	name:  "submissions",
	table: "submissions",
	columns: append(
		required("submission_id", "opd", "submitted_at"),
		optional("title", "author", "editor", "decided_at", "decision", "url")...),
	fields: []string{"submission_id", "opd_raw", "submitted_at", "title", "author_raw", "editor_raw", "decided_at", "decision", "url"},
	parse:  parseSubmission,
}

// submissionDecisions are the spellings of an editor's decision.
var submissionDecisions = map[string]string{
	"published": "published", "terbit": "published", "tayang": "published", "diterbitkan": "published", "ditayangkan": "published",
	"returned": "returned", "dikembalikan": "returned", "revisi": "returned", "perbaikan": "returned",
	"rejected": "rejected", "ditolak": "rejected", "tolak": "rejected",
}

func parseSubmission(r *record) fact {
	id := r.text("submission_id")
	return fact{
		key: []string{id},
		values: []any{
			id,
			r.name("opd"),
			r.mustInstant("submitted_at"),
			r.name("title"),
			r.name("author"),
			r.name("editor"),
			r.instant("decided_at"),
			r.choice("decision", submissionDecisions, "published, returned, rejected"),
			r.optionalURL("url"),
		},
		seen: -1,
	}
}
