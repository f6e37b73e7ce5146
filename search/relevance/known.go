package relevance

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"

	"yardstick/search"
)

// KnownKinds are the ways in which KnownItems spells a name, in the order of
// its report.
func KnownKinds() []string {
	return []string{"name", "pinyin", "pinyin spaced", "pinyin slip", "initials", "homophone", "wrong", "missing", "doubled", "swapped", "traditional"}
}

// KnownItems asks the product's search for sample indicators of docs (0 means
// all), drawn from seed, by their own names, spelt in each of KnownKinds;
// expected is the one entry. Which character of a name is changed, and into
// what, is drawn from seed; wrong characters are taken from the names of docs. A kind that a name does not admit (a name
// without Han characters has no pinyin) is left out for it. The index is
// written below dir.
func KnownItems(ctx context.Context, dir string, docs []search.Doc, sample int, seed uint64) (System, error) {
	var queries []Query
	used := map[rune]bool{}
	var pool []rune
	for _, d := range docs {
		for _, r := range d.Name {
			if unicode.Is(unicode.Han, r) && !used[r] {
				used[r] = true
				pool = append(pool, r)
			}
		}
	}
	draw := rand.New(rand.NewPCG(seed, 0))
	var items []search.Doc
	for _, d := range docs {
		if d.Type == search.Indicator {
			items = append(items, d)
		}
	}
	if sample > 0 && sample < len(items) {
		draw.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		items = items[:sample]
	}
	for _, d := range items {
		queries = append(queries, spelt(d.Name, draw, pool, used)...)
	}
	f, closeIt, err := openProduct(dir, docs)
	if err != nil {
		return System{}, fmt.Errorf("known items: %w", err)
	}
	s, err := run(ctx, "yardstick", f, queries)
	if err := errors.Join(err, closeIt()); err != nil {
		return System{}, fmt.Errorf("known items: %w", err)
	}
	return s, nil
}

// spelt are the queries for one name.
func spelt(name string, draw *rand.Rand, pool []rune, used map[rune]bool) []Query {
	text := []rune(name)
	var han []int
	for i, r := range text {
		if unicode.Is(unicode.Han, r) {
			han = append(han, i)
		}
	}
	var out []Query
	add := func(kind, query string) {
		out = append(out, Query{Text: query, Kind: kind, Expected: []string{name}})
	}
	add("name", name)
	if t := search.Traditional(name); t != name {
		add("traditional", t)
	}
	full, initials := search.Spell(name)
	add("pinyin", full)
	add("initials", initials)
	var syllables []string
	for _, r := range text {
		if s, _ := search.Spell(string(r)); s != "" {
			syllables = append(syllables, s)
		}
	}
	if strings.Join(syllables, "") == full {
		add("pinyin spaced", strings.Join(syllables, " "))
	}
	if b := []byte(full); len(b) > 6 {
		b[draw.IntN(len(b))] = byte('a' + draw.IntN(26))
		add("pinyin slip", string(b))
	}
	if len(han) < 3 {
		return out
	}
	change := func(kind string, i int, with ...rune) {
		add(kind, string(text[:i])+string(with)+string(text[i+1:]))
	}
	at := han[draw.IntN(len(han))]
	change("missing", at)
	at = han[draw.IntN(len(han))]
	change("doubled", at, text[at], text[at])
	change("wrong", han[draw.IntN(len(han))], pool[draw.IntN(len(pool))])
	k := draw.IntN(len(han) - 1)
	i, j := han[k], han[k+1]
	if j == i+1 {
		add("swapped", string(text[:i])+string([]rune{text[j], text[i]})+string(text[j+1:]))
	}
	// A wrong homophone is one that people write, not any of the dictionary.
	at = han[draw.IntN(len(han))]
	var alike []rune
	for _, r := range search.SoundAlike(text[at]) {
		if used[r] {
			alike = append(alike, r)
		}
	}
	if len(alike) > 0 {
		change("homophone", at, alike[draw.IntN(len(alike))])
	}
	return out
}
