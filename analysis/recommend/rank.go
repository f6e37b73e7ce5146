package recommend

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/mat"

	"yardstick/indicators/naming"
)

//go:embed weights.csv
var weightsCSV string

// parameters are the rows of weights.csv by name.
type parameters map[string]float64

// shippedParameters reads weights.csv. An error can only come from a wrong build.
func shippedParameters() (parameters, error) {
	rows, err := csv.NewReader(strings.NewReader(weightsCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("recommend: weights.csv: %w", err)
	}
	p := make(parameters, len(rows))
	for i, r := range rows[1:] {
		v, err := strconv.ParseFloat(r[1], 64)
		if err != nil {
			return nil, fmt.Errorf("recommend: weights.csv:%d: column %q: got %q, want a number", i+2, "value", r[1])
		}
		p[r[0]] = v
	}
	want := []string{"rank.base", "rank.ridge", "slot.floor", "task.share", "task.pairs", "task.step", "task.each", "task.lead", "slot.prior", "slot.margin", "slot.common", "habit.unit", "habit.name",
		"type.tail", "type.kind", "rank.foreign", "rank.kind", "rank.process"}
	for _, f := range featureNames() {
		want = append(want, "rank."+f)
	}
	for _, s := range slots() {
		want = append(want, "slot."+s)
	}
	for _, name := range want {
		if _, ok := p[name]; !ok {
			return nil, fmt.Errorf("recommend: weights.csv has no %s", name)
		}
	}
	return p, nil
}

// ranker gives a candidate its score: the logistic function of a weighted sum.
type ranker struct {
	base   float64
	weight features
}

func (p parameters) ranker() ranker {
	r := ranker{base: p["rank.base"]}
	for i, f := range featureNames() {
		r.weight[i] = p["rank."+f]
	}
	return r
}

// score adds bonus to the sum: what is known beside the features.
func (r *ranker) score(x *features, bonus float64) float64 {
	s := r.base + bonus
	for i, w := range r.weight {
		s += w * x[i]
	}
	return 1 / (1 + math.Exp(-s))
}

// LeastFitted is the number of projects from which the ranker is fitted to the
// history instead of taking the shipped weights, and fitOn how many of them it is
// fitted on: more change nothing but the time.
const (
	LeastFitted = 200
	fitOn       = 300
	folds       = 5
)

// sample is a candidate of a project with whether the project has it. There are
// some thousand for each project.
type sample struct {
	x    [numFeatures]float32
	hit  bool
	fold uint8
}

func sampleOf(x *features, hit bool, fold uint32) sample {
	s := sample{hit: hit, fold: uint8(fold)}
	for i, v := range x {
		s.x[i] = float32(v)
	}
	return s
}

// fit fits the ranker to the history where it is large enough.
func (m *Model) fit() {
	if len(m.projects) < LeastFitted {
		return
	}
	samples := m.samples(fitOn)
	if m.ended != nil {
		return
	}
	if r, ok := fitRanker(samples, m.rank, m.param["rank.ridge"], -1, m.stopped); ok {
		m.rank = r
	}
}

// samples are the candidates of at most limit projects, each answered as if it
// had not been filed: once with nothing in the draft, once with every second of
// its indicators, when the others are to be found.
func (m *Model) samples(limit int) []sample {
	var out []sample
	step := max(1, len(m.projects)/limit)
	byName := m.namesakes()
	for p := 0; p < len(m.projects); p += step {
		if m.stopped() {
			break
		}
		used := m.used.of(p)
		if len(used) < leastIndicators {
			continue
		}
		f := m.h.form(m.projects[p].forms[0])
		fold := foldOf(f.project)
		leave := m.leave(append([]int32{int32(p)}, byName[projectKey(f.project)]...))
		for _, half := range []bool{false, true} {
			r, want := f.request(m.projects[p].sector), used
			if half {
				want = nil
				for i, g := range used {
					if i%2 == 0 {
						r.Have = append(r.Have, m.named(g))
					} else {
						want = append(want, g)
					}
				}
			}
			q := m.query(r, leave)
			for _, c := range q.candidates() {
				if !slices.Contains(q.have, c.group) {
					out = append(out, sampleOf(&c.x, m.wanted(want, c.group), fold))
				}
			}
			q.release()
		}
	}
	return out
}

func (m *Model) named(g int32) Named {
	n := Named{Name: m.groups[g].name}
	if c := m.groups[g].concept; c >= 0 {
		n.Concept = m.lib.Concepts[c].ID
	}
	return n
}

// wanted reports whether g is one of want, or has nearly the name of one.
func (m *Model) wanted(want []int32, g int32) bool {
	for _, w := range want {
		if w == g || dice(m.groups[w].grams, m.groups[g].grams) >= naming.SimilarDice {
			return true
		}
	}
	return false
}

// request asks for a form's project.
func (f *form) request(sector string) Request {
	return Request{Project: f.project, Sector: sector, Department: f.department + " " + f.unit, Goal: f.goal, Budget: f.budget}
}

// projectKey is the name under which two projects count as one when it is
// measured what was known without a project: another county's project of the
// same name is another project, but an edition of the same form may be the same.
func projectKey(name string) string { return han(name) }

// namesakes are the projects by projectKey, where there are at most maxNamesakes:
// a name that every county has is no sign of a copy.
func (m *Model) namesakes() map[string][]int32 {
	out := make(map[string][]int32)
	for p := range m.projects {
		k := projectKey(m.h.text.str(m.h.forms[m.projects[p].forms[0]].project))
		out[k] = append(out[k], int32(p))
	}
	for k, list := range out {
		if k == "" || len(list) > maxNamesakes {
			delete(out, k)
		}
	}
	return out
}

const maxNamesakes = 50

func foldOf(project string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(projectKey(project)))
	return h.Sum32() % folds
}

