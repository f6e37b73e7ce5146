package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"yardstick/workspace"
)

func newEvaluateRecommend(e *env) *cobra.Command {
	var opt workspace.RecommendOptions
	cmd := &cobra.Command{
		Use:   "recommend",
		Short: "Recall, hit rate, nDCG and MRR of suggestions on the loaded projects, beside plain baselines",
		Long: `Answers every loaded project with at least four indicators as if it had not been filed, and looks whether its
indicators are among the first 5, 10, 20 and 40 suggestions. Left out with it are its forms of other years, projects of the
same name and of the same file; with --split year also all that was filed for that year or later, with --split department
all projects of the department. By concept, a hit stands for the same entry of the library (or has the same normalised name
where neither stands for one); by name, it has a bigram Dice of at least 0.6. Recall is the share of the indicators that is
hit, hit rate the share of projects with any hit, nDCG has binary gain and is divided by the best list possible, MRR is the mean
of 1 ÷ rank of the first hit; intervals are of the bootstrap over projects. The ceiling is the recall of an endless list.
Half A are forms that the library's writers had seen, half B forms that they had not.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := workspace.Open(cmd.Context(), workspace.Options{Dir: e.dir})
			if err != nil {
				return err
			}
			defer w.Close()
			ev, err := w.EvaluateRecommend(cmd.Context(), opt)
			if err != nil {
				return err
			}
			if e.format == "json" {
				return writeJSON(e.stdout, ev)
			}
			return printRecommendEvaluation(e, ev)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.Split, "split", "project", "what is not known: project, year (nothing of that year or later) or department")
	f.BoolVar(&opt.Half, "half", false, "give every second indicator as the draft and look for the others")
	f.IntVar(&opt.Projects, "projects", 0, "at most this many projects, evenly chosen (0: 500)")
	f.Uint64Var(&opt.Seed, "seed", 1, "seed of the bootstrap")
	return cmd
}

func printRecommendEvaluation(e *env, ev workspace.RecommendEvaluation) error {
	spread := func(s workspace.Spread) string { return fmt.Sprintf("%.3f (%.3f–%.3f)", s.Value, s.Low, s.High) }
	t := table{head: []string{"hit", "system", "k", "recall", "hit rate", "nDCG", "MRR", "coverage", "long tail"}}
	for _, m := range ev.Hits {
		for _, s := range m.Systems {
			for _, a := range s.At {
				t.add(m.Hit, s.Name, count(a.K), spread(a.Recall), spread(a.HitRate), spread(a.NDCG), spread(a.MRR),
					fmt.Sprintf("%.3f", s.Coverage), fmt.Sprintf("%.3f", s.LongTail))
			}
		}
	}
	if e.format == "csv" {
		return t.write(e.stdout, e.format)
	}
	draft := "empty draft"
	if ev.Half {
		draft = "half of the indicators given"
	}
	fmt.Fprintf(e.stdout, "split by %s, %s: %d projects, %d indicators to be found\n", ev.Split, draft, ev.Projects, ev.Indicators)
	for _, m := range ev.Hits {
		if m.Ceiling != nil {
			fmt.Fprintf(e.stdout, "ceiling by %s: %.3f with the library, %.3f from other projects alone\n", m.Hit, *m.Ceiling, *m.CeilingHistory)
		}
	}
	fmt.Fprintln(e.stdout)
	if err := t.write(e.stdout, e.format); err != nil {
		return err
	}
	fmt.Fprintln(e.stdout)
	return recommendSlots(e, ev)
}

// recommendSlots prints recall by class, and by half of the labelled forms.
func recommendSlots(e *env, ev workspace.RecommendEvaluation) error {
	slots := table{head: []string{"hit", "system", "recall@20 by class (indicators)", "recall by half at 5, 10, 20, 40"}}
	for _, m := range ev.Hits {
		for _, s := range m.Systems {
			var by, halves []string
			for _, x := range s.Slots {
				by = append(by, fmt.Sprintf("%s %.2f (%d)", x.Slot, x.Recall, x.Indicators))
			}
			for _, p := range s.Parts {
				var at []string
				for _, r := range p.Recall {
					at = append(at, fmt.Sprintf("%.3f", r))
				}
				halves = append(halves, fmt.Sprintf("%s (%d): %s", p.Part, p.Projects, strings.Join(at, " ")))
			}
			slots.add(m.Hit, s.Name, strings.Join(by, ", "), strings.Join(halves, "; "))
		}
	}
	return slots.write(e.stdout, e.format)
}
