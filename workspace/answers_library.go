package workspace

import (
	"io"
	"time"
)

// The answers about the indicator library, the templates, the cases and the
// names as filed. Like answers.go a contract.

// Entry is one indicator of the library in force: the shipped one with the
// bureau's own changes laid over it.
type Entry struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	Aliases      []string `json:"aliases"`
	Level1       string   `json:"level1"`
	Level2       string   `json:"level2"`
	OldLevel1    string   `json:"old_level1"` // in the frame before 2021
	OldLevel2    string   `json:"old_level2"`
	Sector       string   `json:"sector"` // functional class (类), or 共性
	Function     []string `json:"function"`
	ProjectTypes []string `json:"project_types"`
	Meaning      string   `json:"meaning"`
	Formula      string   `json:"formula"`
	Unit         string   `json:"unit"`
	Direction    string   `json:"direction"`
	TemporalType string   `json:"temporal_type"`
	Comparison   string   `json:"comparison"`
	WeightRange  string   `json:"weight_range"` // usual points of 100, "5-10"
	DataSource   string   `json:"data_source"`
	Taking       string   `json:"taking"`
	Scoring      string   `json:"scoring"`
	Evidence     string   `json:"evidence"`
	Keywords     []string `json:"keywords"`
	Note         string   `json:"note"`
	SourceStatus string   `json:"source_status"` // read, reported, recalled
	Origin       string   `json:"origin"`        // shipped, edited (shipped, then changed here), own
	Retired      bool     `json:"retired,omitempty"`
}

// LibraryQuery filters the entries of the library; zero fields do not filter.
// Text is looked for in name and aliases only: Search is for looking things up.
type LibraryQuery struct {
	Text     string `json:"text,omitempty"`
	Sector   string `json:"sector,omitempty"`
	Function string `json:"function,omitempty"` // code of a 类 or 款
	Level1   string `json:"level1,omitempty"`
	Level2   string `json:"level2,omitempty"`
	Type     string `json:"type,omitempty"`    // project type by name
	Origin   string `json:"origin,omitempty"`  // shipped, edited, own
	Used     string `json:"used,omitempty"`    // yes, no: on the loaded forms
	Retired  bool   `json:"retired,omitempty"` // the retired ones instead
	Version  int    `json:"version,omitempty"` // as it was after that version; 0: now, -1: as shipped
	Limit    int    `json:"limit,omitempty"`   // 0 means all
	Offset   int    `json:"offset,omitempty"`
}

// LibraryList is a part of the library, by id, with the classes of all of it
// as a tree for browsing.
type LibraryList struct {
	Version int          `json:"version"` // 0: as shipped
	Total   int          `json:"total"`
	Entries []LibraryRow `json:"entries"`
	Classes []ClassCount `json:"classes"` // level 1 and 2 of the filtered entries, in the frame's order
	Sectors []SectorNode `json:"sectors"` // functional classes of all entries, in the order of their codes, 共性 first
}

// LibraryRow is an Entry with how many loaded projects use it.
type LibraryRow struct {
	Entry
	Projects int `json:"projects"`
}

// ClassCount counts entries of one level-2 class.
type ClassCount struct {
	Level1 string `json:"level1"`
	Level2 string `json:"level2"`
	Count  int    `json:"count"`
}

// SectorNode is one functional class (类) with its 款.
type SectorNode struct {
	Code      string         `json:"code"` // "" for 共性
	Name      string         `json:"name"`
	Count     int            `json:"count"`
	Functions []FunctionNode `json:"functions"`
}

