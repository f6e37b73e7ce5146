package search

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed synonyms.txt
var synonymList string

// thesaurus holds the groups of words that are said for each other.
type thesaurus struct {
	group   map[string]int // of a word
	words   [][]string     // of a group, the head first
	longest int            // of a word, in runes
	begins  map[rune]bool  // first characters of words
}

var synonyms = sync.OnceValue(func() *thesaurus {
	t := &thesaurus{group: make(map[string]int, 1000), begins: make(map[rune]bool, 400)}
	for line := range strings.Lines(synonymList) {
		words := strings.Fields(line)
		if len(words) < 2 || strings.HasPrefix(line, "#") {
			continue
		}
		for i, w := range words {
			words[i] = fold(w).key()
		}
		for _, w := range words {
			if _, taken := t.group[w]; !taken { // a test sees to it that none is
				t.group[w] = len(t.words)
			}
			t.longest = max(t.longest, utf8.RuneCountInString(w))
			r, _ := utf8.DecodeRuneInString(w)
			t.begins[r] = true
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
		n := 1
		if t.begins[text[i]] {
			for l := min(t.longest, len(text)-i); l > 0; l-- {
				if g, ok := t.group[string(text[i:i+l])]; ok {
					out = append(out, occurrence{i, i + l, g})
					n = l
					break
				}
			}
		}
		i += n
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
