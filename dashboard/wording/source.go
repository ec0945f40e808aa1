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
func SourceState(s metrics.SourceState) SourceWords {
	switch s {
	case metrics.SourceFailing:
		return SourceWords{"gagal", "sumber gagal", "periksa sebabnya di bawah"}
	case metrics.SourceSilent:
		return SourceWords{"diam", "sumber diam lebih lama dari biasanya", "buka situsnya, lihat apakah ada berita"}
	case metrics.SourceEmpty:
		return SourceWords{"kosong", "sumber menjawab tanpa berita", "periksa alamat feed di gaung.yaml"}
	case metrics.SourceWaiting:
		return SourceWords{"menunggu", "sumber belum ditarik", "tunggu giliran tarikannya"}
	case metrics.SourceOK:
		return SourceWords{"baik", "sumber baik", ""}
	}
	return SourceWords{Label: string(s), Plural: "sumber " + string(s)}
}
