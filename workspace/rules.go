package workspace

import (
	"context"

	"yardstick/indicators/scoring"
	"yardstick/store"
)

// seedRules copies the shipped rule sets into the warehouse. Versions that are
// there already stay as they are.
func (w *Workspace) seedRules(ctx context.Context) error {
	var rules []store.Rule
	for _, s := range scoring.RuleSets() {
		for _, r := range s.Rules {
			rules = append(rules, store.Rule{
				Set: s.Name, Version: s.Version, Jurisdiction: s.Jurisdiction, From: s.From, To: s.To,
				Name: r.Name, Value: r.Value, Source: r.SourceDoc, Status: string(r.SourceStatus),
			})
		}
	}
	return w.store.PutRules(ctx, rules)
}
