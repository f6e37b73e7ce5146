package naming

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"yardstick/indicators"
)

// The caps that keep Match quick on any name and any library.
const (
	maxRunes      = 64   // characters of a name that are compared
	maxPostings   = 6000 // postings that are read before the commonest pairs of characters are left out
	maxShortlist  = 48   // spellings that are compared in full
	maxCandidates = 5    // alternatives that are returned
)

// scratch is what a Match works in; it is pooled.
type scratch struct {
	q                   query
	epoch, query        uint32
	gramQ, gramP, gramS []uint32 // per gram: marked in this epoch
	charQ, charS        []uint32
	score               []float32 // per spelling
	seen                []uint32  // per spelling: score is of this query
	touched             []int32
	factors             []float32
	order               []int32
	pairs               []uint64
	short               []scored
	found               []found
}

type scored struct {
	spelling int32
	score    float32
}

// found is a concept with its best spelling.
type found struct {
	concept  int32
	spelling int32
	logit    float64
	vector   vector
	context  context
}

func newScratch(x *index) *scratch {
	return &scratch{
		gramQ: make([]uint32, len(x.gram)), gramP: make([]uint32, len(x.gram)), gramS: make([]uint32, len(x.gram)),
		charQ: make([]uint32, len(x.char)), charS: make([]uint32, len(x.char)),
		score: make([]float32, len(x.spellings)), seen: make([]uint32, len(x.spellings)),
	}
}

// ask fills sc.q from n and marks its characters.
func (x *index) ask(sc *scratch, n Name, key string) *query {
	if sc.epoch > math.MaxUint32-1<<20 { // marks would come round
		fresh := newScratch(x)
		fresh.q = sc.q
		*sc = *fresh
	}
	sc.epoch++
	sc.query = sc.epoch
	q := &sc.q
	c := clean(n.Text, x.known)
	if len(c.text) > maxRunes {
		c.text = c.text[:maxRunes]
	}
	q.key, q.removed, q.digits = key, c.removed, c.digits
	q.runes = words().rewrite(q.runes[:0], c.text)
	q.chars, q.grams = q.chars[:0], q.grams[:0]
	for i, r := range q.runes {
		ch, ok := x.char[r]
		if !ok {
			ch = -1
		} else {
			sc.charQ[ch] = sc.query
		}
		q.chars = append(q.chars, ch)
		if i == 0 {
			continue
		}
		g, ok := x.gram[[2]rune{q.runes[i-1], r}]
		if !ok {
			g = -1
		} else {
			sc.gramQ[g] = sc.query
		}
		q.grams = append(q.grams, g)
	}
	sc.factors = x.finish(&q.text, sc.factors)
	q.level1, q.level2 = classOf(n.Level1, n.Level2)
	q.sector = n.Sector
	q.unit = familyOf(n.Unit)
	if q.kind.family == "" {
		q.kind = kindOfUnit(q.unit)
	}
	x.askProject(sc, n.Project)
	return q
}

// askProject marks what the name shares with its project's name.
func (x *index) askProject(sc *scratch, project string) {
	q := &sc.q
	q.inProject = q.inProject[:0]
	for range q.runes {
		q.inProject = append(q.inProject, false)
	}
	if project == "" {
		return
	}
	p := []rune(Key(project))
	if len(p) > maxRunes {
		p = p[:maxRunes]
	}
	p = words().rewrite(nil, p)
	sc.pairs = sc.pairs[:0]
	for i := 1; i < len(p); i++ {
		sc.pairs = append(sc.pairs, uint64(p[i-1])<<32|uint64(p[i]))
		if g, ok := x.gram[[2]rune{p[i-1], p[i]}]; ok {
			sc.gramP[g] = sc.query
		}
	}
	slices.Sort(sc.pairs)
	for i := 1; i < len(q.runes); i++ {
		if _, ok := slices.BinarySearch(sc.pairs, uint64(q.runes[i-1])<<32|uint64(q.runes[i])); ok {
			q.inProject[i-1], q.inProject[i] = true, true
		}
	}
}

