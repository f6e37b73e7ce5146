package workspace

import (
	"io"
	"time"

	"yardstick"
	"yardstick/indicators"
)

// The structs in this file are the answers of the use cases. Their JSON form is
// a contract (docs/cli.md, docs/http-api.md): the command line, the API and the
// pages all show these and nothing else.

// IngestResult says what became of a batch of files.
type IngestResult struct {
	Batch      string            `json:"batch"` // "" if nothing is new: files that could not be read are, and /batches/{id} says why
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
	Unused   int `json:"unused"` // template rows without content, subtotals, section rows: stated apart
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
	Facets []Facet `json:"facets,omitempty"` // if asked for
}

// Facet counts the values of one field over what matches the text and the
// filters on the other fields.
type Facet struct {
	Field  string       `json:"field"` // type, level1, level2, sector, unit, direction, temporal_type, used
	Values []FacetValue `json:"values"`
}

// FacetValue is one value with how many it has.
type FacetValue struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Hit is one entry found. Highlight is Name with the matched parts between
// <mark> and </mark>, the rest escaped.
type Hit struct {
	ID        string  `json:"id"`
	Type      string  `json:"type"` // indicator (library), name (as filed), case (a form), template
	Name      string  `json:"name"`
	Level1    string  `json:"level1"`
	Level2    string  `json:"level2"`
	Sector    string  `json:"sector"`
	Unit      string  `json:"unit"`
	Score     float64 `json:"score"`
	Highlight string  `json:"highlight"`
	Meaning   string  `json:"meaning,omitempty"`
	Direction string  `json:"direction,omitempty"`
	Temporal  string  `json:"temporal_type,omitempty"`
	Used      bool    `json:"used"`
	Count     int     `json:"count,omitempty"` // lines that carry it
	Why       string  `json:"why,omitempty"`   // by what it was found: 名称 别名 拼音 首字母 同义词 近似 含义
	Alias     string  `json:"alias,omitempty"` // the alias that was found, if it was one
}

// SuggestRequest describes the project for which indicators are wanted.
type SuggestRequest struct {
	ID         string   `json:"id,omitempty"`
	Project    string   `json:"project"`
	Unit       string   `json:"unit,omitempty"` // 实施单位: whose own past counts
	Year       int      `json:"year,omitempty"` // of the draft: only earlier years count as past
	Type       string   `json:"type,omitempty"` // id of a template; told from name and goal if left out
	Sector     string   `json:"sector,omitempty"`
	Department string   `json:"department,omitempty"`
	Goal       string   `json:"goal,omitempty"`
	Budget     *float64 `json:"budget,omitempty"`   // 万元
	Have       []string `json:"have,omitempty"`     // names already in the draft
	Limit      int      `json:"limit,omitempty"`    // 0 means 20
	RuleSet    string   `json:"rule_set,omitempty"` // whose points a weight is to fit; "" the one in force
	Fresh      bool     `json:"fresh,omitempty"`    // wait until all that was loaded and edited so far counts
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
	Type     string           `json:"type"`      // project type of the library by the words of name and goal, or ""
	Similar  []SimilarProject `json:"similar"`
	Note     string           `json:"note"`             // "没有可比的项目" and why, or ""
	Behind   string           `json:"behind,omitempty"` // what does not count yet, in words; "" if everything does
}

// Suggestion is one proposed indicator with its evidence.
type Suggestion struct {
	Name   string       `json:"name"`
	Entry  string       `json:"entry,omitempty"` // id of the library entry
	Task   string       `json:"task,omitempty"`  // what the goal says and no indicator of the draft covers yet
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
	Type         string           `json:"type,omitempty"`    // project type, if one was told
	UsedInType   int              `json:"used_in_type"`      // projects of that type that use it
	TypeTotal    int              `json:"type_total"`        // projects of that type
	Template     *SuggestedBy     `json:"template"`          // the template that has it, null for none
	Partners     []DraftPartner   `json:"partners"`          // of the draft, what other projects filed together with it
	Library      string           `json:"library,omitempty"` // id of the matching library entry
	Sentence     string           `json:"sentence"`          // in plain Chinese
}

// SuggestedBy is the template of a matching project type that has an indicator.
type SuggestedBy struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Points float64 `json:"points"` // of 100
	Core   bool    `json:"core"`   // hardly any project of the type goes without
}