// FunctionNode is one 款 with how many entries name it.
type FunctionNode struct {
	Code  string `json:"code"`
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Usage is what the loaded forms say about an entry: counts of projects, not of
// lines, so that a target form and its evaluation count once.
type Usage struct {
	Projects  int       `json:"projects"`
	Forms     int       `json:"forms"`
	Units     int       `json:"units"`
	Regions   int       `json:"regions"`
	FirstYear int       `json:"first_year"` // 0: no year stated
	LastYear  int       `json:"last_year"`
	Scored    int       `json:"scored"`   // lines with weight and score
	Full      int       `json:"full"`     // of these with all points
	FullLow   *float64  `json:"full_low"` // 95 % interval of the share of full points (Wilson), in percent
	FullHigh  *float64  `json:"full_high"`
	Tells     string    `json:"tells"` // 能区分, 区分度低, or 判断不了 with why
	TellsWhy  string    `json:"tells_why"`
	Years     []YearUse `json:"years"`
	Trend     string    `json:"trend"` // 上升, 下降, 平稳, 判断不了
	TrendWhy  string    `json:"trend_why"`
	Numeric   Share     `json:"numeric"` // targets that are numbers, dates or ranges
}

// YearUse is the use of an entry in one year beside all projects of that year.
type YearUse struct {
	Year      int `json:"year"`
	Projects  int `json:"projects"`
	All       int `json:"all"`       // projects with forms of that year
	Reached   int `json:"reached"`   // evaluated lines that reached their target
	Evaluated int `json:"evaluated"` // lines whose target and actual can be compared
}

// Spelling is a name as filed that stands for an entry.
type Spelling struct {
	Name       string  `json:"name"`
	Key        string  `json:"key"`
	Sector     string  `json:"sector"`
	Level2     string  `json:"level2"`
	Forms      int     `json:"forms"`
	Projects   int     `json:"projects"`
	Confidence float64 `json:"confidence"`
	Method     string  `json:"method"` // exact, alias, fuzzy, decided
	Reason     string  `json:"reason"`
}

// Partner is another entry that stands on the same forms.
type Partner struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Together int     `json:"together"` // projects with both
	Projects int     `json:"projects"` // projects with the other
	Expected float64 `json:"expected"`
	Lift     float64 `json:"lift"` // (together+10)/(expected+10), statistics of docs/methods.md
}

// IndicatorView is one library entry with its use on the loaded forms.
type IndicatorView struct {
	Entry
	FunctionNames []string      `json:"function_names"`
	Usage         Usage         `json:"usage"`
	Spellings     []Spelling    `json:"spellings"` // most used first, at most 50
	Partners      []Partner     `json:"partners"`  // together on at least 3 projects, at most 10
	Near          []NearEntry   `json:"near"`      // entries of like meaning
	Changes       []Change      `json:"changes"`   // latest first
	Templates     []TemplateRef `json:"templates"`
	Uses          []Use         `json:"uses"` // forms, at most 50
	Projects      int           `json:"projects"`
	Target        TargetAdvice  `json:"target"`
	Weight        WeightAdvice  `json:"weight"`
}

// NearEntry is an entry that may be the same as another.
type NearEntry struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Sector string  `json:"sector"`
	Level2 string  `json:"level2"`
	Unit   string  `json:"unit"`
	Score  float64 `json:"score"`
	Why    string  `json:"why"`
}

// TemplateRef names a template with the points that it gives an entry.
type TemplateRef struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Points float64 `json:"points"`
	Core   bool    `json:"core"`
}

// Change is one dated change of the library. Nothing is ever deleted: an undo
// is a change too.
type Change struct {
	ID      int           `json:"id"`
	Version int           `json:"version"` // changes made at once share one
	At      time.Time     `json:"at"`
	Source  string        `json:"source"` // import, page, cli, api
	Origin  string        `json:"origin"` // file name, or ""
	Entry   string        `json:"entry"`
	Name    string        `json:"name"`
	Action  string        `json:"action"` // add, edit, retire, restore
	Fields  []FieldChange `json:"fields"` // of an edit
	Note    string        `json:"note"`
	Undoes  int           `json:"undoes,omitempty"`
	Undone  bool          `json:"undone,omitempty"`
}

// FieldChange is one field of an entry before and after, in words.
type FieldChange struct {
	Field string `json:"field"` // as the tables name it: name, aliases, unit …
	Label string `json:"label"` // in Chinese
	From  string `json:"from"`
	To    string `json:"to"`
}

// LibraryImport asks to take over a bureau's own table of indicators.
type LibraryImport struct {
	Name    string // of the file
	Open    func() (io.ReadCloser, error)
	Source  string // cli, page, api
	Note    string
	Replace bool // entries that the file does not have are retired
	DryRun  bool // only say what would change
}

// LibraryImported says what an import did, or would do.
type LibraryImported struct {
	Version   int              `json:"version"` // 0: nothing changed, or a dry run
	DryRun    bool             `json:"dry_run"`
	Rows      int              `json:"rows"`  // read == added + changed + unchanged + rejected
	Blank     int              `json:"blank"` // headings of sections, sums, notes and unused rows: stated apart
	Added     int              `json:"added"`
	Changed   int              `json:"changed"`
	Unchanged int              `json:"unchanged"`
	Retired   int              `json:"retired"`
	Rejected  []LibraryProblem `json:"rejected"`
	Warnings  []LibraryProblem `json:"warnings"`
	Columns   []string         `json:"columns"` // recognised, in the file's order: “heading → field”
	Diff      LibraryDiff      `json:"diff"`
}

// LibraryProblem is a row that could not be read, or was read with a doubt.
type LibraryProblem struct {
	File    string `json:"file"`
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Raw     string `json:"raw"`
}

