package workspace

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"yardstick/indicators/library"
	"yardstick/indicators/naming"
	"yardstick/search/relevance"
	"yardstick/store"
)

// NameEvaluation says how well filed names are matched to concepts, and how
// much of a project's indicators exists elsewhere.
type NameEvaluation struct {
	Library   int           `json:"library"` // entries matched against: as shipped
	Report    naming.Report `json:"-"`
	All       NameQuality   `json:"all"`
	ByHalf    []NameQuality `json:"by_half"` // A: names that the library's writers had seen; B: names that nobody had
	ByMethod  []NameQuality `json:"by_method"`
	Curve     []NameQuality `json:"curve"` // over thresholds of confidence
	Mistakes  []NameMistake `json:"mistakes"`
	Elsewhere *Elsewhere    `json:"elsewhere"` // nil where no forms are loaded
}

// NameQuality is the quality of one part of the labels; shares are null where
// there is nothing to divide by.
type NameQuality struct {
	Part      string   `json:"part"`
	Names     int      `json:"names"`
	Have      int      `json:"have"` // that have a concept
	Matched   int      `json:"matched"`
	Right     int      `json:"right"`
	Precision *Between `json:"precision"` // right ÷ matched
	Recall    *Between `json:"recall"`    // right ÷ have
	Coverage  *Between `json:"coverage"`  // matched ÷ names
}

// Between is a share with its 95 % interval.
type Between struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Of    int     `json:"of"`
}

// NameMistake is a label that was matched wrongly, or not at all.
type NameMistake struct {
	Name       string   `json:"name"`
	Form       string   `json:"form"`
	Want       []string `json:"want"`
	Got        string   `json:"got"`
	Confidence float64  `json:"confidence"`
}

// Elsewhere is the share of a project's indicators that exist in another
// project (naming.Elsewhere).
type Elsewhere struct {
	Projects   int     `json:"projects"`
	Indicators int     `json:"indicators"`
	Exact      Between `json:"exact"`
	Similar    Between `json:"similar"`
	Concept    Between `json:"concept"`
}

// EvaluateNames matches the shipped labelled names against the shipped
// library, and measures what the loaded forms share.
func (w *Workspace) EvaluateNames(ctx context.Context) (NameEvaluation, error) {
	out, err := EvaluateLabels()
	if err != nil {
		return NameEvaluation{}, err
	}
	projects, err := w.filedProjects(ctx)
	if err != nil || len(projects) == 0 {
		return out, err
	}
	s := naming.Elsewhere(projects)
	out.Elsewhere = &Elsewhere{Projects: s.Projects, Indicators: s.Indicators, Exact: Between(s.Exact.Of), Similar: Between(s.Similar.Of), Concept: Between(s.Concept.Of)}
	return out, nil
}

// EvaluateLabels is EvaluateNames without loaded forms.
func EvaluateLabels() (NameEvaluation, error) {
	lib, err := library.Load()
	if err != nil {
		return NameEvaluation{}, err
	}
	labels, err := naming.Labels()
	if err != nil {
		return NameEvaluation{}, err
	}
	m, err := naming.New(lib.Entries(), naming.Options{})
	if err != nil {
		return NameEvaluation{}, err
	}
	r := naming.Evaluate(labels, m)
	out := NameEvaluation{Library: lib.Len(), Report: r, All: quality("全部", r.All), ByHalf: []NameQuality{}, ByMethod: []NameQuality{},
		Curve: []NameQuality{}, Mistakes: []NameMistake{}}
	for _, p := range r.ByHalf {
		out.ByHalf = append(out.ByHalf, quality(p.Name, p.Quality))
	}
	for _, p := range r.ByMethod {
		out.ByMethod = append(out.ByMethod, quality(p.Name, p.Quality))
	}
	for _, p := range r.Curve {
		out.Curve = append(out.Curve, quality(strconv.FormatFloat(p.Threshold, 'f', 2, 64), p.Quality))
	}
	for _, x := range r.Mistakes {
		out.Mistakes = append(out.Mistakes, NameMistake{Name: x.Label.Name.Text, Form: x.Label.Form, Want: list(x.Label.Concepts), Got: x.Match.Entry, Confidence: x.Match.Confidence})
	}
	return out, nil
}

