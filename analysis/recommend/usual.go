package recommend

import "yardstick/analysis/target"

// Usual returns the target and weight that the history gives to a library
// concept, over every project that uses it under any name, and how many
// projects those are. ok is false if lib had no concept
// with this id.
func (m *Model) Usual(concept string) (advised TargetAdvice, weight WeightAdvice, projects int, ok bool) {
	at, ok := m.conceptAt[concept]
	if !ok {
		return TargetAdvice{}, WeightAdvice{}, 0, false
	}
	return m.advised(m.ask(at, nil, -1, &own{}, 0, 0)), m.weight(at, nil, -1, nil), len(m.groups[at].uses), true
}

// ask is the question for the target value of a group.
func (m *Model) ask(g int32, near []use, class int32, o *own, budget float64, before int) target.Ask {
	return target.Ask{
		Indicator: m.indicator(&m.groups[g]), Budget: budget, Year: before,
		Own: m.pastOf(o, g, before), Peers: m.peers(g, near, class, o),
	}
}

// Asker asks for target values and weights of the indicators of one project, for
// which it finds the comparable projects once. It is for one goroutine.
type Asker struct {
	q     *query
	year  int
	money float64
}

// Asker prepares questions about the project of r.
func (m *Model) Asker(r Request) *Asker {
	a := &Asker{q: m.query(r, nil), year: r.Year}
	a.q.release()
	if r.Budget != nil {
		a.money = *r.Budget
	}
	return a
}

// Ask returns the question for an indicator, to be proposed or judged with
// Rules. Where nobody filed the indicator, it says only what n does.
func (a *Asker) Ask(n Named, sector string, i target.Indicator) target.Ask {
	q := a.q
	g := q.m.groupOf(n, sector)
	if g < 0 {
		return target.Ask{Indicator: i, Budget: a.money, Year: a.year}
	}
	return q.m.ask(g, q.nearUses(g), q.class, &q.own, a.money, a.year)
}

// Weight returns the usual weight of an indicator in such projects, and what a
// template of the project's type gives it, 0 for nothing.
func (a *Asker) Weight(n Named, sector string) (w WeightAdvice, template float64) {
	q := a.q
	g := q.m.groupOf(n, sector)
	if g < 0 {
		return WeightAdvice{Note: "没有填报过的分值可供参考"}, 0
	}
	if t := q.templateOf(g); t != nil {
		template = t.Points
	}
	return q.fit(g, q.m.weight(g, q.nearUses(g), q.class, &q.own)), template
}

// Propose is the advice on a question of this model.
func (m *Model) Propose(a target.Ask) TargetAdvice { return m.advised(a) }

// Rules are the thresholds by which targets are judged.
func (m *Model) Rules() *target.Rules { return m.past.rules }
