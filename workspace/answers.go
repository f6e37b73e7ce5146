package workspace

import (
	"time"

	"yardstick"
	"yardstick/indicators"
)

// The structs in this file are the answers of the use cases. Their JSON form is
// a contract (docs/cli.md, docs/http-api.md): the command line, the API and the
// pages all show these and nothing else.

// IngestResult says what became of a batch of files.
type IngestResult struct {
	Batch      string            `json:"batch"` // "" if nothing was stored
	Files      int               `json:"files"`
	Forms      int               `json:"forms"`
	Lines      int               `json:"lines"`
	Superseded int               `json:"superseded"` // forms replaced by a correction
	Unchanged  int               `json:"unchanged"`  // files or forms that were known already
	Rejected   []yardstick.Issue `json:"rejected"`
	Warnings   []yardstick.Issue `json:"warnings"`
	TookMS     int64             `json:"took_ms"`
	Rows       Rows              `json:"rows"`
	PerFile    []FileResult      `json:"per_file"`
}

// Rows is the sum of lines: read == clean + warned + rejected.
type Rows struct {
	Read     int `json:"read"`
	Clean    int `json:"clean"`
	Warned   int `json:"warned"`
	Rejected int `json:"rejected"`
	Unused   int `json:"unused"` // template rows without content
}

// FileResult is one file of a batch.
type FileResult struct {
	File     string            `json:"file"`
	Outcome  string            `json:"outcome"` // stored, partly, superseding, unchanged, rejected
	Kinds    []string          `json:"kinds"`
	Forms    int               `json:"forms"`
	Lines    int               `json:"lines"`
	Rows     Rows              `json:"rows"`
	Rejected []yardstick.Issue `json:"rejected"`
	Warnings []yardstick.Issue `json:"warnings"`
	FormIDs  []string          `json:"form_ids"`
}

// Progress is one step of a running batch.
type Progress struct {
	Stage string // 读取, 入库, 建索引
	Done  int
	Total int
	Name  string // the present object
}

// Form is a form as the contract prints it; money in 万元.
type Form struct {
	ID         string             `json:"id"`
	File       string             `json:"file"`
	Sheet      string             `json:"sheet"`
	Kind       yardstick.FormKind `json:"form"`
	Year       *int               `json:"year"`
	Region     *string            `json:"region"`
	Department *string            `json:"department"`
	Unit       *string            `json:"unit"`
	Project    *string            `json:"project"`
	Sector     *string            `json:"sector"`
	Goal       *string            `json:"goal"`
	Budget     Budget             `json:"budget"`
	TotalScore *float64           `json:"total_score"`
	Grade      *string            `json:"grade"`
	Lines      []Line             `json:"lines"`
}

// Budget is a form's sums in 万元.
type Budget struct {
	Initial        *float64 `json:"initial"`
	FullYear       *float64 `json:"full_year"`
	Executed       *float64 `json:"executed"`
	ExecutionScore *float64 `json:"execution_score"`
}

// Line is one indicator of a Form.
type Line struct {
	Level1 *string          `json:"level1"`
	Level2 *string          `json:"level2"`
	Name   string           `json:"name"`
	Target indicators.Value `json:"target"`
	Actual indicators.Value `json:"actual"`
	Weight *float64         `json:"weight"`
	Score  *float64         `json:"score"`
	Reason *string          `json:"reason"`
	Cell   string           `json:"cell"`
}

// SearchResult answers a search.
type SearchResult struct {
	Query  string  `json:"query"`
	Total  int     `json:"total"`
	TookMS float64 `json:"took_ms"`
	Hits   []Hit   `json:"hits"`
}

// Hit is one entry found. Highlight is Name with the matched parts between
// <mark> and </mark>, the rest escaped.
type Hit struct {
	ID        string  `json:"id"`
	Type      string  `json:"type"` // indicator (library), name (as filed), case (a form)
	Name      string  `json:"name"`
	Level1    string  `json:"level1"`
	Level2    string  `json:"level2"`
	Sector    string  `json:"sector"`
	Unit      string  `json:"unit"`
	Score     float64 `json:"score"`
	Highlight string  `json:"highlight"`
	Meaning   string  `json:"meaning,omitempty"`
}

