package search

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Boosts of the clauses: a name that is what was typed comes before one that
// begins so, that before one that shares words and bigrams, and what is only
// said in aliases, keywords or the meaning comes last. Chosen by hand against
// testdata/queries.txt.
const (
	boostExact  = 12.0
	boostAlias  = 10.0
	boostPrefix = 4.0
	boostWords  = 1.6
	boostGrams  = 1.0
	boostAlso   = 0.5
	boostText   = 0.2
)

// longQuery is the number of bigrams above which a text is taken for a pasted
// sentence, of which a name shares only a part.
const longQuery = 10

// maxTerms bounds the terms of one field that a query asks for; a page-long
// text is searched by its beginning.
const maxTerms = 120

// text is a query's text as analysed.
type text struct {
	key          string
	grams, words []string // distinct
}

func (x *Index) analyse(s string) text {
	n := normalize(s)
	return text{key: key(s), grams: distinct(grams(n)), words: distinct(x.terms.words(n))}
}

func distinct(in []string) []string {
	seen := make(map[string]bool, len(in))
	var out []string
	for _, s := range in {
		if !seen[s] && len(out) < maxTerms {
			seen[s] = true
			out = append(out, s)
		}
	}
	return out
}

// marks are the terms that are marked in a hit's name.
func (t text) marks() []string {
	out := append([]string(nil), t.grams...)
	return append(out, t.words...)
}

// query has one clause per field; nil if the text is empty.
func (t text) query() query.Query {
	if t.key == "" {
		return nil
	}
	q := bleve.NewDisjunctionQuery(
		term(fieldNameKey, t.key, boostExact),
		prefix(fieldNameKey, t.key, boostPrefix),
		term(fieldAlias, t.key, boostAlias),
	)
	if r := []rune(t.key); len(r) == 1 {
		// One character is no bigram, but the beginning or the end of some.
		w := bleve.NewWildcardQuery("?" + t.key)
		w.SetField(fieldGrams)
		q.AddQuery(prefix(fieldGrams, t.key, boostGrams), w)
		return q
	}
	q.AddQuery(
		anyOf(fieldGrams, t.grams, need(len(t.grams)), boostGrams),
		anyOf(fieldAlsoG, t.grams, need(len(t.grams)), boostAlso),
	)
	if len(t.words) > 0 {
		q.AddQuery(
			anyOf(fieldWords, t.words, 1, boostWords),
			anyOf(fieldAlsoW, t.words, 1, boostAlso),
			anyOf(fieldText, t.words, needText(len(t.words)), boostText),
		)
	}
	return q
}

// need is how many of n bigrams a name must share: half of a short query, two
// of a pasted sentence.
func need(n int) int {
	if n > longQuery {
		return 2
	}
	return (n + 1) / 2
}

// needText is how many of n words a meaning or goal must share: all of one or
// two, half of more.
func needText(n int) int {
	if n <= 2 {
		return n
	}
	return min((n+1)/2, 4)
}

func term(field, value string, boost float64) query.Query {
	q := bleve.NewTermQuery(value)
	q.SetField(field)
	q.SetBoost(boost)
	return q
}

func prefix(field, value string, boost float64) query.Query {
	q := bleve.NewPrefixQuery(value)
	q.SetField(field)
	q.SetBoost(boost)
	return q
}

func anyOf(field string, terms []string, least int, boost float64) query.Query {
	q := bleve.NewDisjunctionQuery()
	for _, t := range terms {
		q.AddQuery(term(field, t, boost))
	}
	q.SetMin(float64(least))
	return q
}

// filtered restricts q to the filters of f; without text, everything matches.
func filtered(q query.Query, f Query) query.Query {
	if q == nil {
		q = bleve.NewMatchAllQuery()
	}
	var filters []query.Query
	for _, c := range []struct{ field, value string }{
		{fieldType, string(f.Type)}, {fieldSector, f.Sector}, {fieldLevel1, f.Level1},
	} {
		if c.value != "" {
			filters = append(filters, term(c.field, c.value, 1))
		}
	}
	if len(filters) == 0 {
		return q
	}
	b := bleve.NewBooleanQuery()
	b.AddMust(q)
	b.AddFilter(bleve.NewConjunctionQuery(filters...))
	return b
}
