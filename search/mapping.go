package search

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
)

// The fields of the index. What is searched is cut into terms before it
// reaches bleve (terms.go) and stands here joined by blanks; what is shown is
// stored once, in fieldShown.
const (
	fieldType    = "type"
	fieldSector  = "sector"
	fieldLevel1  = "level1"
	fieldNameKey = "name_key"   // whole name, for exact and prefix
	fieldAlias   = "alias_key"  // whole aliases
	fieldGrams   = "name_grams" // bigrams of the name
	fieldWords   = "name_words" // words of the name
	fieldAlsoG   = "also_grams" // bigrams of aliases and keywords
	fieldAlsoW   = "also_words" // words of aliases and keywords
	fieldText    = "text_words" // words of meaning or goal, and the filing unit of a case
	fieldCount   = "count"
	fieldShown   = "shown"
)

const termsAnalyzer = "terms"

// newMapping is the static schema: nothing that is not listed is indexed.
func newMapping() (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer(termsAnalyzer, map[string]any{
		"type": custom.Name, "tokenizer": whitespace.Name,
	}); err != nil {
		return nil, fmt.Errorf("search mapping: %w", err)
	}
	doc := bleve.NewDocumentStaticMapping()
	text := func(analyzer string, norms bool) *mapping.FieldMapping {
		f := bleve.NewTextFieldMapping()
		f.Analyzer = analyzer
		f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
		f.SkipFreqNorm = !norms
		return f
	}
	for _, name := range []string{fieldType, fieldSector, fieldLevel1, fieldNameKey, fieldAlias} {
		doc.AddFieldMappingsAt(name, text(keyword.Name, false))
	}
	for _, name := range []string{fieldGrams, fieldWords, fieldAlsoG, fieldAlsoW, fieldText} {
		doc.AddFieldMappingsAt(name, text(termsAnalyzer, true))
	}
	// bleve keeps doc values only of indexed fields, and a number would be
	// indexed as a dozen terms; padded text is one and sorts the same.
	count := text(keyword.Name, false)
	count.DocValues = true
	doc.AddFieldMappingsAt(fieldCount, count)
	shown := bleve.NewKeywordFieldMapping()
	shown.Store, shown.Index, shown.IncludeInAll, shown.DocValues = true, false, false, false
	doc.AddFieldMappingsAt(fieldShown, shown)
	m.DefaultMapping = doc
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	m.ScoringModel = index.BM25Scoring
	return m, nil
}

// shown is what a hit displays, kept as a JSON array to stay small. Meaning is
// cut: a goal can be pages long, and a list of hits shows one line of it.
type shown struct {
	Type                               Type
	Name, Level1, Level2, Sector, Unit string
	Meaning                            string
	Count                              int
}

const maxMeaning = 120 // runes

func (s shown) encode() (string, error) {
	if r := []rune(s.Meaning); len(r) > maxMeaning {
		s.Meaning = string(r[:maxMeaning-1]) + "…"
	}
	b, err := json.Marshal([]any{s.Type, s.Name, s.Level1, s.Level2, s.Sector, s.Unit, s.Meaning, s.Count})
	return string(b), err
}

func decodeShown(text string) (shown, error) {
	var s shown
	err := json.Unmarshal([]byte(text), &[]any{&s.Type, &s.Name, &s.Level1, &s.Level2, &s.Sector, &s.Unit, &s.Meaning, &s.Count})
	return s, err
}

// fields is d as the mapping wants it.
func (a *analyzer) fields(d Doc) (map[string]any, error) {
	out := map[string]any{fieldType: string(d.Type), fieldNameKey: key(d.Name)}
	put := func(field, value string) {
		if value != "" {
			out[field] = value
		}
	}
	put(fieldSector, d.Sector)
	put(fieldLevel1, d.Level1)
	name := normalize(d.Name)
	put(fieldGrams, strings.Join(grams(name), " "))
	put(fieldWords, strings.Join(a.words(name), " "))
	var aliases []any
	for _, s := range d.Aliases {
		aliases = append(aliases, key(s))
	}
	if len(aliases) > 0 {
		out[fieldAlias] = aliases
	}
	also := normalize(strings.Join(append(append([]string(nil), d.Aliases...), d.Keywords...), " "))
	put(fieldAlsoG, strings.Join(grams(also), " "))
	put(fieldAlsoW, strings.Join(a.words(also), " "))
	text := d.Text
	if d.Type == Case {
		text += " " + d.Unit
	}
	put(fieldText, strings.Join(a.words(normalize(text)), " "))
	if d.Count > 0 {
		out[fieldCount] = fmt.Sprintf("%09d", d.Count)
	}
	s, err := shown{d.Type, d.Name, d.Level1, d.Level2, d.Sector, d.Unit, d.Text, d.Count}.encode()
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", d.ID, err)
	}
	out[fieldShown] = s
	return out, nil
}
