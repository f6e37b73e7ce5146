package recommend

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"yardstick/indicators/naming"
)

// What the goal says and nothing of the draft covers (Request.Tasks): for each
// task the library's entries whose names speak of it join the candidates, and the
// surest of them leads the list. What that takes is in weights.csv (task.…).

// maxTasks bounds the tasks of a request that are looked at, taskPool the entries
// that are compared with each in full: they bound the work, not the answer.
const (
	maxTasks = 12
	taskPool = 40
)

// indexTasks is an index over the library's names alone: filed names are as many
// as the history is long, and what a task needs is an entry.
func (m *Model) indexTasks() {
	m.tasks = newIndex()
	for i, c := range m.lib.Concepts {
		if i%256 == 0 && m.stopped() {
			return
		}
		m.tasks.add(weighted(nil).field(c.Name, 1).field(strings.Join(c.Aliases, " "), 1).field(strings.Join(c.Keywords, " "), weightMeaning))
	}
	m.tasks.finish()
	m.said = make([][]saying, len(m.lib.Concepts))
	for i, c := range m.lib.Concepts {
		if i%256 == 0 && m.stopped() {
			return
		}
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			s := saying{grams: m.text.numbered(bigrams(naming.Key(name)))}
			for _, t := range s.grams {
				s.rarity += m.text.rarityOf(t)
			}
			m.said[i] = append(m.said[i], s)
		}
	}
}

// saying is one name of an entry: its bigrams as terms of the text index, sorted,
// and their rarity.
type saying struct {
	grams  []int32
	rarity float64
}

// speaks is how much of the shorter of a name and a task is in the other, 0 where
// they share fewer than task.pairs bigrams.
func (m *Model) speaks(s *saying, terms []int32, mass float64) float64 {
	shared, pairs := 0.0, 0
	for _, t := range s.grams {
		if _, ok := slices.BinarySearch(terms, t); ok {
			shared, pairs = shared+m.text.rarityOf(t), pairs+1
		}
	}
	if pairs < int(m.param["task.pairs"]) {
		return 0
	}
	return shared / math.Min(mass, s.rarity)
}

// taskHit is an entry that speaks of a task.
type taskHit struct {
	group int32
	tier  int     // 0 quantity and quality, 1 timeliness and effect, 2 the rest
	share float64 // of the shorter text's bigrams, by rarity, that the other holds
}

// readTasks finds the entries that speak of each task, the surest first; of
// equally sure ones quantity and quality. Entries of another functional class
// don't count.
func (q *query) readTasks(r *Request) {
	m := q.m
	for _, text := range r.Tasks[:min(len(r.Tasks), maxTasks)] {
		terms := m.text.numbered(bigrams(text))
		mass := 0.0
		for _, t := range terms {
			mass += m.text.rarityOf(t)
		}
		var hits []taskHit
		for _, f := range m.tasks.bm25(weighted(nil).field(text, 1), taskPool) {
			g := &m.groups[f.doc]
			if s := m.lib.Concepts[f.doc].Sector; q.sector != "" && s != q.sector && s != common {
				continue
			}
			share := 0.0
			for i := range m.said[f.doc] {
				share = max(share, m.speaks(&m.said[f.doc][i], terms, mass))
			}
			if share >= m.param["task.share"] {
				hits = append(hits, taskHit{f.doc, taskTier(g.slot), share})
			}
		}
		step := m.param["task.step"]
		slices.SortStableFunc(hits, func(a, b taskHit) int {
			return cmp.Compare(b.share-step*float64(b.tier), a.share-step*float64(a.tier))
		})
		q.tasks = append(q.tasks, task{text, hits})
	}
	if r.Covers != nil && len(q.tasks) > 0 {
		q.covered(r.Covers)
	}
	for i := range q.tasks {
		t := &q.tasks[i]
		t.hits = t.hits[:min(len(t.hits), int(m.param["task.each"]))]
	}
}

// covered drops the entries that covers does not name.
func (q *query) covered(covers func(names []string) [][]int) {
	var names []string
	at := make(map[int32]int)
	for _, t := range q.tasks {
		for _, h := range t.hits {
			if _, ok := at[h.group]; !ok {
				at[h.group] = len(names)
				names = append(names, q.m.groups[h.group].name)
			}
		}
	}
	by := covers(names)
	for i := range q.tasks {
		q.tasks[i].hits = slices.DeleteFunc(q.tasks[i].hits, func(h taskHit) bool { return !slices.Contains(by[i], at[h.group]) })
	}
}

// task is a task with the entries that speak of it.
type task struct {
	text string
	hits []taskHit
}

// taskTier orders classes by how likely they state what a task does: slots.
func taskTier(slot int) int {
	switch slot {
	case 0, 1:
		return 0
	case 2, 4:
		return 1
	}
	return 2
}

// taskOf is the first task that g speaks of, "" for none.
func (q *query) taskOf(g int32) string {
	for _, t := range q.tasks {
		if slices.ContainsFunc(t.hits, func(h taskHit) bool { return h.group == g }) {
			return t.text
		}
	}
	return ""
}

// leads are the surest entry of each task, in the order of the goal: they lead the
// list, at most task.lead of it.
func (q *query) leads(order []scored, limit int) (out []scored) {
	most := int(math.Ceil(q.m.param["task.lead"] * float64(limit)))
	for _, t := range q.tasks {
		if len(t.hits) == 0 || len(out) == most {
			continue
		}
		at := slices.IndexFunc(order, func(o scored) bool { return o.group == t.hits[0].group })
		if at >= 0 && !q.otherKind(&q.m.groups[t.hits[0].group]) {
			out = append(out, order[at])
		}
	}
	return out
}
