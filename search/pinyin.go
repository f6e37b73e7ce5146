package search

import (
	_ "embed"
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
	more      map[rune][]syllable   // further common readings
	words     map[string][]syllable // words with a character not read by its first reading
	longest   int                   // of words, in runes
	flat      map[syllable]syllable // lü and nü as people type them: lu, nu
}

// pinyin loads the table: about a millisecond, once.
var pinyin = sync.OnceValue(func() *pinyinTable {
	p := &pinyinTable{
		syllables: []string{""}, more: make(map[rune][]syllable, 1200), words: make(map[string][]syllable, 1800),
		flat: map[syllable]syllable{},
	}
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
				p.more[r] = append(p.more[r], n)
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
		p.flat[number[from]] = number[to]
	}
	for _, text := range []string{phrasesText, readingsText} { // the trade's own readings overrule
		for line := range strings.Lines(text) {
			if f := strings.Fields(line); len(f) > 1 && f[0] != "#" {
				read := make([]syllable, len(f)-1)
				for i, s := range f[1:] {
					read[i] = number[s]
				}
				p.words[f[0]] = read
				p.longest = max(p.longest, utf8.RuneCountInString(f[0]))
			}
		}
	}
	return p
})

// all are the common readings of r, the first first.
func (p *pinyinTable) all(r rune) []syllable {
	if r < firstHan || r > lastHan || p.first[r-firstHan] == 0 {
		return nil
	}
	return append([]syllable{p.first[r-firstHan]}, p.more[r]...)
}

// sound reports whether a and b share a common reading.
func (p *pinyinTable) sound(a, b rune) bool {
	if a < firstHan || a > lastHan || b < firstHan || b > lastHan {
		return false
	}
	x, y := p.first[a-firstHan], p.first[b-firstHan]
	if x == y {
		return x != 0
	}
	if len(p.more[a]) == 0 && len(p.more[b]) == 0 {
		return false
	}
	for _, s := range p.all(a) {
		for _, t := range p.all(b) {
			if s == t {
				return true
			}
		}
	}
	return false
}

// preferred are the readings of text, one for each rune: that of the word it
// stands in, or its first; 0 for what is no Han character.
func (p *pinyinTable) preferred(text []rune) []syllable {
	out := make([]syllable, len(text))
	var buf [16]byte
	for i := 0; i < len(text); {
		if text[i] < firstHan || text[i] > lastHan {
			i++
			continue
		}
		n := 0
		for l := min(p.longest, len(text)-i); l > 1; l-- {
			b := buf[:0]
			for _, r := range text[i : i+l] {
				b = utf8.AppendRune(b, r)
			}
			if read, ok := p.words[string(b)]; ok {
				copy(out[i:], read)
				n = l
				break
			}
		}
		if n == 0 {
			out[i] = p.first[text[i]-firstHan]
			n = 1
		}
		i += n
	}
	return out
}

// readings are all readings of each rune that are looked for: the preferred
// one, the other common ones, and lu for lü.
func (p *pinyinTable) readings(text []rune) [][]syllable {
	out := make([][]syllable, len(text))
	backing := make([]syllable, 0, 2*len(text))
	for i, s := range p.preferred(text) {
		if s == 0 {
			continue
		}
		from := len(backing)
		add := func(s syllable) {
			for _, have := range backing[from:] {
				if have == s {
					return
				}
			}
			backing = append(backing, s)
		}
		add(s)
		add(p.first[text[i]-firstHan])
		for _, m := range p.more[text[i]] {
			add(m)
		}
		for _, m := range backing[from:len(backing):len(backing)] {
			if f := p.flat[m]; f != 0 {
				add(f)
			}
		}
		out[i] = backing[from:len(backing):len(backing)]
	}
	return out
}

// letters is text in preferred pinyin, and initials its first letters; other
// letters and digits stand for themselves.
func (p *pinyinTable) letters(text []rune) (letters, initials string) {
	var l, n [256]byte
	full, first := l[:0], n[:0]
	for i, s := range p.preferred(text) {
		if s == 0 {
			full, first = utf8.AppendRune(full, text[i]), utf8.AppendRune(first, text[i])
			continue
		}
		full = append(full, p.syllables[s]...)
		first = append(first, p.syllables[s][0])
	}
	return string(full), string(first)
}
