package wording

import (
	"strconv"

	"gaung/metrics"
)

// Range is the range of places an OPD may fairly claim: "3–9", or "4" when
// both ends agree. It is empty for an OPD that is not ranked.
func Range(low, high *int) string {
	if low == nil || high == nil {
		return ""
	}
	if *low == *high {
		return strconv.Itoa(*low)
	}
	return strconv.Itoa(*low) + "–" + strconv.Itoa(*high)
}

// Tier names the tier of a ranked OPD: A, B or C. It is empty for an OPD that
// is not ranked.
func Tier(tier *string) string {
	if tier == nil {
		return ""
	}
	return *tier
}

// Status words an OPD's publication state.
func (l Language) Status(s metrics.OPDStatus) string {
	switch s {
	case metrics.StatusOK:
		return l.T("aktif")
	case metrics.StatusQuiet:
		return l.T("tanpa berita")
	case metrics.StatusSourceFailed:
		return l.T(FailedWords + "|satu")
	case metrics.StatusNoSource:
		return l.T("tanpa sumber")
	case metrics.StatusNew:
		return l.T("OPD baru")
	}
	return string(s)
}

// StatusReason says in a sentence why an OPD with the state is not ranked. It
// is empty for the states that are ranked, unless the target is 0.
func (l Language) StatusReason(o metrics.PublicationOPD) string {
	switch o.Status {
	case metrics.StatusSourceFailed:
		return l.T("Sumbernya menjawab kurang dari 80% pengambilan, jadi diamnya tidak dapat dinilai.")
	case metrics.StatusNoSource:
		return l.T("Belum ada sumber yang dikenal untuk OPD ini.")
	case metrics.StatusNew:
		return l.T("Belum genap 60 hari terdaftar, jadi belum diperingkat.")
	}
	if o.Untargeted() {
		return l.T("Targetnya 0 berita, jadi tidak dinilai dan tidak diperingkat.")
	}
	return ""
}
