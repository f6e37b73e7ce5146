// Package search is the full-text index over the indicator library, the names
// as filed and the filed forms (cases): a static bleve mapping with character
// bigrams, words of the domain, exact and prefix matches. The index is derived
// data: deleting it is a supported way to repair it. It holds no rules of the
// trade and reads no warehouse. Start from Build and Open.
package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/blevesearch/bleve/v2"
)

// ErrMissing says that there is no index in the directory; Build makes one.
var ErrMissing = errors.New("no search index")

// ErrBusy says that another process has the index open.
var ErrBusy = errors.New("search index is open in another process")

// Type says what a document is.
type Type string

// The types of documents.
const (
	Indicator Type = "indicator" // an entry of the library
	Name      Type = "name"      // a name as filed, with how often
	Case      Type = "case"      // a filed form
	Template  Type = "template"  // a project type with its set of indicators
)

// Doc is one document to index. IDs are unique over all types.
type Doc struct {
	ID           string
	Type         Type
	Name         string   // indicator name; of a case the project; of a template the project type
	Aliases      []string // searched like the name
	Level1       string
	Level2       string
	Sector       string
	Unit         string   // unit of measure; of a case the filing unit
	Direction    string   // 正向 反向 中性; "" if it has none
	TemporalType string   // 累计 水平 节点 上限 定性; "" if it has none
	Used         bool     // occurs on filed forms
	Text         string   // meaning or goal: searched by word, its beginning shown
	Formula      string   // searched by word like Text, not shown
	Keywords     []string // searched like aliases, but not as whole names
	Count        int      // how many filed lines carry it; the commoner comes first among equals
}

// Query is what is looked for. Empty filters admit everything; an empty Text
// lists everything that the filters admit, by id.
type Query struct {
	Text      string
	Type      Type
	Sector    string
	Level1    string
	Level2    string
	Unit      string // unit of measure; a case has none
	Direction string
	Temporal  string // temporal type
	Used      *bool
	Limit     int // 0 means 20
	Offset    int
	Facets    bool // count the values of each field, see Result
}

// Result is the answer, best first, ties by id. Total counts all documents
// that match, not only the Hits.
type Result struct {
	Total  int
	Hits   []Hit
	Facets []Facet // if asked for: one for each of FacetFields, in that order
}

// Facet counts the values of one field over the documents that match the text
// and the filters on the other fields, so that it shows what choosing another
// value would give. A document without a value is not counted.
type Facet struct {
	Field  string
	Values []FacetValue // by count, largest first, then by value
}

// FacetValue is one value with the number of documents that have it.
type FacetValue struct {
	Value string
	Count int
}

// FacetFields are the fields that facets count. The values of "used" are
// "yes" and "no".
func FacetFields() []string {
	return []string{"type", "level1", "level2", "sector", "unit", "direction", "temporal_type", "used"}
}

// Why says by which channel a hit was found: the strongest, if by several.
type Why string

// The channels, as they are shown to people.
const (
	WhyName     Why = "名称"  // words or characters of the name
	WhyAlias    Why = "别名"  // words or characters of an alias or keyword
	WhyPinyin   Why = "拼音"  // pinyin, or pinyin and characters mixed
	WhyInitials Why = "首字母" // first letters of the pinyin
	WhySynonym  Why = "同义词" // another word for what was typed
	WhyNear     Why = "近似"  // all but one character
	WhyText     Why = "含义"  // words of the meaning or goal
)

// Hit is one document found. Highlight is Name with the matched parts between
// <mark> and </mark>, everything else HTML-escaped. Score compares hits of one
// answer only.
type Hit struct {
	ID           string
	Type         Type
	Name         string
	Level1       string
	Level2       string
	Sector       string
	Unit         string
	Direction    string
	TemporalType string
	Used         bool
	Meaning      string // beginning of Doc.Text
	Count        int
	Score        float64
	Highlight    string
	Why          Why    // "" if nothing was typed
	Alias        string // the alias that matched, if it was one
}

// Index is an open index. It is safe for concurrent use and must be closed.
type Index struct {
	index bleve.Index
	terms *analyzer
	gate  chan struct{} // one token per running query
}

// run passes req to bleve. It admits no more queries at once than there are
// processors, first come first served: a query never waits for anything but
// the processor, so more at once only make each other late (16 clients on two
// cores, a shared machine: 99th percentile 165 ms without the gate, 9 to 30 ms with it).
func (x *Index) run(ctx context.Context, req *bleve.SearchRequest) (*bleve.SearchResult, error) {
	select {
	case x.gate <- struct{}{}:
		defer func() { <-x.gate }()
		return x.index.SearchInContext(ctx, req)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Open opens the index in dir. It returns ErrMissing if there is none, and
// ErrBusy if another process has it open.
func Open(dir string) (*Index, error) {
	dir = filepath.Clean(dir)
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		// Build may have died between its two renames.
		if err := os.Rename(dir+".old", dir); err != nil {
			return nil, fmt.Errorf("open %s: %w", dir, ErrMissing)
		}
	}
	x, err := bleve.OpenUsing(dir, map[string]any{"bolt_timeout": "2s"})
	switch {
	case errors.Is(err, bleve.ErrorIndexPathDoesNotExist), errors.Is(err, bleve.ErrorIndexMetaMissing):
		return nil, fmt.Errorf("open %s: %w", dir, ErrMissing)
	case err != nil && strings.Contains(err.Error(), "timeout"):
		// bbolt's lock error reaches us only as text.
		return nil, fmt.Errorf("open %s: %w", dir, ErrBusy)
	case err != nil:
		return nil, fmt.Errorf("open %s: %w", dir, err)
	}
	return &Index{index: x, terms: newAnalyzer(), gate: make(chan struct{}, runtime.GOMAXPROCS(0))}, nil
}

// Close releases the files.
func (x *Index) Close() error { return x.index.Close() }

// Count is the number of documents.
func (x *Index) Count() (int, error) {
	n, err := x.index.DocCount()
	return int(n), err
}

// Search finds documents by the text and filters of q.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	limit := q.Limit
	if limit <= 0 {
		limit = 20
	}
	text := x.analyse(q.Text)
	req := bleve.NewSearchRequestOptions(filtered(text.query(), q), limit, max(q.Offset, 0), false)
	req.SortBy([]string{"-_score", "_id"})
	req.Fields = []string{fieldShown}
	found, err := x.run(ctx, req)
	if err != nil {
		return Result{}, fmt.Errorf("search %q: %w", q.Text, err)
	}
	out := Result{Total: int(found.Total), Hits: make([]Hit, 0, len(found.Hits))}
	for _, d := range found.Hits {
		raw, _ := d.Fields[fieldShown].(string)
		s, err := decodeShown(raw)
		if err != nil {
			return Result{}, fmt.Errorf("search: document %s: %w", d.ID, err)
		}
		out.Hits = append(out.Hits, Hit{
			ID: d.ID, Type: s.Type, Name: s.Name, Level1: s.Level1, Level2: s.Level2, Sector: s.Sector,
			Unit: s.Unit, Meaning: s.Meaning, Count: s.Count, Score: d.Score,
			Highlight: highlight(s.Name, text.marks()),
		})
	}
	return out, nil
}
