package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/search"
)

// Ranks are fused as 1/(60+rank), summed over the channels (Cormack, Clarke
// and Büttcher 2009), with these weights. Chosen by hand against the queries
// and the known items of search/relevance.
const (
	rankConstant  = 60
	weightGrams   = 1.0
	weightNear    = 1.0
	weightLetters = 1.5 // near, if letters were typed
	weightSpelt   = 0.3 // near, if the query is in order as it stands
	weightWords   = 0.7
	weightOthers  = 0.6
	weightFull    = 0.6 // more, for others that hold all of the query
	weightUse     = 0.4
	weightText    = 0.35
)

// Tiers come before ranks: what is exactly what was typed is first.
const (
	tierName = iota
	tierAlias
	tierSound // the whole pinyin or all first letters
	tierOther // the same in other words
	tierRest
)

// fused is a document with what the channels say together.
type fused struct {
	found
	tier  int
	total float64
	most  float64 // of one channel
}

// fusion collects the channels' lists.
type fusion struct {
	docs map[uint32]*fused
}

func (f *fusion) get(n uint32) *fused {
	d := f.docs[n]
	if d == nil {
		d = &fused{found: found{doc: n, surface: -1}, tier: tierRest}
		f.docs[n] = d
	}
	return d
}

// add adds a channel's list. Documents of the same score share a rank.
func (f *fusion) add(list []found, weight float64) {
	rank := 0
	for i, e := range list {
		if i == 0 || e.score != list[i-1].score {
			rank = i + 1
		}
		d, share := f.get(e.doc), weight/float64(rankConstant+rank)
		d.total += share
		if share > d.most && d.tier == tierRest {
			d.most = share
			marks := d.marks
			d.found = e
			if e.marks == nil {
				d.marks = marks
			}
		}
		if d.marks == nil {
			d.marks, d.surface = e.marks, e.surface
		}
	}
}

// exact puts a document into a tier.
func (f *fusion) exact(e found, tier int) {
	if d := f.get(e.doc); tier < d.tier {
		d.found, d.tier = e, tier
	}
}

// Search finds documents by the text and filters of q.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	if err := x.enter(ctx); err != nil {
		return Result{}, fmt.Errorf("search %q: %w", q.Text, err)
	}
	defer x.leave()
	limit, offset := q.Limit, max(q.Offset, 0)
	if limit <= 0 {
		limit = 20
	}
	s := x.names.Load()
	l := newLookup(s, q)
	ask := x.ask(q.Text)
	if len(ask.whole.runes) == 0 {
		return l.list(q, offset, limit), nil
	}
	ask.weigh(s)
	l.q = &ask
	l.match = newTally(s.n)
	defer l.match.free()
	docs, err := x.channels(ctx, l)
	if err != nil {
		return Result{}, fmt.Errorf("search %q: %w", q.Text, err)
	}
	ranked := l.rank(docs)
	out := l.result(docs, q.Facets)
	rest := l.rest(docs, offset+limit-len(ranked))
	for i := offset; i < offset+limit && i < len(ranked)+len(rest); i++ {
		if i < len(ranked) {
			out.Hits = append(out.Hits, l.hit(*ranked[i]))
		} else if f, ok := l.cover(rest[i-len(ranked)]); ok {
			out.Hits = append(out.Hits, l.hit(fused{found: f}))
		} else {
			out.Hits = append(out.Hits, l.hit(fused{found: found{doc: rest[i-len(ranked)], surface: -1}}))
		}
	}
	return out, nil
}

