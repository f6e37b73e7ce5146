package search

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

var (
	//go:embed tables/pinyin.txt
	pinyinText string
	//go:embed tables/phrases.txt
	phrasesText string
	//go:embed tables/readings.txt
	readingsText string
)

const (
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

// syllable numbers a syllable without its tone, v for ü; 0 is none.
type syllable uint16

// pinyinTable holds the common readings of the characters.
type pinyinTable struct {
	syllables []string // by number
	first     [lastHan - firstHan + 1]syllable
	several   map[rune][]syllable // all common readings, of characters with more than one
	isSeveral [lastHan - firstHan + 1]bool
	single    []syllable // each syllable, as a list to be sliced
	words     trie       // words with a character not read by its first reading
	read      [][]syllable
}

// pinyin loads the table: about a millisecond, once.
var pinyin = sync.OnceValue(func() *pinyinTable {
	p := &pinyinTable{
		syllables: []string{""}, several: make(map[rune][]syllable, 1500),
	}
	more, flat := make(map[rune][]syllable, 1200), map[syllable]syllable{}
	number := make(map[string]syllable, 420)
	for line := range strings.Lines(pinyinText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		s, chars, _ := strings.Cut(strings.TrimSpace(line), " ")
		n := syllable(len(p.syllables))
		number[s] = n
		p.syllables = append(p.syllables, s)
		further := false
		for _, r := range chars {
			switch {
			case r == '/':
				further = true
			case r < firstHan || r > lastHan:
			case further:
				more[r] = append(more[r], n)
			default:
				p.first[r-firstHan] = n
			}
		}
	}
	for from, to := range map[string]string{"lv": "lu", "nv": "nu", "lve": "lue", "nve": "nue"} {
		if number[to] == 0 {
			number[to] = syllable(len(p.syllables))
			p.syllables = append(p.syllables, to)
		}
		flat[number[from]] = number[to]
	}
	for _, text := range []string{phrasesText, readingsText} { // the trade's own readings overrule
		for line := range strings.Lines(text) {
			if f := strings.Fields(line); len(f) > 1 && f[0] != "#" {
				read := make([]syllable, len(f)-1)
				for i, s := range f[1:] {
					read[i] = number[s]
				}
				p.words.add([]rune(f[0]), len(p.read))
				p.read = append(p.read, read)
			}
		}
	}
	for s := range p.syllables {
		p.single = append(p.single, syllable(s))
	}
	for i, s := range p.first {
		r := rune(firstHan + i)
		if len(more[r]) == 0 && flat[s] == 0 {
			continue
		}
		list := append([]syllable{s}, more[r]...)
		for _, s := range list[:len(list):len(list)] {
			if flat[s] != 0 {
				list = append(list, flat[s])
			}
		}
		p.several[r], p.isSeveral[i] = list, true
	}
	return p
})

// common are the common readings of r, the first first, with lu for lü.
func (p *pinyinTable) common(r rune) []syllable {
	if r < firstHan || r > lastHan {
		return nil
	}
	i := r - firstHan
	if p.isSeveral[i] {
		return p.several[r]
	}
	if s := p.first[i]; s != 0 {
		return p.single[s : s+1 : s+1]
	}
	return nil
}

// sound reports whether a and b share a common reading.
func (p *pinyinTable) sound(a, b rune) bool {
	for _, s := range p.common(a) {
		if slices.Contains(p.common(b), s) {
			return true
		}
	}
	return false
}

// preferred appends the readings of text to out, one for each rune: that of
// the word it stands in, or its first; 0 for what is no Han character.
func (p *pinyinTable) preferred(out []syllable, text []rune) []syllable {
	for i := 0; i < len(text); {
		if text[i] < firstHan || text[i] > lastHan {
			out = append(out, 0)
			i++
			continue
		}
		if n, word := p.words.longest(text[i:]); n > 0 {
			out = append(out, p.read[word]...)
			i += n
			continue
		}
		out = append(out, p.first[text[i]-firstHan])
		i++
	}
	return out
}

// letters is text in preferred pinyin, and initials its first letters; other
// letters and digits stand for themselves.
func (p *pinyinTable) letters(text []rune) (letters, initials string) {
	var l, n [256]byte
	var buf [64]syllable
	full, first := l[:0], n[:0]
	for i, s := range p.preferred(buf[:0], text) {
		if s == 0 {
			full, first = utf8.AppendRune(full, text[i]), utf8.AppendRune(first, text[i])
			continue
		}
		full = append(full, p.syllables[s]...)
		first = append(first, p.syllables[s][0])
	}
	return string(full), string(first)
}
