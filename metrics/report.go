package metrics

import "time"

// DefinitionsVersion numbers the meaning of every figure in a [Report]. A
// figure never changes its meaning without a new version.
const DefinitionsVersion = 1

// Report is the monthly report: the one document that page, API, CSV and
// workbook render. Shares run from 0 to 1, durations are working days unless
// the name says otherwise, and nil means "not known", never zero. Slices are
// in ranking order and never nil.
type Report struct {
	Region             string    `json:"region"`
	RegionName         string    `json:"region_name"`
	Month              string    `json:"month"` // YYYY-MM
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
	Staffing       Staffing        `json:"staffing"`
	People         []PersonWorks   `json:"people"`
	Agenda         Agenda          `json:"agenda"`
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
	Articles int              `json:"articles"`
	Stories  int              `json:"stories"`
	OPD      []PublicationOPD `json:"opd"`
}

// PublicationOPD is one OPD's row. Score is the attainment of its target
// (1 = target met) after shrinkage, capped at 1.2; it, the ranks and the tier
// are nil for an OPD that is not ranked.
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
	Score           *float64  `json:"score"`
	RankMean        *float64  `json:"rank_mean"`
	RankLow         *int      `json:"rank_low"`
	RankHigh        *int      `json:"rank_high"`
	Tier            *string   `json:"tier"`
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
	Score        *float64 `json:"score"`
	RankLow      *int     `json:"rank_low"`
	RankHigh     *int     `json:"rank_high"`
	Tier         *string  `json:"tier"`
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
}

// CaseTable is a list of OPD rows under one clock.
type CaseTable struct {
	OPD []CaseOPD `json:"opd"`
}

// VerifyCounts is the admin's own clock: complaints verified within 3 working days.
type VerifyCounts struct {
	N       int `json:"n"`
	OnTime  int `json:"on_time"`
	Late    int `json:"late"`
	Pending int `json:"pending"`
}

// Submissions counts drafts sent to the editors; nil until that is measured.
type Submissions struct {
	OPD []SubmissionOPD `json:"opd"`
}

// SubmissionOPD is one OPD's drafts. MedianHoursToDecision is in clock hours.
type SubmissionOPD struct {
	OPD                   string   `json:"opd"`
	Name                  string   `json:"name"`
	Sent                  int      `json:"sent"`
	Published             int      `json:"published"`
	Returned              int      `json:"returned"`
	Rejected              int      `json:"rejected"`
	Acceptance            *float64 `json:"acceptance"`
	MedianHoursToDecision *float64 `json:"median_hours_to_decision"`
}

// Clarifications is false news spotted and answered; nil until that is measured.
type Clarifications struct {
	N        int      `json:"n"`
	Answered int      `json:"answered"`
	Open     int      `json:"open"`
	MedianWD *float64 `json:"median_wd"`
	RMSTWD   *float64 `json:"rmst_wd"`
}

// PlaceStories counts stories by the place of their dateline.
type PlaceStories struct {
	Place   string `json:"place"`
	Stories int    `json:"stories"`
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
	ActiveDays        int    `json:"active_days"`
	AgendaCovered     *int   `json:"agenda_covered"`
}

// Agenda says how many announced events became a story.
type Agenda struct {
	Events  int         `json:"events"`
	Covered *int        `json:"covered"`
	OPD     []AgendaOPD `json:"opd"`
}

// AgendaOPD is one OPD's agenda. MedianDaysToPublish is in calendar days.
type AgendaOPD struct {
	OPD                 string   `json:"opd"`
	Name                string   `json:"name"`
	Events              int      `json:"events"`
	Covered             *int     `json:"covered"`
	MedianDaysToPublish *float64 `json:"median_days_to_publish"`
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
