// Package recommend suggests indicators, usual targets and usual weights for a
// project from what similar projects filed, from what is usual in its
// functional class, and from the library. It is pure: history goes in, answers
// with their evidence come out, and where nothing comparable was filed it says
// so. It does not search by keyword, store, or judge drafts. Start from Build.
package recommend

import (
	"yardstick/analysis/target"
	"yardstick/indicators"
	"yardstick/indicators/library"
)

// Row is one indicator line of the history together with its form. Rows of one
// form must carry the same FormID and follow one another; only the first row's
// form fields are read.
type Row struct {
	ProjectID  string
	Project    string
	Unit       string
	Department string
	Sector     string // functional class, "" if not known
	Region     string // code of the region, "" if not known
	Goal       string
	Year       int // 0 if not known
	Kind       string
	FormID     string
	File       string   // what the form was read from
	Budget     *float64 // full-year budget, 万元; nil if not known

	Level1, Level2, Name string
	Concept              string // id of the library entry that the name stands for, "" for none
	Target               Target
	Actual               string // as filed
	// The actual value as a number; nil where it is none or that side is open.
	ActualLow, ActualHigh *float64
	ActualUnit            string
	Weight                *float64
}

// Target is a target value as filed. Low and High are nil where the value is
// no number or that side is open.
type Target struct {
	Raw        string
	Kind       indicators.Kind // "" not known: a number if Low or High is there, else words
	Comparison indicators.Comparison
	Low, High  *float64
	Unit       string
}

// Concept is a library entry as far as this package needs it.
type Concept struct {
	ID, Name       string
	Aliases        []string
	Level1, Level2 string
	Sector         string   // functional class, or 共性 for all
	Text           string   // keywords, meaning: what is held against the project's words
	Keywords       []string // words of projects that it fits
	Types          []string // names of project types that it fits
	Comparison     indicators.Comparison
	Unit           string
	Direction      library.Direction    // "" not known
	Temporal       library.TemporalType // "" not known
	Points         float64              // usual points of 100, 0 not known
}

// Type is a project type of the library with its template.
type Type struct {
	ID, Name, Sector string
	Words            []string // by which names and goals of such projects are told
	Items            []Item
}

// Item is one indicator of a template.
type Item struct {
	Concept string // id of the entry
	Points  float64
	Core    bool // hardly any project of the type goes without
}

// Library is what suggestions are made from besides the history.
type Library struct {
	Concepts []Concept
	Types    []Type
}

// Named is an indicator's name with the id of the entry that it stands for, ""
// where that is not known: then the name itself is looked up.
type Named struct{ Name, Concept string }

// Request describes the project for which indicators are wanted.
type Request struct {
	Project    string
	Sector     string // "" if not known
	SectorBy   string // how Sector is known, repeated in the Basis
	Department string // names of department and unit
	Unit       string // whose own past counts, "" nobody's
	Year       int    // of the draft: only earlier years count as past; 0 not known
	Type       string // id of a project type; "" told by the words of name and goal
	Goal       string
	Budget     *float64 // 万元
	Have       []Named  // what the draft has already
	Tasks      []string // what the goal says and nothing of Have covers
	// Covers says which of names cover which of Tasks, by task: entries that it does
	// not name lead no list and get no Task. nil: all that speak of a task count.
	Covers func(names []string) [][]int
	Frame  target.Frame // whose points a suggestion's weight is to fit; zero: none
	Limit  int          // 0 means 20
}

// Answer is what Suggest returns, best first. Its fields mirror those of
// workspace.SuggestResult.
type Answer struct {
	Suggestions []Suggestion
	Basis       Basis
}

// Basis says what the whole answer rests on.
type Basis struct {
	Forms, Projects, Library int
	Sector, SectorBy         string
	Type                     string    // project type by the words of name and goal, "" if none fits
	Similar                  []Similar // projects above MinLikeness, most alike first
	Note                     string    // "没有可比的项目" and why, or ""
}

// Suggestion is one proposed indicator with its evidence. Score is the ranker's,
// between 0 and 1; since every class gets its place in the list, a suggestion may
// stand before one with a larger score.
type Suggestion struct {
	Name, Level1, Level2 string
	Task                 string // of Request.Tasks, "" for none
	Score                float64
	Why                  Why
	Target               TargetAdvice
	Weight               WeightAdvice
}

// Why is the evidence of a Suggestion.
type Why struct {
	Similar      []Similar // similar projects that use it, most alike first
	UsedProjects int       // projects of the whole history that use it
	UsedInSector int       // of these, within the functional class
	SectorTotal  int       // projects of that class in the history
	Type         string    // the project's type, "" if none was told
	UsedInType   int       // projects of that type that use it
	TypeTotal    int       // projects of that type in the history
	Template     *Template // nil: no template of a matching type has it
	Partners     []Partner // what the draft has and other projects filed together with it, strongest first
	Library      string    // id of the matching library entry, "" if none
	Sentence     string    // all this in plain Chinese
}

// Template says which template holds an indicator, and with how many of 100 points.
type Template struct {
	ID, Name string
	Points   float64
	Core     bool
}

// Partner is an indicator of the draft that Projects projects filed together
// with the suggested one, Lift times (shrunk) as many as if they were independent.
type Partner struct {
	Name     string
	Projects int
	Lift     float64
}

// Similar is a filed project with its likeness (0 to 1). Target and Actual are
// those of the indicator concerned, as filed; "" in a Basis.
type Similar struct {
	Project, Unit  string
	Year           int
	Likeness       float64
	FormID         string
	Target, Actual string
}

// TargetAdvice is a proposed target value with what it rests on. Low and High
// bound what counts as reaching it; nil: open, or nothing is proposed.
type TargetAdvice struct {
	target.Advice
	Low, High *float64
}

// WeightAdvice is the usual weight in points over N lines; nil where N < MinValues.
// Points fits what the frame has for its class beside the draft.
type WeightAdvice struct {
	Median, Q1, Q3 *float64
	N              int
	Note           string
	Points         *float64
	Fit            string
}

// Options configures Build. The zero value is what the product uses.
type Options struct {
	Exclude func(formID string) bool // forms to leave out of the history; nil leaves out none
	// Pause is called every few milliseconds while the model is built, so that it can
	// wait for other work; an error that it returns ends Build with it. Nil: no pause.
	Pause func() error
}
