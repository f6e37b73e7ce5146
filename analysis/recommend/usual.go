package recommend

// Usual returns the target and weight that the history gives to a library
// concept, over every project that uses it under any name, and how many
// projects those are. ok is false if lib had no concept
// with this id.
func (m *Model) Usual(concept string) (target TargetAdvice, weight WeightAdvice, projects int, ok bool) {
	at, ok := m.conceptAt[concept]
	if !ok {
		return TargetAdvice{}, WeightAdvice{}, 0, false
	}
	target, weight = m.advise(at, nil, -1)
	return target, weight, len(m.groups[at].uses), true
}