// shortlist finds the spellings that share most with the query, best first. skip
// leaves spellings out; nil leaves out none.
func (x *index) shortlist(sc *scratch, skip func(int32) bool) []scored {
	q := &sc.q
	sc.order = sc.order[:0]
	for k, g := range q.grams {
		if g >= 0 && !slices.Contains(q.grams[:k], g) {
			sc.order = append(sc.order, int32(k))
		}
	}
	slices.SortFunc(sc.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(len(x.postings[q.grams[a]]), len(x.postings[q.grams[b]])), cmp.Compare(a, b))
	})
	sc.touched = sc.touched[:0]
	read := 0
	for _, k := range sc.order {
		list := x.postings[q.grams[k]]
		if read > 0 && read+len(list) > maxPostings {
			break
		}
		read += len(list)
		w := gramWeight(&q.text, int(k))
		for _, p := range list {
			if sc.seen[p.spelling] != sc.query {
				sc.seen[p.spelling] = sc.query
				sc.score[p.spelling] = 0
				sc.touched = append(sc.touched, p.spelling)
			}
			sc.score[p.spelling] += min(w, p.weight)
		}
	}
	sc.short = sc.short[:0]
	floor := float32(0)
	for _, i := range sc.touched {
		c := sc.score[i]
		s := c / (c + 0.3*max(0, q.mass-c) + 0.7*max(0, x.spellings[i].mass-c) + 1e-6)
		if s <= floor || skip != nil && skip(i) {
			continue
		}
		sc.short = append(sc.short, scored{i, s})
		if len(sc.short) >= 4*maxShortlist {
			sortScored(sc.short)
			sc.short = sc.short[:maxShortlist]
			floor = sc.short[maxShortlist-1].score
		}
	}
	sortScored(sc.short)
	if len(sc.short) > maxShortlist {
		sc.short = sc.short[:maxShortlist]
	}
	return sc.short
}

func sortScored(list []scored) {
	slices.SortFunc(list, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.spelling, b.spelling))
	})
}

// search finds the concepts that the query may mean, the likeliest first.
func (x *index) search(sc *scratch, skip func(int32) bool) []found {
	sc.found = sc.found[:0]
	for _, p := range x.shortlist(sc, skip) {
		s := &x.spellings[p.spelling]
		co := &x.concepts[s.concept]
		at := -1
		for k := range sc.found {
			if sc.found[k].concept == s.concept {
				at = k
				break
			}
		}
		f := found{concept: s.concept, spelling: p.spelling}
		if at >= 0 {
			f.context = sc.found[at].context
		} else {
			f.context = sc.q.against(co)
		}
		f.vector = x.compare(sc, &sc.q, s, co, f.context)
		f.logit = x.model.pair.logit(f.vector[:])
		switch {
		case at < 0:
			sc.found = append(sc.found, f)
		case f.logit > sc.found[at].logit:
			sc.found[at] = f
		}
	}
	slices.SortFunc(sc.found, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.logit, a.logit), cmp.Compare(a.concept, b.concept))
	})
	return sc.found
}

// Match returns the concept of n. It is deterministic, and does not depend on
// the order in which the entries were handed to New.
func (m *Matcher) Match(n Name) Match {
	x := m.index
	key := Key(n.Text)
	if id, ok := m.decided.of(key, n.Sector); ok {
		if id == "" {
			return Match{Confidence: 1, Method: Decided, Reason: "有人确认过：指标库里没有这个指标"}
		}
		if _, ok := x.byID[id]; ok {
			return Match{Entry: id, Confidence: 1, Method: Decided, Reason: "有人确认过"}
		}
	}
	if len(x.byKey[key]) == 0 {
		if why := notAName(n.Text); why != "" {
			return Match{Method: None, Reason: why}
		}
	}
	sc := x.scratch.Get().(*scratch)
	defer x.scratch.Put(sc)
	q := x.ask(sc, n, key)
	var skip func(int32) bool
	if len(m.decided.rejected) > 0 {
		skip = func(i int32) bool { return m.decided.wrong(key, n.Sector, x.concepts[x.spellings[i].concept].id) }
	}
	same := x.sameKey(q, skip)
	list := x.search(sc, skip)
	return m.answer(q, same, list)
}

