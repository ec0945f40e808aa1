package wording

import "gaung/metrics"

// SourceWords are the words for the state of a source.
type SourceWords struct {
	Label  string // of one source
	Plural string // after a number of them
	Advice string // what to do; empty when there is nothing to do
}

// SourceState words how a source is doing. A state without words of its own
// comes back as it is.
func (l Language) SourceState(s metrics.SourceState) SourceWords {
	switch s {
	case metrics.SourceFailing:
		return SourceWords{l.T("gagal"), l.T("sumber gagal"), l.T("periksa sebabnya di bawah")}
	case metrics.SourceSilent:
		return SourceWords{l.T("diam"), l.T("sumber diam lebih lama dari biasanya"), l.T("buka situsnya, lihat apakah ada berita")}
	case metrics.SourceEmpty:
		return SourceWords{l.T("kosong"), l.T("sumber menjawab tanpa berita"), l.T("periksa alamat feed di gaung.yaml")}
	case metrics.SourceWaiting:
		return SourceWords{l.T("menunggu"), l.T("sumber belum ditarik"), l.T("tunggu giliran tarikannya")}
	case metrics.SourceOK:
		return SourceWords{l.T("baik"), l.T("sumber baik"), l.T("")}
	}
	return SourceWords{Label: string(s), Plural: l.T("sumber {1}", s)}
}
