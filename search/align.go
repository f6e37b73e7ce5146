package search

import "math"

// The costs of what may differ between what was typed and a name. One
// character that is wrong, missing or too much costs 1; half of a character's
// meaning is left if it at least sounds right; a slip in a syllable of pinyin
// is about half a character.
const (
	costWrong   = 1.0
	costMissing = 0.98 // less than wrong: as much is matched, and one more
	costSwapped = 0.8
	costSound   = 0.4 // a character of the same sound
	costSlip    = 0.6 // one letter of a syllable, or one letter too much
	costInitial = 0.03
	costRest    = 0.05 // the last syllable is not finished
	costTone    = 0.01 // not the preferred reading
	costGap     = 0.05 // a character passed over where a blank was typed
	noCost      = math.MaxFloat32
)

const (
	maxAsked = 96 // symbols of a query that are aligned
	maxNamed = 63 // characters of a name that are aligned
)

// aligned says how a query lies on a name: what the differences cost, where it
// begins and ends, which characters it touches, and by what it was matched.
type aligned struct {
	cost       float32
	start, end int
	marks      uint64
	sounds     bool // some character matched by its pinyin
	initials   bool // some character matched by its first letter
	wrong      bool // some character is wrong, missing or too much
}

// step is how a cell was reached.
type step struct {
	asked, named uint8
	kind         uint8
}

const (
	stepNone uint8 = iota
	stepSkip
	stepSame
	stepSound
	stepInitial
	stepWrong
	stepGap
)

// aligner holds the tables of align for reuse.
type aligner struct {
	cost [maxNamed + 1][maxAsked + 1]float32
	from [maxNamed + 1][maxAsked + 1]step
}

// align lays asked on named at the least cost. asked is characters and
// letters; a character of named answers to itself, to its pinyin, to its first
// letter. What stands in named before and after costs nothing. With slips,
// letters within a syllable may be wrong. Where apart says that a blank stood
// before a symbol of asked, characters of named may be passed over. No result costs more than limit:
// beyond, ok is false.
func (a *aligner) align(asked []rune, apart []bool, named []rune, slips bool, limit float32) (r aligned, ok bool) {
	m, k := len(asked), len(named)
	if m == 0 || k == 0 || m > maxAsked || k > maxNamed {
		return r, false
	}
	p := pinyin()
	for j := range k + 1 {
		row := &a.cost[j]
		for i := 1; i <= m; i++ {
			row[i] = noCost
		}
		row[0], a.from[j][0] = 0, step{}
	}
	for j := range k + 1 {
		for i := range m + 1 {
			c := a.cost[j][i]
			if c > limit {
				continue
			}
			put := func(di, dj int, add float32, kind uint8) {
				if t := &a.cost[j+dj][i+di]; c+add < *t {
					*t = c + add
					a.from[j+dj][i+di] = step{uint8(di), uint8(dj), kind}
				}
			}
			if i < m && i > 0 { // a symbol too much
				if isLetter(asked[i]) {
					put(1, 0, costSlip, stepWrong)
				} else {
					put(1, 0, costWrong, stepWrong)
				}
			}
			if j == k {
				continue
			}
			if i == m {
				continue
			}
			switch {
			case i > 0 && i < len(apart) && apart[i]:
				put(0, 1, costGap, stepGap)
			case i > 0:
				put(0, 1, costMissing, stepSkip)
			}
			q, n := asked[i], named[j]
			if q == n {
				put(1, 1, 0, stepSame)
				continue
			}
			if !isLetter(q) {
				switch {
				case isHan(q) && p.sound(q, n):
					put(1, 1, costSound, stepSound)
				case i > 0 || k > 1:
					put(1, 1, costWrong, stepWrong)
				}
				if i+1 < m && j+1 < k && q == named[j+1] && asked[i+1] == n {
					put(2, 2, costSwapped, stepSame)
				}
				continue
			}
			for x, s := range p.common(n) {
				spelt := p.syllables[s]
				add := float32(0)
				if x > 0 {
					add = costTone
				}
				switch same := agree(asked[i:], spelt); {
				case same == len(spelt):
					put(same, 1, add, stepSound)
				case same == m-i:
					put(same, 1, add+costRest, stepSound)
				case slips && len(spelt) > 1:
					for l := len(spelt) - 1; l <= len(spelt)+1; l++ {
						if i+l <= m && slip(asked[i:i+l], spelt) {
							put(l, 1, add+costSlip, stepSound)
						}
					}
				}
				put(1, 1, add+costInitial+initialCost(q, spelt), stepInitial)
				if len(spelt) > 2 && spelt[1] == 'h' && i+1 < m && q == rune(spelt[0]) && asked[i+1] == 'h' {
					put(2, 1, add+costInitial, stepInitial)
				}
			}
		}
	}
	best := k + 1
	for j := range k + 1 {
		if c := a.cost[j][m]; c <= limit && (best > k || c < a.cost[best][m]) {
			best = j
		}
	}
	if best > k {
		return r, false
	}
	r.cost, r.end = a.cost[best][m], best
	i, j := m, best
	for i > 0 {
		s := a.from[j][i]
		i, j = i-int(s.asked), j-int(s.named)
		switch s.kind {
		case stepSame, stepSound, stepInitial:
			for x := range int(s.named) {
				r.marks |= 1 << (j + x)
			}
			r.sounds = r.sounds || s.kind == stepSound
			r.initials = r.initials || s.kind == stepInitial
			r.wrong = r.wrong || s.named == 2
		case stepWrong, stepSkip:
			r.wrong = true
		case stepGap:
		default:
			return r, false
		}
	}
	r.start = j
	return r, true
}

// initialCost is 0 if q is the first letter of spelt, and more than anything
// allowed if not.
func initialCost(q rune, spelt string) float32 {
	if q == rune(spelt[0]) {
		return 0
	}
	return noCost / 2
}

// agree is the length of the common beginning of asked and spelt.
func agree(asked []rune, spelt string) int {
	n := 0
	for n < len(spelt) && n < len(asked) && asked[n] == rune(spelt[n]) {
		n++
	}
	return n
}

// slip reports whether asked is spelt with one letter wrong, missing, too much
// or swapped with its neighbour. All letters of asked must be letters.
func slip(asked []rune, spelt string) bool {
	n := agree(asked, spelt)
	tail := func(i, j int) bool { // the rests agree
		if len(asked)-i != len(spelt)-j {
			return false
		}
		return agree(asked[i:], spelt[j:]) == len(spelt)-j
	}
	switch {
	case n == len(asked) || n == len(spelt):
		return len(asked) != len(spelt)
	case !isLetter(asked[n]):
		return false
	}
	return tail(n+1, n+1) || tail(n+1, n) || tail(n, n+1) ||
		n+1 < len(asked) && n+1 < len(spelt) && asked[n] == rune(spelt[n+1]) && asked[n+1] == rune(spelt[n]) && tail(n+2, n+2)
}