// notAName says why a text names no indicator: an unused row of the template, or
// only a class; "" if it may name one.
func notAName(text string) string {
	if indicators.IsTemplate(limit(text)) || !hasLetter(text) {
		return "没有写指标名称"
	}
	bare, _ := indicators.BareName(limit(text))
	_, one := indicators.CanonicalLevel1(bare)
	_, two := indicators.CanonicalLevel2(bare)
	if one || two {
		return "只写了指标的类别，没有写指标"
	}
	return ""
}

func hasLetter(s string) bool { return strings.IndexFunc(s, unicode.IsLetter) >= 0 }

// same is a concept one of whose spellings has the name's key.
type same struct {
	spelling int32
	points   int // how well the cells around the name agree
	context  context
}

// sameKey finds the concepts that have the name's key, the best first.
func (x *index) sameKey(q *query, skip func(int32) bool) []same {
	ids := x.byKey[q.key]
	if len(ids) == 0 {
		return nil
	}
	var list []same
	for _, i := range ids {
		if skip != nil && skip(i) {
			continue
		}
		s := &x.spellings[i]
		one := same{spelling: i, context: q.against(&x.concepts[s.concept])}
		c := one.context
		one.points = 4*whole(c.sectorSame) - 4*whole(c.sectorOther) + 3*whole(c.classSame) - 3*whole(c.classOther) +
			2*whole(c.unitSame) - 3*whole(c.unitOther) + 2*whole(!s.alias)
		list = append(list, one)
	}
	slices.SortStableFunc(list, func(a, b same) int { return cmp.Compare(b.points, a.points) })
	return list
}

func whole(b bool) int {
	if b {
		return 1
	}
	return 0
}

// answer turns what was found into a Match.
func (m *Matcher) answer(q *query, exact []same, list []found) Match {
	x := m.index
	var out Match
	if len(exact) > 0 {
		one := exact[0]
		s := &x.spellings[one.spelling]
		out = Match{Entry: x.concepts[s.concept].id, Method: Exact, Confidence: x.model.same(one, exact, s.alias), Reason: reasonSame(q, x, one)}
		if s.alias {
			out.Method = Alias
		}
		if out.Confidence < m.threshold {
			out = Match{Method: None, Reason: "最近的是“" + x.concepts[s.concept].name + "”，但把握不够"}
		}
	} else if len(list) > 0 {
		best := list[0]
		conf := x.model.confidence(list, 0)
		if conf >= m.threshold {
			out = Match{Entry: x.concepts[best.concept].id, Method: Fuzzy, Confidence: conf, Reason: reasonFuzzy(q, x, best)}
		} else {
			out = Match{Method: None, Reason: reasonNone(q, x, list)}
		}
	} else {
		out = Match{Method: None, Reason: "指标库里没有相近的指标"}
	}
	return m.alternatives(out, q, exact, list)
}

// alternatives adds the other concepts that were found.
func (m *Matcher) alternatives(out Match, q *query, exact []same, list []found) Match {
	x := m.index
	open := func(concept int32) bool {
		id := x.concepts[concept].id
		return id != out.Entry && len(out.Alternatives) < maxCandidates &&
			!slices.ContainsFunc(out.Alternatives, func(c Candidate) bool { return c.Entry == id })
	}
	for k, one := range exact {
		s := &x.spellings[one.spelling]
		if k > 0 && open(s.concept) {
			out.Alternatives = append(out.Alternatives, Candidate{Entry: x.concepts[s.concept].id,
				Score: x.model.same(one, exact, s.alias), Reason: reasonSame(q, x, one)})
		}
	}
	for k, f := range list {
		if !open(f.concept) {
			continue
		}
		conf := x.model.confidence(list, k)
		if conf < x.model.show {
			break
		}
		out.Alternatives = append(out.Alternatives, Candidate{Entry: x.concepts[f.concept].id, Score: conf, Reason: reasonFuzzy(q, x, f)})
	}
	slices.SortStableFunc(out.Alternatives, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	return out
}