// DraftPartner is an indicator of the draft that Projects projects filed together
// with the suggested one, Lift times (shrunk) as many as chance would have.
type DraftPartner struct {
	Name     string  `json:"name"`
	Projects int     `json:"projects"`
	Lift     float64 `json:"lift"`
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
	Text       string     `json:"text"` // "≥95%", or "" with Note
	Comparison string     `json:"comparison,omitempty"`
	Low        *float64   `json:"low,omitempty"`
	High       *float64   `json:"high,omitempty"`
	Median     *float64   `json:"median,omitempty"`
	Q1         *float64   `json:"q1,omitempty"`
	Q3         *float64   `json:"q3,omitempty"`
	Unit       string     `json:"unit,omitempty"`
	N          int        `json:"n"`
	Note       string     `json:"note,omitempty"`
	Values     []float64  `json:"values,omitempty"` // the filed values that N counts, at most 200
	Basis      string     `json:"basis,omitempty"`  // 历史标准 行业标准 计划标准 其他: what the proposal rests on
	BasisWhy   string     `json:"basis_why,omitempty"`
	Reached    Share      `json:"reached"` // of N, those evaluated and those that reached their target
	Own        []OwnValue `json:"own,omitempty"`
	Scaled     *Scaling   `json:"scaled,omitempty"`    // Values are per project of this size
	Tightness  *Tightness `json:"tightness,omitempty"` // of the proposal
}

// WeightAdvice is the usual weight in points.
type WeightAdvice struct {
	Median *float64 `json:"median"`
	Q1     *float64 `json:"q1,omitempty"`
	Q3     *float64 `json:"q3,omitempty"`
	N      int      `json:"n"`
	Note   string   `json:"note,omitempty"`
	Points *float64 `json:"points,omitempty"` // that fits what the frame leaves for its class beside the draft
	Fit    string   `json:"fit,omitempty"`    // why these points
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

// BatchDetail is one batch with what became of each file.
type BatchDetail struct {
	BatchSummary
	Rows       Rows         `json:"rows"`
	Superseded int          `json:"superseded"`
	PerFile    []FileResult `json:"per_file"`
}

// Overview says what the workspace holds and what is missing.
type Overview struct {
	Empty      bool           `json:"empty"`
	Sample     bool           `json:"sample"` // some of it is 示例数据
	LoadedAt   *time.Time     `json:"loaded_at"`
	Projects   int            `json:"projects"`
	Forms      int            `json:"forms"`
	Lines      int            `json:"lines"`
	Money      *float64       `json:"money"`       // full-year budgets of the projects' latest forms, 万元
	MoneyForms int            `json:"money_forms"` // forms that state one
	Names      int            `json:"names"`       // distinct normalised indicator names
	Quantified Share          `json:"quantified"`  // target values that are numbers, dates or ranges
	Library    int            `json:"library"`     // entries shipped
	RuleSets   []RuleSet      `json:"rule_sets"`
	Received   []Received     `json:"received"` // form kind × year
	Agencies   []AgencyCount  `json:"agencies"` // most forms first
	Sectors    []SectorCount  `json:"sectors"`
	Sources    []BatchSummary `json:"sources"` // latest batches first, at most 5
	Todo       []Todo         `json:"todo"`    // what needs a person, most urgent first
}

// Share is a part of a whole with its n.
type Share struct {
	Part int `json:"part"`
	Of   int `json:"of"`
}

// RuleSet is one rule set in use, with how sure we are of its source.
type RuleSet struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Place   string `json:"place"`
	Source  string `json:"source"`
	Status  string `json:"status"` // read, reported, recalled
	Rules   int    `json:"rules"`
}

// Received counts the forms of one kind and year. Missing counts the projects
// that filed another form of that year but not this one.
type Received struct {
	Kind    yardstick.FormKind `json:"form"`
	Year    int                `json:"year"` // 0: not stated
	Forms   int                `json:"forms"`
	Missing int                `json:"missing"`
}

// AgencyCount is one unit or department with what it filed.
type AgencyCount struct {
	Name     string `json:"name"`
	Projects int    `json:"projects"`
	Forms    int    `json:"forms"`
	Doubts   int    `json:"doubts"`
}

// SectorCount is one functional class with what is loaded of it.
type SectorCount struct {
	Sector   string `json:"sector"` // "" could not be told
	Projects int    `json:"projects"`
}

// Todo is one matter that needs a person.
type Todo struct {
	Matter string `json:"matter"` // sentence
	Count  int    `json:"count"`
	Link   string `json:"link"` // page address that shows them
}

// FormQuery filters forms; zero fields do not filter.
type FormQuery struct {
	Year       int                `json:"year,omitempty"`
	Kind       yardstick.FormKind `json:"form,omitempty"`
	Department string             `json:"department,omitempty"` // department or unit, exact
	Sector     string             `json:"sector,omitempty"`
	Text       string             `json:"text,omitempty"` // part of project, unit or department
	Doubt      bool               `json:"doubt,omitempty"`
	Limit      int                `json:"limit,omitempty"` // 0 means 50
	Offset     int                `json:"offset,omitempty"`
}

