package wording

import "gaung/metrics"

// DetailKind words what figure a row is counted in.
func (l Language) DetailKind(k metrics.DetailKind) string {
	switch k {
	case metrics.DetailStory:
		return l.T("berita|satu")
	case metrics.DetailArticle:
		return l.T("artikel|satu")
	case metrics.DetailRequest:
		return l.T("permohonan PPID|satu")
	case metrics.DetailObjection:
		return l.T("keberatan PPID")
	case metrics.DetailComplaint:
		return l.T("pengaduan masuk|satu")
	case metrics.DetailFirstResponse:
		return l.T("tanggapan pertama|satu")
	case metrics.DetailResolve:
		return l.T("penyelesaian|satu")
	case metrics.DetailEvent:
		return l.T("agenda")
	case metrics.DetailSubmission:
		return l.T("naskah|satu")
	case metrics.DetailClarification:
		return l.T("kabar bohong|satu")
	}
	return string(k)
}

// DetailState words how a row counts. A request of another month's cohort says
// so; a story or an article has no state.
func (l Language) DetailState(d metrics.Detail) string {
	switch d.State {
	case metrics.DetailOnTime:
		return l.T("tepat waktu")
	case metrics.DetailLate:
		return l.T("terlambat")
	case metrics.DetailPending:
		return l.T("menunggu dalam batas")
	case metrics.DetailExcluded:
		return l.T("dikeluarkan")
	case metrics.DetailCovered:
		return l.T("menjadi berita")
	case metrics.DetailUncovered:
		return l.T("belum menjadi berita")
	case metrics.DetailPublished:
		return l.T("terbit|naskah")
	case metrics.DetailReturned:
		return l.T("dikembalikan|naskah")
	case metrics.DetailRejected:
		return l.T("ditolak|naskah")
	case metrics.DetailWaiting:
		return l.T("menunggu keputusan")
	case metrics.DetailAnswered:
		return l.T("sudah diluruskan")
	case metrics.DetailOpen:
		return l.T("belum diluruskan")
	}
	if d.Kind == metrics.DetailRequest {
		return l.T("kohor bulan lain")
	}
	return string(d.State)
}

// Progress words how far a complaint submitted in the month has come; it is
// empty for every other row.
func (l Language) Progress(d metrics.Detail) string {
	if d.Kind != metrics.DetailComplaint {
		return ""
	}
	switch d.Progress {
	case metrics.ProgressMisrouted:
		return l.T("salah alamat")
	case metrics.ProgressResolved:
		return l.T("selesai")
	case metrics.ProgressFollowedUp:
		return l.T("ditindaklanjuti")
	}
	return l.T("belum ditanggapi")
}

// KindWords words the kind of a complaint; any other text comes back as it is.
func (l Language) KindWords(code string) string {
	for _, k := range kindWords {
		if k.Code == code {
			return l.T(k.Words)
		}
	}
	return code
}
