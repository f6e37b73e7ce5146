package recommend

import "slices"

// Usual returns the target and weight that the history gives to a library
// concept, over every project that uses it under its name, an alias or a near
// spelling, and how many projects those are. ok is false if lib had no concept
// with this id.
func (m *Model) Usual(concept string) (target TargetAdvice, weight WeightAdvice, projects int, ok bool) {
	at := slices.IndexFunc(m.groups, func(g group) bool { return g.concept >= 0 && m.lib[g.concept].ID == concept })
	if at < 0 {
		return TargetAdvice{}, WeightAdvice{}, 0, false
	}
	g := &m.groups[at]
	return m.targetAdvice(g, nil, ""), m.weightAdvice(g, nil, ""), len(g.uses), true
}