func quality(part string, q naming.Quality) NameQuality {
	return NameQuality{Part: part, Names: q.Names, Have: q.Have, Matched: q.Matched, Right: q.Right,
		Precision: between(q.Precision), Recall: between(q.Recall), Coverage: between(q.Coverage)}
}

func between(r naming.Ratio) *Between {
	if r.Of == 0 {
		return nil
	}
	b := Between(r)
	return &b
}

// filedProjects are the loaded projects with their indicators. Projects of one
// file are one group: they do not count for each other.
func (w *Workspace) filedProjects(ctx context.Context) ([]naming.Project, error) {
	if _, err := w.use(ctx); err != nil { // the history shows what names stand for
		return nil, err
	}
	at := map[string]int{}
	seen := map[[2]string]bool{} // project and name
	var out []naming.Project
	err := w.store.Batches(ctx, store.History, func(b arrow.RecordBatch) error {
		c := columns{b}
		project, file, name, entry, sub := c.texts("project_id"), c.texts("file_id"), c.texts("name"), c.texts("entry_id"), c.bools("sub_row")
		for i := range int(b.NumRows()) {
			key := [2]string{project(i), name(i)}
			if sub(i) || key[1] == "" || seen[key] {
				continue
			}
			key = [2]string{strings.Clone(key[0]), strings.Clone(key[1])} // Arrow's memory ends with the batch
			seen[key] = true
			n, ok := at[key[0]]
			if !ok {
				n = len(out)
				at[key[0]] = n
				out = append(out, naming.Project{ID: key[0], Group: strings.Clone(file(i))})
			}
			out[n].Indicators = append(out[n].Indicators, naming.Filed{Text: key[1], Entry: strings.Clone(entry(i))})
		}
		return ctx.Err()
	})
	return out, err
}

// SearchEvaluation says how well search answers, beside two plain baselines.
type SearchEvaluation struct {
	Entries int                `json:"entries"`
	Systems []relevance.System `json:"systems"` // ours first, then the baselines
	Held    []relevance.System `json:"held"`    // the same on queries that were not looked at while the search was made
	Known   *relevance.System  `json:"known"`   // entries asked for by their own names, misspelt; nil if not asked for
}

// knownSeed draws the entries and the slips of the known items.
const knownSeed = 20261122

// EvaluateSearch runs the shipped queries against an index of the shipped
// library and, for known > 0, asks for that many entries by their own names in
// pinyin, by first letters and misspelt. It writes indexes into a temporary
// directory and removes them.
func EvaluateSearch(ctx context.Context, known int) (out SearchEvaluation, err error) {
	lib, err := library.Load()
	if err != nil {
		return out, err
	}
	queries, err := relevance.Queries()
	if err != nil {
		return out, err
	}
	dir, err := os.MkdirTemp("", "yardstick-evaluate-")
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	docs := entryDocs(lib.Entries(), nil)
	out.Entries = len(docs)
	held, err := relevance.Held()
	if err != nil {
		return out, err
	}
	for _, set := range []struct {
		name    string // of the folder of its indexes
		queries []relevance.Query
		to      *[]relevance.System
	}{{"queries", queries, &out.Systems}, {"held", held, &out.Held}} {
		report, err := relevance.Evaluate(ctx, filepath.Join(dir, set.name), docs, set.queries)
		if err != nil {
			return out, err
		}
		*set.to = report.Systems
	}
	if known > 0 {
		k, err := relevance.KnownItems(ctx, filepath.Join(dir, "known"), docs, known, knownSeed)
		if err != nil {
			return out, err
		}
		out.Known = &k
	}
	return out, nil
}
