package search

import (
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// The fields of the bleve index. Text is cut into words before it reaches bleve
// (terms.go) and stands here joined by blanks; what is shown is in the segments
// of names.
const (
	fieldWords = "words" // of name, aliases and keywords
	fieldText  = "text"  // of meaning or goal, formula, and the filing unit of a case
)

const termsAnalyzer = "terms"

// newMapping is the static schema: nothing that is not listed is indexed,
// nothing is stored.
func newMapping() (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer(termsAnalyzer, map[string]any{
		"type": custom.Name, "tokenizer": whitespace.Name,
	}); err != nil {
		return nil, fmt.Errorf("search mapping: %w", err)
	}
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range []string{fieldWords, fieldText} {
		f := bleve.NewTextFieldMapping()
		f.Analyzer = termsAnalyzer
		f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	m.DefaultMapping = doc
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	m.ScoringModel = index.BM25Scoring
	return m, nil
}

// fields is d as the mapping wants it.
func (a *analyzer) fields(d Doc) map[string]any {
	out := map[string]any{}
	var f folded
	put := func(field string, texts ...string) {
		var words []string
		for _, t := range texts {
			f.fold(t, false)
			words = append(words, a.words(&f)...)
		}
		if len(words) > 0 {
			out[field] = strings.Join(words, " ")
		}
	}
	put(fieldWords, append(append([]string{d.Name}, d.Aliases...), d.Keywords...)...)
	filedBy := ""
	if d.Type == Case {
		filedBy = d.Unit
	}
	put(fieldText, d.Text, d.Formula, filedBy)
	return out
}