// SuggestRequest describes the project for which indicators are wanted.
type SuggestRequest struct {
	ID         string   `json:"id,omitempty"`
	Project    string   `json:"project"`
	Sector     string   `json:"sector,omitempty"`
	Department string   `json:"department,omitempty"`
	Goal       string   `json:"goal,omitempty"`
	Budget     *float64 `json:"budget,omitempty"` // 万元
	Have       []string `json:"have,omitempty"`   // names already in the draft
	Limit      int      `json:"limit,omitempty"`  // 0 means 20
}

// SuggestResult is the answer, best first.
type SuggestResult struct {
	ID          string       `json:"id,omitempty"`
	Suggestions []Suggestion `json:"suggestions"`
	Basis       Basis        `json:"basis"`
}

// Basis says what the whole answer rests on.
type Basis struct {
	Forms    int              `json:"forms"`     // forms in the history
	Projects int              `json:"projects"`  // projects in the history
	Library  int              `json:"library"`   // library entries
	Sector   string           `json:"sector"`    // functional class used
	SectorBy string           `json:"sector_by"` // given, inferred (and from what), or none
	Similar  []SimilarProject `json:"similar"`
	Note     string           `json:"note"` // "没有可比的项目" and why, or ""
}

// Suggestion is one proposed indicator with its evidence.
type Suggestion struct {
	Name   string       `json:"name"`
	Level1 string       `json:"level1"`
	Level2 string       `json:"level2"`
	Score  float64      `json:"score"`
	Why    Why          `json:"why"`
	Target TargetAdvice `json:"target"`
	Weight WeightAdvice `json:"weight"`
}

// Why is the evidence of a Suggestion.
type Why struct {
	Similar      []SimilarProject `json:"similar"`           // projects that use it, most alike first
	UsedProjects int              `json:"used_projects"`     // in the whole history
	UsedInSector int              `json:"used_in_sector"`    // within the functional class
	SectorTotal  int              `json:"sector_total"`      // projects of that class
	Library      string           `json:"library,omitempty"` // id of the matching library entry
	Sentence     string           `json:"sentence"`          // in plain Chinese
}

// SimilarProject is a filed project with its likeness (0 to 1).
type SimilarProject struct {
	Project  string  `json:"project"`
	Unit     string  `json:"unit,omitempty"`
	Year     int     `json:"year,omitempty"`
	Likeness float64 `json:"likeness"`
	FormID   string  `json:"form_id"`
	Target   string  `json:"target,omitempty"` // of this indicator, as filed
	Actual   string  `json:"actual,omitempty"`
}

// TargetAdvice is the usual target. Numbers are never shown without N.
type TargetAdvice struct {
	Text       string   `json:"text"` // "≥95%", or "" with Note
	Comparison string   `json:"comparison,omitempty"`
	Low        *float64 `json:"low,omitempty"`
	High       *float64 `json:"high,omitempty"`
	Median     *float64 `json:"median,omitempty"`
	Q1         *float64 `json:"q1,omitempty"`
	Q3         *float64 `json:"q3,omitempty"`
	Unit       string   `json:"unit,omitempty"`
	N          int      `json:"n"`
	Note       string   `json:"note,omitempty"`
}

// WeightAdvice is the usual weight in points.
type WeightAdvice struct {
	Median *float64 `json:"median"`
	Q1     *float64 `json:"q1,omitempty"`
	Q3     *float64 `json:"q3,omitempty"`
	N      int      `json:"n"`
	Note   string   `json:"note,omitempty"`
}

// BatchSummary is one batch in a list.
type BatchSummary struct {
	ID       string    `json:"batch"`
	Source   string    `json:"source"`
	Sample   bool      `json:"sample"`
	LoadedAt time.Time `json:"loaded_at"`
	TookMS   int64     `json:"took_ms"`
	Files    int       `json:"files"`
	Forms    int       `json:"forms"`
	Lines    int       `json:"lines"`
	Rejected int       `json:"rejected"`
	Warnings int       `json:"warnings"`
}