// leastPositives is the number of hits below which nothing is fitted: ten for
// each weight (Peduzzi et al. 1996, recalled).
const leastPositives = 10 * (numFeatures + 1)

// fitRanker fits a logistic regression by Newton's method, with a ridge penalty on
// how far the weights are from those of prior, leaving out the samples of a fold
// (−1: none). What speaks for a candidate must not count against it: the most
// negative weight is set to 0 and the rest fitted again, until none is. ok is false
// if there is too little to fit, it does not settle, or stopped says so.
func fitRanker(in []sample, prior ranker, ridge float64, without int, stopped func() bool) (r ranker, ok bool) {
	hits := 0
	for _, s := range in {
		if s.hit && int(s.fold) != without {
			hits++
		}
	}
	if hits < leastPositives {
		return r, false
	}
	var zero [numFeatures]bool
	var from ranker
	for {
		// From where the last fit ended it is a few steps; if these don't settle,
		// from the beginning.
		if r, ok = newton(in, prior, ridge, without, zero, from, stopped); !ok {
			if r, ok = newton(in, prior, ridge, without, zero, ranker{}, stopped); !ok {
				return r, false
			}
		}
		from = r
		worst := -1
		for j, w := range r.weight {
			if w < 0 && (worst < 0 || w < r.weight[worst]) {
				worst = j
			}
		}
		if worst < 0 {
			return r, true
		}
		zero[worst] = true
	}
}

// newton is one fit of fitRanker, with the weights of zero held at 0. With all
// weights at 0 as its beginning Newton's method settles.
func newton(in []sample, prior ranker, ridge float64, without int, zero [numFeatures]bool, from ranker, stopped func() bool) (r ranker, ok bool) {
	const n = numFeatures + 1
	var w, centre [n]float64
	for j := range zero {
		if !zero[j] {
			centre[j+1] = prior.weight[j]
			w[j+1] = from.weight[j]
		}
	}
	w[0] = from.base
	for range 50 {
		gradient, hessian := make([]float64, n), make([]float64, n*n)
		for i := range in {
			s := &in[i]
			if i%4096 == 0 && stopped() {
				return r, false
			}
			if int(s.fold) == without {
				continue
			}
			row := [n]float64{1}
			z := w[0]
			for j, v := range s.x {
				if !zero[j] {
					row[j+1] = float64(v)
					z += w[j+1] * float64(v)
				}
			}
			p := 1 / (1 + math.Exp(-z))
			d, c := is(s.hit)-p, p*(1-p)
			for j, v := range row {
				if v == 0 {
					continue
				}
				gradient[j] += d * v
				for k := j; k < n; k++ {
					hessian[j*n+k] += c * v * row[k]
				}
			}
		}
		for j := 1; j < n; j++ {
			gradient[j] -= ridge * (w[j] - centre[j])
			hessian[j*n+j] += ridge
		}
		var chol mat.Cholesky
		if !chol.Factorize(mat.NewSymDense(n, hessian)) {
			return r, false
		}
		var step mat.VecDense
		if err := chol.SolveVecTo(&step, mat.NewVecDense(n, gradient)); err != nil {
			return r, false
		}
		largest := 0.0
		for j := range w {
			w[j] += step.AtVec(j)
			largest = math.Max(largest, math.Abs(step.AtVec(j)))
		}
		if largest < 1e-6 {
			r.base = w[0]
			copy(r.weight[:], w[1:])
			return r, true
		}
	}
	return r, false
}
