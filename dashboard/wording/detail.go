package wording

import "gaung/metrics"

// DetailKind words what figure a row is counted in.
func DetailKind(k metrics.DetailKind) string {
	switch k {
	case metrics.DetailStory:
		return "berita"
	case metrics.DetailArticle:
		return "artikel"
	case metrics.DetailRequest:
		return "permohonan PPID"
	case metrics.DetailObjection:
		return "keberatan PPID"
	case metrics.DetailComplaint:
		return "pengaduan masuk"
	case metrics.DetailFirstResponse:
		return "tanggapan pertama"
	case metrics.DetailResolve:
		return "penyelesaian"
	case metrics.DetailEvent:
		return "agenda"
	}
	return string(k)
}

// DetailState words how a row counts. A request of another month's cohort says
// so; a story or an article has no state.
func DetailState(d metrics.Detail) string {
	switch d.State {
	case metrics.DetailOnTime:
		return "tepat waktu"
	case metrics.DetailLate:
		return "terlambat"
	case metrics.DetailPending:
		return "menunggu dalam batas"
	case metrics.DetailExcluded:
		return "dikeluarkan"
	case metrics.DetailCovered:
		return "menjadi berita"
	case metrics.DetailUncovered:
		return "belum menjadi berita"
	}
	if d.Kind == metrics.DetailRequest {
		return "kohor bulan lain"
	}
	return string(d.State)
}

// Progress words how far a complaint submitted in the month has come; it is
// empty for every other row.
func Progress(d metrics.Detail) string {
	if d.Kind != metrics.DetailComplaint {
		return ""
	}
	switch d.Progress {
	case metrics.ProgressMisrouted:
		return "salah alamat"
	case metrics.ProgressResolved:
		return "selesai"
	case metrics.ProgressFollowedUp:
		return "ditindaklanjuti"
	}
	return "belum ditanggapi"
}

// KindWords words the kind of a complaint; any other text comes back as it is.
func KindWords(code string) string {
	for _, k := range kindWords {
		if k.Code == code {
			return k.Words
		}
	}
	return code
}