// FormList is one page of forms with the choices that the filters offer.
type FormList struct {
	Total       int        `json:"total"`
	Forms       []FormHead `json:"forms"`
	Years       []int      `json:"years"`
	Departments []string   `json:"departments"`
	Sectors     []string   `json:"sectors"`
	Sample      bool       `json:"sample"`
}

// FormHead is one row of a list of forms.
type FormHead struct {
	ID         string             `json:"id"`
	Kind       yardstick.FormKind `json:"form"`
	Year       *int               `json:"year"`
	Project    string             `json:"project"`
	Unit       string             `json:"unit"`
	Department string             `json:"department"`
	Sector     string             `json:"sector"`
	FullYear   *float64           `json:"full_year"` // 万元
	TotalScore *float64           `json:"total_score"`
	Lines      int                `json:"lines"`
	Doubts     int                `json:"doubts"`
	File       string             `json:"file"`
	Sheet      string             `json:"sheet"`
	Sample     bool               `json:"sample"`
}

// Field is a head field of a form beside its raw text and cell.
type Field struct {
	Label string `json:"label"`
	Value string `json:"value"` // "" not shown on the form
	Raw   string `json:"raw"`
	Cell  string `json:"cell"`
}

// FormView is one form as read, with everything that was there.
type FormView struct {
	Form
	Batch      string            `json:"batch"`
	Sample     bool              `json:"sample"`
	Layout     string            `json:"layout"`
	Cell       string            `json:"cell"`
	Fields     []Field           `json:"fields"`
	Money      []Fund            `json:"money"` // the budget block; the first row is the form's sums
	MoneyUnit  string            `json:"money_unit"`
	View       []LineView        `json:"view"`
	Issues     []yardstick.Issue `json:"issues"`
	ProjectID  string            `json:"project_id"`
	ProjectWhy string            `json:"project_why"` // why it belongs to that project
	SectorWhy  string            `json:"sector_why"`
	Superseded *Version          `json:"superseded"` // the correction, if this is not in force
	Versions   []Version         `json:"versions"`   // earlier versions of this form
	Related    []FormHead        `json:"related"`    // other forms of the same project, by year and kind
}

// Version is another version of a form.
type Version struct {
	ID       string    `json:"id"`
	File     string    `json:"file"`
	Batch    string    `json:"batch"`
	LoadedAt time.Time `json:"loaded_at"`
}

// Fund is one row of a budget block, in 万元.
type Fund struct {
	Label    string   `json:"label"`
	Initial  *float64 `json:"initial"`
	FullYear *float64 `json:"full_year"`
	Executed *float64 `json:"executed"`
	Rate     *float64 `json:"rate"` // percent, as printed
	Weight   *float64 `json:"weight"`
	Score    *float64 `json:"score"`
	Cells    []Field  `json:"cells"` // label is the column
}

// LineView is a Line with the raw text and cell of each of its fields.
type LineView struct {
	Line
	Seq      int               `json:"seq"`
	SubRow   bool              `json:"sub_row"`
	LongTerm indicators.Value  `json:"long_term"`
	Expected indicators.Value  `json:"expected"`
	Note     string            `json:"note"`
	Cells    map[string]Field  `json:"cells"` // by field: level1, level2, name, target, actual, weight, score, reason …
	Doubts   []yardstick.Issue `json:"doubts"`
}

// SearchQuery asks the library, the filed names and the cases.
type SearchQuery struct {
	Text      string `json:"text"`
	Type      string `json:"type,omitempty"` // indicator, name, case, template; "" all
	Sector    string `json:"sector,omitempty"`
	Level1    string `json:"level1,omitempty"`
	Level2    string `json:"level2,omitempty"`
	Unit      string `json:"unit,omitempty"` // of measure
	Direction string `json:"direction,omitempty"`
	Temporal  string `json:"temporal_type,omitempty"`
	Used      string `json:"used,omitempty"` // yes, no: on loaded forms
	Facets    bool   `json:"facets,omitempty"`
	Limit     int    `json:"limit,omitempty"` // 0 means 20
	Offset    int    `json:"offset,omitempty"`
}

// Completion is one line of the typeahead.
type Completion struct {
	Text string `json:"text"`
	Type string `json:"type"`
	ID   string `json:"id"`
}

// Use is one filed line of an indicator.
type Use struct {
	FormHead
	Line Line `json:"line"`
}

// Upload is one file handed over by a page or the API.
type Upload struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// IngestRequest names what to load: paths (files and folders) or uploads.
type IngestRequest struct {
	Paths    []string
	Uploads  []Upload
	Source   string         // cli, page, api, demo
	Sample   bool           // 示例数据
	Mapping  string         // path of a mapping file: the bulk path
	Progress func(Progress) // nil discards; called from one goroutine at a time
}