// LibraryDiff compares two states of the library.
type LibraryDiff struct {
	From    string      `json:"from"` // 随软件发布, 第 N 版, 现行, or a file
	To      string      `json:"to"`
	Added   []Entry     `json:"added"`
	Removed []Entry     `json:"removed"`
	Changed []EntryDiff `json:"changed"`
}

// EntryDiff is one entry that differs.
type EntryDiff struct {
	ID     string        `json:"id"`
	Name   string        `json:"name"`
	Fields []FieldChange `json:"fields"`
}

// EntryEdit changes one entry, or adds one where ID is "". Set holds the
// fields to change by their names in the tables; lists are joined by ；.
type EntryEdit struct {
	ID     string            `json:"id,omitempty"`
	Set    map[string]string `json:"set"`
	Note   string            `json:"note,omitempty"`
	Source string            `json:"source,omitempty"`
}

// HealthQuery asks for one kind of advice, or all.
type HealthQuery struct {
	Kind   string `json:"kind,omitempty"` // merge, retire, quantify, add
	Sector string `json:"sector,omitempty"`
	Limit  int    `json:"limit,omitempty"` // per kind; 0 means 50
	Offset int    `json:"offset,omitempty"`
}

// LibraryHealth is what the loaded forms advise to do with the library.
type LibraryHealth struct {
	Entries  int          `json:"entries"`
	Used     int          `json:"used"`
	Projects int          `json:"projects"` // loaded
	Names    int          `json:"names"`    // distinct as filed
	Matched  Share        `json:"matched"`  // names that point into the library
	Lines    Share        `json:"lines"`    // lines whose name does
	Kinds    []AdviceKind `json:"kinds"`
	Advice   []Advice     `json:"advice"`
	Rising   []Moving     `json:"rising"`
	Falling  []Moving     `json:"falling"`
	Note     string       `json:"note"` // what can't be said yet, and why
}

// AdviceKind is one kind of advice with how many there are.
type AdviceKind struct {
	Kind   string `json:"kind"`  // merge, retire, quantify, add
	Label  string `json:"label"` // 合并 停用 量化 补充
	Total  int    `json:"total"`
	Rule   string `json:"rule"`   // the rule in words
	Status string `json:"status"` // of its source: read, reported, recalled, or proposed (this project's own)
}

// Advice is one thing to do with the library, with the reason.
type Advice struct {
	Kind      string   `json:"kind"`
	ID        string   `json:"id"` // entry; "" for an addition
	Name      string   `json:"name"`
	Other     string   `json:"other,omitempty"` // id of the entry to merge with
	OtherName string   `json:"other_name,omitempty"`
	Sector    string   `json:"sector"`
	Level2    string   `json:"level2"`
	Unit      string   `json:"unit"`
	Projects  int      `json:"projects"`
	Reason    string   `json:"reason"`
	Action    string   `json:"action"`          // what the button does: 合并到…, 停用, 改成定量, 加入指标库
	Names     []string `json:"names,omitempty"` // of an addition: the spellings
}

// Moving is an entry whose share of projects changed.
type Moving struct {
	ID   string  `json:"id"`
	Name string  `json:"name"`
	From YearUse `json:"from"`
	To   YearUse `json:"to"`
	Why  string  `json:"why"`
}

// TemplateQuery filters templates.
type TemplateQuery struct {
	Text   string `json:"text,omitempty"`
	Sector string `json:"sector,omitempty"`
}

// Template is one project type with its typical indicators.
type Template struct {
	ID           string         `json:"id"`
	Name         string         `json:"name"`
	Sector       string         `json:"sector"`
	Function     []string       `json:"function"`
	Words        []string       `json:"words"`
	Goal         string         `json:"goal"` // wording pattern, what is filled in stands in {}
	Recipients   bool           `json:"recipients"`
	Note         string         `json:"note"`
	SourceStatus string         `json:"source_status"`
	Points       float64        `json:"points"`
	Items        []TemplateItem `json:"items"`
	Cases        []Case         `json:"cases"` // of one template: filed forms of such projects worth imitating, best first
}

// TemplateItem is one indicator of a template.
type TemplateItem struct {
	ID         string  `json:"id"`
	Name       string  `json:"name"`
	Level1     string  `json:"level1"`
	Level2     string  `json:"level2"`
	Unit       string  `json:"unit"`
	Comparison string  `json:"comparison"`
	Points     float64 `json:"points"`
	Core       bool    `json:"core"`
	Projects   int     `json:"projects"` // loaded projects that use it
}

