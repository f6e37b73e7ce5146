package recommend

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// system is one way of suggesting: at most listLength groups, best first.
type system struct {
	name string
	list func(*query, *evalCase) []int32
}

// systems are the product and the plain ways it is held against. They have the
// same history and the same projects left out. All but the last two know nothing of
// the library but which names are one concept. rankers order the product's answer,
// by fold; nil takes the shipped one or, in a large history, fits them.
func (m *Model) systems(rankers []ranker) []system {
	if rankers == nil {
		rankers = m.foldRankers()
	}
	profile := func(q *query) map[int32]float64 { // what is known of the project in indicators
		if len(q.have) > 0 {
			out := make(map[int32]float64)
			for _, g := range q.have {
				out[g] = 1
			}
			return out
		}
		return votes(q, plainNeighbours)
	}
	out := []system{
		{"product", func(q *query, c *evalCase) []int32 {
			r := &m.rank
			if rankers != nil {
				r = &rankers[foldOf(c.name)]
			}
			var list []int32
			for _, x := range q.list(c.request.Have, r, listLength) {
				list = append(list, x.group)
			}
			return list
		}},
		{"popularity", func(q *query, _ *evalCase) []int32 {
			return q.best(func(g int32) float64 { return q.users(g) })
		}},
		{"popularity in class", func(q *query, _ *evalCase) []int32 {
			return q.best(func(g int32) float64 {
				n, _ := q.sectorUsers(g)
				return n + q.users(g)/(1+q.projects()) // within equals, the overall use
			})
		}},
		{"kNN", func(q *query, _ *evalCase) []int32 { return q.bestOf(votes(q, plainNeighbours)) }},
		{"item–item", func(q *query, _ *evalCase) []int32 { return q.bestOf(q.cosine(profile(q))) }},
	}
	e := newEASE(m)
	out = append(out, system{"EASE", func(q *query, _ *evalCase) []int32 {
		if e == nil { // no indicator is used twice: nothing to learn
			return nil
		}
		return q.bestOf(e.scores(q, profile(q)))
	}})
	return append(out, system{"text only", func(q *query, _ *evalCase) []int32 {
		s := make(map[int32]float64)
		for _, f := range m.text.bm25(q.words, pooled) {
			if m.groups[f.doc].concept >= 0 || q.users(f.doc) > 0 {
				s[f.doc] = f.value
			}
		}
		return q.bestOf(s)
	}})
}

// foldRankers are rankers each fitted without the projects of one fold, or nil
// where the history is too small to fit any.
func (m *Model) foldRankers() []ranker {
	if len(m.projects) < LeastFitted {
		return nil
	}
	samples := m.samples(fitOn)
	out := make([]ranker, folds)
	for i := range out {
		var ok bool
		if out[i], ok = fitRanker(samples, m.param.ranker(), m.param["rank.ridge"], i, m.stopped); !ok {
			return nil
		}
	}
	return out
}

// plainNeighbours is how many projects vote in plain kNN.
const plainNeighbours = 10

// votes sums, over the k projects whose words are most alike (bigram Dice, by
// words alone), the likeness of those that use a group.
func votes(q *query, k int) map[int32]float64 {
	out := make(map[int32]float64)
	n := 0
	for _, f := range q.m.alike.likeness(q.words, pooled) {
		if q.left.has(f.doc) {
			continue
		}
		if n++; n > k {
			break
		}
		for _, g := range q.m.used.of(int(f.doc)) {
			out[g] += f.value
		}
	}
	return out
}

// bestOf lists the groups with the largest scores above 0 that the draft does not
// have, ties by number.
func (q *query) bestOf(score map[int32]float64) []int32 {
	var h heap
	for g, s := range score {
		if s > 0 && !slices.Contains(q.have, g) {
			h.offer(found{g, s}, listLength)
		}
	}
	return numbers(h)
}

func (q *query) best(score func(int32) float64) []int32 {
	var h heap
	for g := range q.m.groups {
		if s := score(int32(g)); s > 0 && q.users(int32(g)) > 0 && !slices.Contains(q.have, int32(g)) {
			h.offer(found{int32(g), s}, listLength)
		}
	}
	return numbers(h)
}

