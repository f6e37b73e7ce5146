package library

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// sectorColumns are the header of sectors.csv. A weight says how strongly a
// word speaks for a class when it stands in the name of the department or unit
// (agency), of the project, or in the goal; an empty weight is 0. A word without
// a sector says nothing and hides what seems to stand inside it: 民政 in
// 人民政府.
var sectorColumns = []string{"sector", "word", "agency", "project", "goal"}

// The decision rule of InferSector. The weights in sectors.csv run from 1 (a
// hint) to 10 (certain by itself).
const (
	minSectorScore  = 4   // less evidence than this is none
	minSectorMargin = 1.3 // the best class must outweigh the second by this factor
)

type sectorWord struct {
	sector, word          string
	agency, project, goal float64
}

func loadSectors(fsys fs.FS) ([]sectorWord, error) {
	rows, err := readTable(fsys, "sectors.csv", sectorColumns)
	if err != nil {
		return nil, err
	}
	out := make([]sectorWord, 0, len(rows))
	for i, row := range rows {
		w := sectorWord{sector: row[0], word: row[1]}
		if w.word == "" {
			return nil, fmt.Errorf("sectors.csv:%d: column %q: got nothing, want a word", i+2, "word")
		}
		for j, p := range []*float64{&w.agency, &w.project, &w.goal} {
			if row[j+2] == "" {
				continue
			}
			if *p, err = strconv.ParseFloat(row[j+2], 64); err != nil || !(*p >= 0 && *p <= 10) {
				return nil, fmt.Errorf("sectors.csv:%d: column %q: got %q, want 0 to 10", i+2, sectorColumns[j+2], row[j+2])
			}
		}
		out = append(out, w)
	}
	// Longest first: a word inside a longer word that was found does not count
	// again (气象 in 气象局, 森林防火 before 森林).
	slices.SortStableFunc(out, func(a, b sectorWord) int {
		return cmp.Or(len(b.word)-len(a.word), strings.Compare(a.word, b.word), strings.Compare(a.sector, b.sector))
	})
	return out, nil
}

// InferSector tells the functional class of a project from the words in the
// names of its department, unit and project, and in its goal; empty arguments
// are ignored. why lists the words that decided, for people. ok is false, and
// sector empty, where the words say too little or contradict each other; why
// then says which.
func (l *Library) InferSector(department, unit, project, goal string) (sector, why string, ok bool) {
	score := make(map[string]float64)
	evidence := make(map[string][]string)
	add := func(field, text string, weight func(sectorWord) float64) {
		for _, w := range wordsIn(text, l.sectors) {
			if x := weight(w); x > 0 && w.sector != "" {
				score[w.sector] += x
				evidence[w.sector] = append(evidence[w.sector], field+"“"+w.word+"”")
			}
		}
	}
	agency := func(w sectorWord) float64 { return w.agency }
	add("部门", department, agency)
	if unit != department { // the same words twice are no further evidence
		add("单位", unit, agency)
	}
	add("项目", project, func(w sectorWord) float64 { return w.project })
	add("目标", goal, func(w sectorWord) float64 { return w.goal })

	type total struct {
		sector string
		score  float64
	}
	var totals []total
	for s, x := range score {
		totals = append(totals, total{s, x})
	}
	slices.SortFunc(totals, func(a, b total) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.sector, b.sector))
	})
	switch {
	case len(totals) == 0 || totals[0].score < minSectorScore:
		return "", "名称和目标里没有足够的词能说明功能分类", false
	case len(totals) > 1 && totals[0].score < minSectorMargin*totals[1].score:
		return "", fmt.Sprintf("%s（%s）和%s（%s）都有可能",
			totals[0].sector, strings.Join(evidence[totals[0].sector], "、"),
			totals[1].sector, strings.Join(evidence[totals[1].sector], "、")), false
	}
	best := totals[0].sector
	return best, "根据" + strings.Join(evidence[best], "、"), true
}

// wordsIn returns the words found in text, each once, without those that occur
// only inside a longer word found. A word may stand for several sectors.
// words are sorted longest first.
func wordsIn(text string, words []sectorWord) []sectorWord {
	if text == "" {
		return nil
	}
	covered := make([]bool, len(text))
	var found []sectorWord
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && words[j].word == words[i].word {
			j++
		}
		word, hit := words[i].word, false
		for from := 0; ; {
			k := strings.Index(text[from:], word)
			if k < 0 {
				break
			}
			at := from + k
			if !allTrue(covered[at : at+len(word)]) {
				hit = true
				for b := at; b < at+len(word); b++ {
					covered[b] = true
				}
			}
			from = at + len(word)
		}
		if hit {
			found = append(found, words[i:j]...)
		}
		i = j
	}
	return found
}

func allTrue(b []bool) bool {
	for _, x := range b {
		if !x {
			return false
		}
	}
	return true
}
