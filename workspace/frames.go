package workspace

import (
	"time"

	"yardstick"
	"yardstick/analysis/target"
	"yardstick/indicators/scoring"
)

// national is the jurisdiction whose rule sets hold where no other is chosen.
const national = "全国"

// spreads are the frames of the rule sets in force on a day; of several that
// spread the points alike the first.
func spreads(day time.Time) (out []target.Frame, latest int) {
	latest = -1
	var from time.Time
	seen := make(map[string]bool)
	for _, s := range scoring.RuleSets() {
		f, ok := target.FrameOf(s)
		if key := s.Jurisdiction + f.Title; !ok || !s.Valid(day) || seen[key] {
			continue
		} else {
			seen[key] = true
		}
		if s.Jurisdiction == national && (latest < 0 || s.From.After(from)) {
			latest, from = len(out), s.From
		}
		out = append(out, f)
	}
	return out, latest
}

// spread is the frame of a rule set; "" is the one in force: of the national ones
// the latest.
func spread(ruleSet string) (target.Frame, error) {
	now := time.Now()
	if ruleSet != "" {
		if s, ok := scoring.Lookup(ruleSet, "", now); ok {
			if f, ok := target.FrameOf(s); ok {
				return f, nil
			}
		}
		return target.Frame{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.frame", Msg: "没有规则集“" + ruleSet + "”，或它不规定分值。看规则页上有哪些。"}
	}
	all, latest := spreads(now)
	if latest < 0 {
		return target.Frame{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.frame", Msg: "没有在用的规则集。"}
	}
	return all[latest], nil
}

// without is the frame of the same jurisdiction that has no such class.
func without(f target.Frame, level1 string) (target.Frame, bool) {
	all, _ := spreads(time.Now())
	for _, g := range all {
		if g.Jurisdiction == f.Jurisdiction && len(g.Classes) > 0 && g.Class(level1, "") != level1 {
			return g, true
		}
	}
	return target.Frame{}, false
}

// frames are the frames that a draft can choose from.
func (w *Workspace) frames() []Frame {
	all, _ := spreads(time.Now())
	out := make([]Frame, len(all))
	for i, f := range all {
		out[i] = frameOf(f)
	}
	return out
}

// frame is the frame of a rule set; "" is the one in force.
func (w *Workspace) frame(ruleSet string) (Frame, error) {
	f, err := spread(ruleSet)
	return frameOf(f), err
}

// frameFor is the frame for the lines of a draft. Where no rule set was chosen and
// there is no indicator of cost, the one in force without cost is taken.
func (w *Workspace) frameFor(ruleSet string, lines []DraftLine) (Frame, error) {
	f, err := spreadFor(ruleSet, lines)
	return frameOf(f), err
}

func spreadFor(ruleSet string, lines []DraftLine) (target.Frame, error) {
	f, err := spread(ruleSet)
	if err != nil || ruleSet != "" || len(lines) == 0 {
		return f, err
	}
	for _, l := range lines {
		if f.Class(l.Level1, l.Level2) == costClass {
			return f, nil
		}
	}
	if g, ok := without(f, costClass); ok {
		return g, nil
	}
	return f, nil
}

const costClass = "成本指标"

// sums is what the weights of a draft add up to in a frame.
func (w *Workspace) sums(ruleSet string, lines []DraftLine) ([]ClassSum, float64, error) {
	f, err := spreadFor(ruleSet, lines)
	if err != nil {
		return nil, 0, err
	}
	rules, err := targetRules()
	if err != nil {
		return nil, 0, err
	}
	sums, total := rules.Sums(f, weighed(lines))
	return classSums(sums), total, nil
}

func weighed(lines []DraftLine) []target.Line {
	out := make([]target.Line, len(lines))
	for i, l := range lines {
		out[i] = target.Line{Level1: l.Level1, Level2: l.Level2}
		if l.Weight != nil {
			out[i].Kept = *l.Weight
		}
	}
	return out
}

func classSums(in []target.ClassSum) []ClassSum {
	out := make([]ClassSum, len(in))
	for i, s := range in {
		out[i] = ClassSum(s)
	}
	return out
}

func frameOf(f target.Frame) Frame {
	out := Frame{RuleSet: f.RuleSet, Version: f.Version, Title: f.Title, Source: f.Source, Status: string(f.Status),
		Execution: f.Execution, Total: f.Total, Classes: make([]ClassPoint, len(f.Classes))}
	for i, c := range f.Classes {
		out.Classes[i] = ClassPoint{Level1: c.Level1, Points: c.Points, Optional: c.To != "", To: c.To}
	}
	return out
}