// cosine is Σ of a profile's weights times the cosine of uses n_ij ÷ √(n_i n_j).
func (q *query) cosine(profile map[int32]float64) map[int32]float64 {
	out := make(map[int32]float64)
	items := make([]int32, 0, len(profile))
	for g := range profile {
		items = append(items, g)
	}
	slices.Sort(items) // sums in one order
	for _, i := range items {
		together := make(map[int32]float64)
		for _, u := range q.m.groups[i].uses {
			if q.left.has(u.project) {
				continue
			}
			for _, j := range q.m.used.of(int(u.project)) {
				together[j]++
			}
		}
		for j, n := range together {
			if j != i {
				out[j] += profile[i] * n / math.Sqrt(q.users(i)*q.users(j))
			}
		}
	}
	return out
}

// EASE (Steck 2019): B = I − P·diag(1/P), P = (XᵀX + λI)⁻¹, over the groups that
// at least two projects use, at most maxEASE of them.
type ease struct {
	m     *Model
	items []int32
	at    map[int32]int
	p     *mat.Dense
}

const (
	maxEASE    = 1500
	easeLambda = 5 // libraries default to 500, far too much for a few hundred projects
)

func newEASE(m *Model) *ease {
	e := &ease{m: m, at: make(map[int32]int)}
	var h heap
	for g := range m.groups {
		if n := len(m.groups[g].uses); n >= 2 {
			h.offer(found{int32(g), float64(n)}, maxEASE)
		}
	}
	if len(h) == 0 {
		return nil
	}
	e.items = numbers(h)
	for i, g := range e.items {
		e.at[g] = i
	}
	n := len(e.items)
	gram := mat.NewSymDense(n, nil)
	for p := range m.projects {
		x := e.row(int32(p))
		for _, i := range x {
			for _, j := range x {
				if i <= j {
					gram.SetSym(i, j, gram.At(i, j)+1)
				}
			}
		}
	}
	e.p = easeInverse(gram, easeLambda)
	if e.p == nil {
		return nil
	}
	return e
}

// easeInverse is (G + λI)⁻¹, nil where that can't be computed.
func easeInverse(gram *mat.SymDense, lambda float64) *mat.Dense {
	n := gram.SymmetricDim()
	g := mat.NewSymDense(n, nil)
	g.CopySym(gram)
	for i := range n {
		g.SetSym(i, i, g.At(i, i)+lambda)
	}
	var chol mat.Cholesky
	if !chol.Factorize(g) {
		return nil
	}
	var inv mat.SymDense
	if err := chol.InverseTo(&inv); err != nil {
		return nil
	}
	return mat.DenseCopyOf(&inv)
}

// row are the items of a project.
func (e *ease) row(p int32) []int {
	var out []int
	for _, g := range e.m.used.of(int(p)) {
		if i, ok := e.at[g]; ok {
			out = append(out, i)
		}
	}
	return out
}

// scores are x·B for a profile x, with the projects that are left out taken off P
// one by one (Sherman and Morrison): P' = P + u·uᵀ ÷ (1 − xᵀu), u = P·x.
func (e *ease) scores(q *query, profile map[int32]float64) map[int32]float64 {
	n := len(e.items)
	type update struct {
		u []float64
		c float64
	}
	var updates []update
	column := func(i int) []float64 { // of P'
		out := slices.Clone(e.p.RawRowView(i))
		for _, d := range updates {
			for j := range out {
				out[j] += d.c * d.u[i] * d.u[j]
			}
		}
		return out
	}
	for _, p := range q.left.projects {
		u, own := make([]float64, n), e.row(p)
		for _, i := range own {
			for j, v := range column(i) {
				u[j] += v
			}
		}
		xu := 0.0
		for _, i := range own {
			xu += u[i]
		}
		updates = append(updates, update{u, 1 / (1 - xu)})
	}
	diagonal := make([]float64, n)
	for j := range diagonal {
		diagonal[j] = e.p.At(j, j)
		for _, d := range updates {
			diagonal[j] += d.c * d.u[j] * d.u[j]
		}
	}
	sum := make([]float64, n)
	for i, g := range e.items {
		x := profile[g]
		if x == 0 {
			continue
		}
		for j, v := range column(i) {
			if i != j {
				sum[j] -= x * v / diagonal[j]
			}
		}
	}
	out := make(map[int32]float64)
	for j, s := range sum {
		if q.users(e.items[j]) > 0 {
			out[e.items[j]] = s
		}
	}
	return out
}