// CaseQuery filters the cases; zero fields do not filter.
type CaseQuery struct {
	Text   string `json:"text,omitempty"`
	Sector string `json:"sector,omitempty"`
	Type   string `json:"type,omitempty"` // project type by name
	Year   int    `json:"year,omitempty"`
	All    bool   `json:"all,omitempty"`   // also those below the line
	Limit  int    `json:"limit,omitempty"` // 0 means 50
	Offset int    `json:"offset,omitempty"`
}

// CaseList is one page of cases, best first.
type CaseList struct {
	Total  int     `json:"total"`  // that pass the filter
	Judged int     `json:"judged"` // forms looked at
	Line   float64 `json:"line"`   // points from which a form counts as a case
	Rule   string  `json:"rule"`   // how the points are given, in words, with source status
	Cases  []Case  `json:"cases"`
}

// Case is a filed form worth imitating.
type Case struct {
	FormHead
	Type    string        `json:"type"`    // project type, "" if none fits
	Quality float64       `json:"quality"` // 0 to 100
	Marks   []QualityMark `json:"marks"`
}

// QualityMark is one part of a form's quality score.
type QualityMark struct {
	Name   string  `json:"name"` // 完整 量化 结果可信 …
	Points float64 `json:"points"`
	Of     float64 `json:"of"`
	Why    string  `json:"why"`
}

// NameQuery filters the names as filed.
type NameQuery struct {
	State  string `json:"state,omitempty"` // matched, doubtful, unmatched, decided; "" all
	Text   string `json:"text,omitempty"`
	Sector string `json:"sector,omitempty"`
	Entry  string `json:"entry,omitempty"` // only those that stand for it
	Limit  int    `json:"limit,omitempty"` // 0 means 50
	Offset int    `json:"offset,omitempty"`
}

// NameList is one page of names, most used first.
type NameList struct {
	Total  int         `json:"total"`
	States []NameCount `json:"states"`
	Names  []NameRow   `json:"names"`
}

// NameCount counts names of one state.
type NameCount struct {
	State string `json:"state"`
	Label string `json:"label"`
	Names int    `json:"names"`
	Lines int    `json:"lines"`
}

// NameRow is one name as filed, with the concept that it stands for.
type NameRow struct {
	Name         string          `json:"name"`
	Key          string          `json:"key"`
	Level1       string          `json:"level1"`
	Level2       string          `json:"level2"`
	Sector       string          `json:"sector"`
	Unit         string          `json:"unit"`
	Forms        int             `json:"forms"`
	Projects     int             `json:"projects"`
	Lines        int             `json:"lines"`
	State        string          `json:"state"`
	Entry        string          `json:"entry"` // "" unmatched
	EntryName    string          `json:"entry_name"`
	Confidence   float64         `json:"confidence"`
	Method       string          `json:"method"`
	Reason       string          `json:"reason"`
	Alternatives []NameCandidate `json:"alternatives"`
	Decision     *Decision       `json:"decision,omitempty"`
}

// NameCandidate is another concept that a name may stand for.
type NameCandidate struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Score  float64 `json:"score"`
	Reason string  `json:"reason"`
}

// Decision is what a person said about a name, dated and undoable.
type Decision struct {
	ID        int       `json:"id,omitempty"`
	At        time.Time `json:"at,omitzero"`
	Source    string    `json:"source,omitempty"` // page, cli, api
	Name      string    `json:"name"`
	Key       string    `json:"key,omitempty"` // filled in from Name
	Sector    string    `json:"sector"`        // "": in every functional class
	Verdict   string    `json:"verdict"`       // is (stands for Entry), not (does not stand for Entry), none (is in no library)
	Entry     string    `json:"entry,omitempty"`
	EntryName string    `json:"entry_name,omitempty"`
	Note      string    `json:"note,omitempty"`
	Undone    bool      `json:"undone,omitempty"`
}

// DecisionsImported says what a table of decisions did.
type DecisionsImported struct {
	Rows      int              `json:"rows"` // == taken + unchanged + empty + rejected
	Taken     int              `json:"taken"`
	Unchanged int              `json:"unchanged"`
	Empty     int              `json:"empty"` // rows without a decision
	Rejected  []LibraryProblem `json:"rejected"`
}

// NameProposal is a cluster of unmatched names: a concept that the library
// does not have.
type NameProposal struct {
	Name     string   `json:"name"`
	Level1   string   `json:"level1"`
	Level2   string   `json:"level2"`
	Sector   string   `json:"sector"`
	Unit     string   `json:"unit"`
	Projects int      `json:"projects"`
	Forms    int      `json:"forms"`
	Members  []string `json:"members"`
	Reason   string   `json:"reason"`
}
