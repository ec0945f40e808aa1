package metrics

import "time"

// DefinitionsVersion numbers the meaning of every figure in a [Report]. A
// figure never changes its meaning without a new version.
const DefinitionsVersion = 1

// Report is the report of a month or another period: the one document that page, API, CSV and
// workbook render. Shares run from 0 to 1, durations are working days unless
// the name says otherwise, and nil means "not known", never zero. Slices are
// in ranking order and never nil.
type Report struct {
	Region     string `json:"region"`
	RegionName string `json:"region_name"`
	Month      string `json:"month"` // YYYY-MM; empty for a period that is not a month
	Asked
	AsOf               string    `json:"as_of"` // YYYY-MM-DD, the end of this day in Timezone
	Timezone           string    `json:"timezone"`
	DefinitionsVersion int       `json:"definitions_version"`
	GeneratedAt        time.Time `json:"generated_at"`
	Closed             *Closed   `json:"closed"`

	Publication    Publication     `json:"publication"`
	PPID           PPID            `json:"ppid"`
	Complaints     Complaints      `json:"complaints"`
	Submissions    *Submissions    `json:"submissions"`
	Clarifications *Clarifications `json:"clarifications"`
	Places         []PlaceStories  `json:"places"`
	PlaceCoverage  PlaceCoverage   `json:"place_coverage"`
	Staffing       Staffing        `json:"staffing"`
	People         []PersonWorks   `json:"people"`
	Agenda         Agenda          `json:"agenda"`
	EventLag       EventLag        `json:"event_lag"`
	Index          Index           `json:"index"`
	Fairness       Fairness        `json:"fairness"`
	DataQuality    DataQuality     `json:"data_quality"`
}

// Closed names the frozen edition of a closed month.
type Closed struct {
	ID       string    `json:"id"`
	ClosedAt time.Time `json:"closed_at"`
}

// OPDStatus says how an OPD's publication figures are to be read.
type OPDStatus string

// The publication states of an OPD.
const (
	StatusOK           OPDStatus = "ok"            // has stories in the month
	StatusQuiet        OPDStatus = "quiet"         // a working source, and no story
	StatusSourceFailed OPDStatus = "source_failed" // its sources answered less than 80 % of the expected polls
	StatusNoSource     OPDStatus = "no_source"     // no source is known
	StatusNew          OPDStatus = "new"           // in its first 60 days: listed, not ranked
)

// Publication is the league table of publication activity. Articles and
// Stories are those of the whole region, including the ones whose OPD could
// not be resolved.
type Publication struct {
	Articles int `json:"articles"`
	Stories  int `json:"stories"`
	// PublishedShare is the share of OPD with a story among those whose silence
	// can be judged.
	PublishedShare *float64 `json:"published_share"`
	// Republished counts stories that also stand on the portal.
	Republished int              `json:"republished"`
	Flags       PublicationFlags `json:"flags"`
	OPD         []PublicationOPD `json:"opd"`
}

// PublicationFlags counts what deserves a second look before anybody is
// praised: stories that came in a burst, stories dated long before they were
// seen, and near-copies an OPD put on its own site.
type PublicationFlags struct {
	Bursts     int `json:"bursts"`
	Backdated  int `json:"backdated"`
	NearCopies int `json:"near_copies"`
}

// PublicationOPD is one OPD's row. Score is the attainment of its target
// (1 = target met) after shrinkage, capped at 1.2; it, the ranks and the tier
// are nil for an OPD that is not ranked. The tier is nil as well where the
// ranking shows no tiers. PeerGroup is nil for an OPD shrunk toward the region.
type PublicationOPD struct {
	OPD             string    `json:"opd"`
	Name            string    `json:"name"`
	Status          OPDStatus `json:"status"`
	Articles        int       `json:"articles"`
	Stories         int       `json:"stories"`
	Weeks           int       `json:"weeks"`
	WeeksMet        int       `json:"weeks_met"`
	TargetPerWeek   float64   `json:"target_per_week"`
	ActiveDays      int       `json:"active_days"`
	DaysSinceLast   *int      `json:"days_since_last"` // calendar days
	PreviousStories *int      `json:"previous_stories"`
	// Republished counts stories that also stand on the portal.
	Republished int `json:"republished"`
	// Channels counts the articles by where they stand: website, portal,
	// instagram and so on; a channel without an article is left out.
	Channels  map[string]int   `json:"channels"`
	Flags     PublicationFlags `json:"flags"`
	PeerGroup *string          `json:"peer_group"`
	// OthersAttainment is the attainment of the others it is compared with, all
	// together and without itself.
	OthersAttainment *float64 `json:"others_attainment"`
	Score            *float64 `json:"score"`
	RankMean         *float64 `json:"rank_mean"`
	RankLow          *int     `json:"rank_low"`
	RankHigh         *int     `json:"rank_high"`
	Tier             *string  `json:"tier"`
	// PTopTier is the probability to stand among as many as tier A has; nil
	// where there are no tiers.
	PTopTier *float64 `json:"p_top_tier"`
	Movement
}

// Untargeted reports whether nothing was expected of the OPD in the weeks that
// are over: a target of 0. Then it is neither judged nor ranked.
func (o *PublicationOPD) Untargeted() bool {
	return o.TargetPerWeek == 0 && o.Weeks > 0 && o.Score == nil
}

// CaseCounts sorts the cases of a cohort by their state at the as-of day.
type CaseCounts struct {
	OnTime   int `json:"on_time"`
	Late     int `json:"late"`
	Pending  int `json:"pending"`
	Excluded int `json:"excluded"`
}

