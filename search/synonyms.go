package search

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed synonyms.txt
var synonymList string

// thesaurus holds the groups of words that are said for each other.
type thesaurus struct {
	trie
	words [][]string // of a group, the head first
}

var synonyms = sync.OnceValue(func() *thesaurus {
	t := &thesaurus{}
	for line := range strings.Lines(synonymList) {
		words := strings.Fields(line)
		if len(words) < 2 || strings.HasPrefix(line, "#") {
			continue
		}
		for i, w := range words {
			f := fold(w)
			words[i] = f.key()
			t.trie.add(f.runes, len(t.words))
		}
		t.words = append(t.words, words)
	}
	return t
})

// occurrence is a word of a group in a text.
type occurrence struct{ start, end, group int }

// find cuts text into words of groups, the longest first from the left.
func (t *thesaurus) find(text []rune) []occurrence {
	var out []occurrence
	for i := 0; i < len(text); {
		n, g := t.longest(text[i:])
		if n > 0 {
			out = append(out, occurrence{i, i + n, g})
		}
		i += max(n, 1)
	}
	return out
}

// plain is text with each word of a group replaced by the head of the group,
// and the position in text of each of its characters.
func (t *thesaurus) plain(text []rune) (out []rune, at []int) {
	found := t.find(text)
	if len(found) == 0 {
		return text, nil
	}
	i := 0
	copyTo := func(end int) {
		for ; i < end; i++ {
			out, at = append(out, text[i]), append(at, i)
		}
	}
	for _, o := range found {
		copyTo(o.start)
		for k, r := range []rune(t.words[o.group][0]) {
			out, at = append(out, r), append(at, min(o.start+k, o.end-1))
		}
		i = o.end
	}
	copyTo(len(text))
	return out, at
}