// channels asks them all.
func (x *Index) channels(ctx context.Context, l *lookup) (*fusion, error) {
	f := &fusion{docs: make(map[uint32]*fused, 256)}
	whole := l.exact(f)
	grams := l.grams()
	sure := l.sure(grams)
	f.add(grams, weightGrams*sure)
	f.add(all(grams), weightFull)
	f.add(l.used(grams), weightUse)
	// Nothing is wrong with a query that some name holds all of.
	if !whole && !(l.q.han && slices.ContainsFunc(grams[:min(len(grams), 5)], func(g found) bool { return g.full })) {
		weight := weightNear
		switch {
		case l.q.letters:
			weight = weightLetters
		case l.q.spelt:
			weight = weightSpelt
		}
		near := l.near()
		f.add(near, weight)
		f.add(all(near), weightFull)
	}
	if l.q.han {
		others := l.others()
		f.add(others, weightOthers)
		f.add(all(others), weightFull)
		for _, o := range others {
			if o.whole {
				f.exact(o, tierOther)
			}
		}
	}
	for _, c := range []struct {
		field  string
		weight float64
		why    Why
	}{{fieldWords, weightWords * sure, WhyName}, {fieldText, weightText, WhyText}} {
		n := proposed / 2
		if l.q.long() {
			n = proposed // which is about many things
		}
		if !l.open {
			n = 10 * proposed // many of them will not be admitted
		}
		hits, err := x.byWords(ctx, l.q.words, c.field, n)
		if err != nil {
			return nil, err
		}
		f.add(l.named(hits, c.why), c.weight)
	}
	return f, nil
}

// sure is how far the ranks of grams are to be trusted, from 0.4 to 1: by how
// much of the query its best find holds. Of a sentence no name holds much.
func (l *lookup) sure(grams []found) float64 {
	if len(grams) == 0 || l.q.long() {
		return 1
	}
	return 0.4 + 0.6*min(grams[0].score, 1)
}

// all are those of list that hold all of the query, in their order.
func all(list []found) []found {
	return slices.DeleteFunc(slices.Clone(list), func(f found) bool { return !f.full })
}

// used are the names among grams that hold all of the query and are filed, the
// commonest first.
func (l *lookup) used(grams []found) []found {
	var out []found
	for _, g := range grams {
		if n := l.shelf.count(g.doc); g.full && n > 0 {
			g.score = float64(n)
			out = append(out, g)
		}
	}
	l.order(out)
	return out
}

// named are the admitted documents among bleve's hits, in their order.
func (l *lookup) named(hits search.DocumentMatchCollection, why Why) []found {
	var out []found
	for _, h := range hits {
		n, ok := l.shelf.find(h.ID)
		if !ok {
			continue
		}
		l.also = append(l.also, n)
		if len(out) < proposed && l.admits(n) {
			out = append(out, found{doc: n, score: h.Score, why: why, surface: -1})
		}
	}
	return out
}

// rank orders the documents that channels proposed.
func (l *lookup) rank(f *fusion) []*fused {
	out := make([]*fused, 0, len(f.docs))
	for _, d := range f.docs {
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b *fused) int {
		c := cmp.Compare(a.tier, b.tier)
		if c == 0 && a.tier == tierSound {
			c = cmp.Or(-cmp.Compare(l.shelf.count(a.doc), l.shelf.count(b.doc)), cmp.Compare(l.shelf.length(a.doc), l.shelf.length(b.doc)))
		}
		return cmp.Or(c, -cmp.Compare(a.total, b.total), l.shelf.before(a.doc, b.doc))
	})
	return out
}

// hit is what is shown of d.
func (l *lookup) hit(d fused) Hit {
	p, n := l.shelf.at(d.doc)
	r := p.record(n)
	h := Hit{
		ID: r.id, Type: Type(p.value(colType, n)), Name: r.name,
		Level1: p.value(colLevel1, n), Level2: p.value(colLevel2, n), Sector: p.value(colSector, n), Unit: p.value(colUnit, n),
		Direction: p.value(colDirection, n), TemporalType: p.value(colTemporal, n), Used: p.value(colUsed, n) == "yes",
		Meaning: r.meaning, Count: int(p.counts[n]), Why: d.why, Score: d.total + float64(tierRest-d.tier),
	}
	if h.Type == Case {
		h.Unit = r.filedBy
	}
	if i := d.surface - 2; i >= 0 && i < len(r.aliases) {
		h.Alias = r.aliases[i]
	}
	f, marks := &l.scratch, d.marks
	f.fold(r.name, d.surface == 1)
	if (d.surface < 0 || d.surface > 1) && l.q != nil { // what the name itself has of the query
		marks = make([]bool, len(f.runes))
		l.q.covers(f.runes, marks)
	}
	h.Highlight = highlight(r.name, onOriginal(f, marks))
	return h
}
