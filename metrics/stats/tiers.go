package stats

// The tiers of a ranking, and the mark of an entrant with too few cases.
const (
	TierA            = "A"
	TierB            = "B"
	TierC            = "C"
	TierInsufficient = "data kurang"
)

// TierEvidence is how sure a boundary between two tiers has to be.
const TierEvidence = 0.8

// Tiers divides a ranking of n entrants, best first, into at most three tiers.
// The first of a tier is its leader. An entrant opens the next tier when the
// present leader beats it with a probability of at least TierEvidence; without
// such evidence it stays. beats(i, j) is the probability that the entrant
// ranked i is better than the one ranked j.
//
// Where nobody differs from the leader beyond chance there are no tiers, and
// the result is nil: calling everybody "A" would praise what was not shown.
func Tiers(n int, beats func(i, j int) float64) []string {
	names := [...]string{TierA, TierB, TierC}
	tiers := make([]string, n)
	tier, leader := 0, 0
	for i := range tiers {
		if tier < len(names)-1 && i > leader && beats(leader, i) >= TierEvidence {
			tier, leader = tier+1, i
		}
		tiers[i] = names[tier]
	}
	if tier == 0 {
		return nil
	}
	return tiers
}