// PPID is the month's information requests. Received counts by the day of
// receipt, Objections by the objection's own day of receipt, everything else
// is over the cohort whose clock started in the month.
type PPID struct {
	Received int `json:"received"`
	CaseCounts
	Extended   int       `json:"extended"`
	Refused    int       `json:"refused"`
	Objections int       `json:"objections"`
	Funnel     *Funnel   `json:"funnel"`
	OPD        []CaseOPD `json:"opd"`
}

// CaseOPD is one OPD's row of response times. OnTimeLow and OnTimeHigh bound
// the on-time share by Wilson's 95 % interval.
type CaseOPD struct {
	OPD  string `json:"opd"`
	Name string `json:"name"`
	N    int    `json:"n"`
	CaseCounts
	OnTimeShare  *float64 `json:"on_time_share"`
	OnTimeLow    *float64 `json:"on_time_low"`
	OnTimeHigh   *float64 `json:"on_time_high"`
	MedianWD     *float64 `json:"median_wd"`
	RMSTWD       *float64 `json:"rmst_wd"`
	RMSTIsBound  *bool    `json:"rmst_is_bound"`
	MeanClosedWD *float64 `json:"mean_closed_wd"`
	// OnTimeScore is the on-time share after beta-binomial shrinkage.
	OnTimeScore *float64     `json:"on_time_score"`
	Funnel      *FunnelPoint `json:"funnel"`
	PeerGroup   *string      `json:"peer_group"` // nil for an OPD shrunk toward the region
	// OthersRMSTWD is the restricted mean wait of the others it is compared
	// with, all cases together and without its own.
	OthersRMSTWD *float64 `json:"others_rmst_wd"`
	Score        *float64 `json:"score"`
	RankLow      *int     `json:"rank_low"`
	RankHigh     *int     `json:"rank_high"`
	Tier         *string  `json:"tier"`
	// PTopTier is the probability to stand among as many as tier A has; nil
	// where there are no tiers.
	PTopTier *float64 `json:"p_top_tier"`
	Movement
}

// Complaints is the month's SP4N-LAPOR! cohort. ByKind counts complaints
// submitted in the month by kind, misrouted ones included.
type Complaints struct {
	ByKind          map[string]int `json:"by_kind"`
	FirstResponse   CaseTable      `json:"first_response"`
	Resolve         CaseTable      `json:"resolve"`
	Verify          VerifyCounts   `json:"verify"`
	FollowedUpShare *float64       `json:"followed_up_share"`
	ResolvedShare   *float64       `json:"resolved_share"`
	// SharesN counts the complaints both shares are parts of: those of the
	// month that are not misrouted.
	SharesN int `json:"shares_n"`
}

// CaseTable is a list of OPD rows under one clock.
type CaseTable struct {
	Funnel *Funnel   `json:"funnel"`
	OPD    []CaseOPD `json:"opd"`
}

// VerifyCounts is the admin's own clock: complaints verified within 3 working days.
type VerifyCounts struct {
	N       int `json:"n"`
	OnTime  int `json:"on_time"`
	Late    int `json:"late"`
	Pending int `json:"pending"`
}

// OPDRef names an OPD.
type OPDRef struct {
	OPD  string `json:"opd"`
	Name string `json:"name"`
}

// Staffing says which OPD have a pranata humas. OPDWithPranataHumas is nil
// while no person is known.
type Staffing struct {
	OPDWithPranataHumas *int     `json:"opd_with_pranata_humas"`
	OPDWithout          []OPDRef `json:"opd_without"`
}

// PersonWorks counts a person's works. The roles are counted apart and never
// added up; no angka kredit is derived from them.
type PersonWorks struct {
	PersonID          string `json:"person_id"`
	Name              string `json:"name"`
	Group             string `json:"group"`
	Jenjang           string `json:"jenjang"`
	OPD               string `json:"opd"`
	AsAuthor          int    `json:"as_author"`
	AsEditor          int    `json:"as_editor"`
	AsPhotographer    int    `json:"as_photographer"`
	PPIDHandled       int    `json:"ppid_handled"`
	ComplaintsHandled int    `json:"complaints_handled"`
	// PPIDOnTime and ComplaintsOnTime say how the cases that could be judged
	// were handled; complaints by the clock of the first response.
	PPIDOnTime       HandledOnTime `json:"ppid_on_time"`
	ComplaintsOnTime HandledOnTime `json:"complaints_on_time"`
	ActiveDays       int           `json:"active_days"`
	AgendaCovered    *int          `json:"agenda_covered"`
	Exposure         Exposure      `json:"exposure"`
}

// DataQuality counts what stands between the figures and the truth.
type DataQuality struct {
	UnmatchedOPD      int            `json:"unmatched_opd"`    // articles and cases of the month whose OPD is unknown
	UnmatchedPeople   int            `json:"unmatched_people"` // bylines of the month that name nobody known
	UndatedArticles   int            `json:"undated_articles"` // first seen in the month, without a usable date
	InconsistentDates int            `json:"inconsistent_dates"`
	RejectedRows      int            `json:"rejected_rows"` // rows of the last run of every file or source
	FailedSources     []FailedSource `json:"failed_sources"`
}

// FailedSource is a source that answered less than 80 % of its expected polls.
type FailedSource struct {
	Source   string    `json:"source"`
	OPD      string    `json:"opd"`
	Expected int       `json:"expected"`
	Answered int       `json:"answered"`
	Since    time.Time `json:"since"` // of the first failed poll in the present row of failures
	Reason   string    `json:"reason"`
}
