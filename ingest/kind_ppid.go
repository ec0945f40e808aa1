package ingest

import (
	"strconv"
	"strings"

	"gaung/ingest/identity"
)

// ppidKind is the register of information requests (UU 14/2008 Pasal 21 and
// 22). notified_at, the written notice, stops the clock; delivered_at, the
// handing over, does not. A status tells no day: what is decided by its status
// alone stays open, and a request whose status alone says that it was withdrawn
// is left out of the clock from its receipt on (see withdrawnAt).
var ppidKind = &kind{
	name:  "ppid",
	table: "ppid",
	columns: append(
		required("registration_no", "received_at", "opd"),
		optional("completed_at", "category", "topic", "channel", "status", "extended", "notified_at", "delivered_at", "decision", "refusal_reason", "withdrawn_at", "officer")...),
	fields: []string{
		"registration_no", "opd_raw", "received_at", "completed_at", "notified_at", "delivered_at", "withdrawn_at", "category",
		"topic", "channel", "status_raw", "status", "extended", "decision", "refused", "refusal_reason", "officer_raw", "source",
	},
	parse: parsePPID,
	forms: []*form{ppidForm},
}

const ppidSource = 17 // place of "source" in the fields

func parsePPID(r *record) fact {
	no, opd := r.caseNumber("registration_no"), r.name("opd")
	received := r.mustInstant("received_at")
	if r.form {
		no = withYear(no, received.In(r.region.Zone).Year())
	}
	statusRaw, decision, refusal := r.free("status"), r.free("decision"), r.free("refusal_reason")
	if absent[strings.ToLower(refusal)] {
		refusal = ""
	}
	status := ppidStatus(statusRaw)
	if fromDecision := ppidStatus(decision); fromDecision != "" && (!ppidOpen[fromDecision] && status != ppidWithdrawn || status == "") {
		status = fromDecision
	}
	notified, withdrawn := r.instant("notified_at"), r.instant("withdrawn_at")
	refused := status == ppidRefused || status == "" && refusal != ""
	switch {
	case notified != nil:
	case status == ppidWithdrawn && withdrawn == nil:
		r.lacks(withdrawnUndated)
	case refused || ppidDecided[status]:
		r.lacks(requestUndated)
	}
	return fact{
		key: []string{identity.NormalizeOPD(opd), no},
		values: []any{
			no,
			opd,
			received,
			r.instant("completed_at"),
			notified,
			r.instant("delivered_at"),
			withdrawn,
			r.free("category"),
			r.free("topic"),
			r.free("channel"),
			statusRaw,
			status,
			r.boolean("extended", false) || status == ppidExtended || ppidStatus(statusRaw) == ppidExtended,
			decision,
			refused,
			refusal,
			r.name("officer"),
			r.source,
		},
		volatile: placesOf(ppidSource),
		seen:     -1,
	}
}

// The canonical states of a request (domain notes, section 1.2).
const (
	ppidFiled      = "diajukan"
	ppidIncomplete = "belum_lengkap"
	ppidRegistered = "diregistrasi"
	ppidInProgress = "diproses"
	ppidExtended   = "diperpanjang"
	ppidGranted    = "diberikan_seluruhnya"
	ppidPartly     = "diberikan_sebagian"
	ppidRefused    = "ditolak_dikecualikan"
	ppidNotHeld    = "tidak_dikuasai"
	ppidWithdrawn  = "dicabut_pemohon"
	ppidUnanswered = "tidak_ditanggapi"
)

// ppidOpen are the states of a request that nobody has decided: as a decision
// they say nothing.
var ppidOpen = map[string]bool{
	ppidFiled: true, ppidIncomplete: true, ppidRegistered: true, ppidInProgress: true, ppidExtended: true,
}

// ppidDecided are the states of a request that the applicant was told of.
var ppidDecided = map[string]bool{ppidGranted: true, ppidPartly: true, ppidRefused: true, ppidNotHeld: true}

// ppidStatus reads a state or decision as registers write it, by the words in
// it; the first line that fits decides. Unknown wording gives "".
func ppidStatus(text string) string {
	l := " " + label(text) + " "
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(l, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has(" sebagian", " partly ", " partial"):
		return ppidPartly
	case has(" tidak dikuasai", " tidak menguasai", " diteruskan", " dialihkan", " bukan kewenangan", " not held "):
		return ppidNotHeld
	case has(" dicabut", " pencabutan", " dibatalkan", " withdrawn "):
		return ppidWithdrawn
	case has(" tidak ditanggapi", " kedaluwarsa", " kadaluarsa", " unanswered "):
		return ppidUnanswered
	case has(" tidak ditolak "):
		return ppidGranted
	case has(" ditolak", " tolak ", " menolak ", " penolakan ", " dikecualikan", " tidak dikabulkan", " tidak diberikan", " tidak disetujui", " tidak dapat di", " tidak dipenuhi", " tidak terpenuhi", " refused ", " rejected ", " denied "):
		return ppidRefused
	case has(" belum lengkap", " tidak lengkap", " incomplete "):
		return ppidIncomplete
	case has(" diperpanjang", " perpanjangan", " extended "):
		return ppidExtended
	case has(" belum "):
		return ppidInProgress
	case has(" dikabulkan", " diberikan", " dipenuhi", " disetujui", " seluruhnya", " selesai ", " granted ", " diterima seluruhnya", " terpenuhi", " done "):
		return ppidGranted
	case has(" diproses", " proses", " menunggu", " diverifikasi", " in progress "):
		return ppidInProgress
	case has(" diregistrasi", " terdaftar", " diregister", " registered "):
		return ppidRegistered
	case has(" diajukan", " masuk ", " baru ", " filed "):
		return ppidFiled
	}
	return ""
}

// withYear makes the running number of a register form, which begins again at
// 1 every year, distinct between years: 7 of 2026 becomes 7/2026. Any other
// number is left as it is.
func withYear(no string, year int) string {
	if n, err := strconv.Atoi(strings.TrimSuffix(no, ".")); err == nil && n > 0 && n < 100000 {
		return strconv.Itoa(n) + "/" + strconv.Itoa(year)
	}
	return no
}
