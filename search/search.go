// Package search is the full-text index over the indicator library, the names
// as filed and the filed forms (cases): a static bleve mapping with character
// bigrams, words of the domain, exact and prefix matches. The index is derived
// data: deleting it is a supported way to repair it. It holds no rules of the
// trade and reads no warehouse. Start from Build and Open.
package search

import (
	"context"
	"iter"
)

// Type says what a document is.
type Type string

// The types of documents.
const (
	Indicator Type = "indicator" // an entry of the library
	Name      Type = "name"      // a name as filed, with how often
	Case      Type = "case"      // a filed form
)

// Doc is one document to index. IDs are unique over all types.
type Doc struct {
	ID       string
	Type     Type
	Name     string   // indicator name; of a case the project
	Aliases  []string // searched like the name
	Level1   string
	Level2   string
	Sector   string
	Unit     string // unit of measure; of a case the filing unit
	Text     string // meaning, goal: shown as Meaning and searched
	Keywords []string
	Count    int // of a name: how many lines carry it
}

// Query is what is looked for. Empty filters admit everything.
type Query struct {
	Text   string
	Type   Type
	Sector string
	Level1 string
	Limit  int // 0 means 20
	Offset int
}

// Result is the answer, best first, ties by id.
type Result struct {
	Total int
	Hits  []Hit
}

// Hit is one document found. Highlight is Name with the matched parts between
// <mark> and </mark>, everything else HTML-escaped.
type Hit struct {
	ID        string
	Type      Type
	Name      string
	Level1    string
	Level2    string
	Sector    string
	Unit      string
	Meaning   string
	Count     int
	Score     float64
	Highlight string
}

// Completion is one proposal of Complete.
type Completion struct {
	Name  string
	Type  Type
	ID    string
	Count int
}

// Options configures Build and Open. The zero value is what the product uses.
type Options struct {
	Words []string // further words of the domain for segmentation
}

// Index is an open index. It is safe for concurrent use and must be closed.
type Index struct{}

// Build writes an index of docs to dir, replacing what is there only when it
// is complete: it builds beside dir and renames.
func Build(dir string, docs iter.Seq[Doc], opt Options) error { return nil }

// Open opens the index in dir.
func Open(dir string) (*Index, error) { return &Index{}, nil }

// Close releases the files.
func (x *Index) Close() error { return nil }

// Update adds docs, replacing those with the same id.
func (x *Index) Update(ctx context.Context, docs iter.Seq[Doc]) error { return nil }

// Search finds documents.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) { return Result{}, nil }

// Complete proposes at most n names that continue what was typed.
func (x *Index) Complete(ctx context.Context, typed string, n int) ([]Completion, error) {
	return nil, nil
}
