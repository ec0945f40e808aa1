package identity

import "strings"

// frontTitles stand before a name: academic, religious, military and
// professional titles and forms of address, without dots. Noble titles (Raden,
// Andi, I Gusti) are part of a name and stay.
var frontTitles = set(`dr drg drh prof h hj ir drs dra kh ky ust ustadz ustaz ustad ustadzah
	ns apt bapak bpk ibu sdr sdri pak bu tn ny akbp akp kompol kombes brigjen kol letkol mayor kapten lettu
	letda serka serma sertu serda aiptu aipda bripka brigadir briptu bripda ipda iptu adv`)

// degrees stand behind a name, without dots and spaces, lower case: the degrees
// of Indonesian universities and polytechnics, professional qualifications and
// specialist doctors.
var degrees = set(`
	sip sap sh se st ssos skom sikom si ssi spd spdi shum sag skep sfarm spsi sp spt sstp stp skm skeb sked
	skg skh sars ssn sds sak sst ssit ssy she sei she shi sth sthi sfil shut spi sgz skpm strkom strkeb strkep strt strip strak
	stat sstat smat ssip sipem skomi ssospol ssospem sspd ssps sptk stekp sling sakun sadm sbns sab smn
	mm msi map mkom mikom mpd mpdi mh mt mkes mkm mhum mag mpsi msc ma mba mip mak mkn mth meng mse me mei mec mecdev
	mars mpar mds msn mfarm mkep mgz mling mtp mmsi mti mcs mpm mha mph mphil mp msp mmr mab mhi mhkes msos msa mev mppm mtr mtrap mtrip
	mpp mpa mppa mkeb mked mbiomed msocsc mpolsci mdev
	llm llb amd ama amk amkg amkeb amdkom amdkeb amdkep amdak amdt amdip amdpar amdkes amdgz amdrad amdak amdipem
	phd bsc ba beng bba bcom bed dea dipl ing
	spa spog span spb spm spjp sprad spkj sps sptht sppd sppk spkk spot spu spkfr spp spfm sppk
	ak akt ca cpa qia cfra cgcae crmp crmo cgap cfre cpmc cpr cprs chrp cpsak apt ners ns cert`)

// spacedDegrees are the first pieces of degrees that people write with a space
// inside ("S. Kom", "A. Md").
var spacedDegrees = set(`s m a sp st b`)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// undotted is a word without its dots: "S.I.Kom." becomes "sikom".
func undotted(w string) string { return strings.ReplaceAll(strings.ToLower(w), ".", "") }

// IsTitle reports whether the text consists only of academic degrees, such as
// "S.Sos", "M.AP", "SE MM" or "S. Kom.": what follows a name behind a comma and
// is no further name.
func IsTitle(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 {
		return false
	}
	for i := 0; i < len(words); i++ {
		if degrees[undotted(words[i])] {
			continue
		}
		if i+1 < len(words) && isSpaced(words[i], words[i+1]) {
			i++
			continue
		}
		return false
	}
	return true
}

// isSpaced reports whether two words are one degree written with a space.
func isSpaced(a, b string) bool {
	return strings.HasSuffix(a, ".") && spacedDegrees[undotted(a)] && degrees[undotted(a)+undotted(b)]
}
