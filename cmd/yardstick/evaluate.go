package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"yardstick/search/relevance"
	"yardstick/workspace"
)

func newEvaluate(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "evaluate",
		Short: "Measure canonical names, search and suggestions",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newEvaluateNames(e), newEvaluateSearch(e), newEvaluateRecommend(e))
	return cmd
}

func newEvaluateNames(e *env) *cobra.Command {
	var mistakes bool
	cmd := &cobra.Command{
		Use:   "names",
		Short: "Precision, recall and coverage of canonical names on labelled names",
		Long: `Matches the labelled names of real forms that ship with the program against the shipped library. Precision is right ÷
matched, recall is right ÷ names that have a concept, coverage is matched ÷ all names; intervals are Wilson's at 95 %.
Half A are names that the library's writers had seen, half B names that they had not. With forms in the workspace it also
prints the share of a project's indicators that exist in another project.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			w, err := workspace.Open(cmd.Context(), workspace.Options{Dir: e.dir})
			var ev workspace.NameEvaluation
			if err != nil {
				fmt.Fprintf(e.stderr, "工作区 %s 没有打开，只做标注集的评测：%v\n", e.dir, err)
				ev, err = workspace.EvaluateLabels()
			} else {
				defer w.Close()
				ev, err = w.EvaluateNames(cmd.Context())
			}
			if err != nil {
				return err
			}
			if e.format == "json" {
				return writeJSON(e.stdout, ev)
			}
			return printNameEvaluation(e, ev, mistakes)
		},
	}
	cmd.Flags().BoolVar(&mistakes, "mistakes", false, "list the wrong and the missed names")
	return cmd
}

func share(b *workspace.Between) string {
	if b == nil {
		return "—"
	}
	return fmt.Sprintf("%.3f (%.3f–%.3f)", b.Value, b.Low, b.High)
}

func printNameEvaluation(e *env, ev workspace.NameEvaluation, mistakes bool) error {
	t := table{head: []string{"part", "names", "with concept", "matched", "right", "precision", "recall", "coverage"}}
	add := func(prefix string, q workspace.NameQuality) {
		t.add(prefix+q.Part, count(q.Names), count(q.Have), count(q.Matched), count(q.Right), share(q.Precision), share(q.Recall), share(q.Coverage))
	}
	add("", ev.All)
	for _, q := range ev.ByHalf {
		add("half ", q)
	}
	for _, q := range ev.ByMethod {
		add("method ", q)
	}
	for _, q := range ev.Curve {
		add("confidence ≥ ", q)
	}
	if err := t.write(e.stdout, e.format); err != nil {
		return err
	}
	if x := ev.Elsewhere; x != nil {
		fmt.Fprintf(e.stdout, "\n%d projects, %d indicators; found in another project: exact %s, bigram Dice ≥ 0.6 %s, by concept %s\n",
			x.Projects, x.Indicators, share(&x.Exact), share(&x.Similar), share(&x.Concept))
	}
	if !mistakes {
		return nil
	}
	m := table{head: []string{"name", "want", "got", "confidence", "form"}}
	for _, x := range ev.Mistakes {
		m.add(clip(x.Name, 32), strings.Join(x.Want, " "), x.Got, fmt.Sprintf("%.2f", x.Confidence), x.Form)
	}
	fmt.Fprintln(e.stdout)
	return m.write(e.stdout, e.format)
}

func newEvaluateSearch(e *env) *cobra.Command {
	var known int
	var misses bool
	cmd := &cobra.Command{
		Use:   "search",
		Short: "nDCG@10, MRR and misses of the search, beside two plain baselines",
		Long: `Runs the queries that ship with the program against an index of the shipped library, and against two plain
baselines over the same text: bleve's cjk analyzer and dictionary segmentation. Relevance is binary; nDCG@10 divides by
the best possible list; success@5 is the share of queries with an expected entry among the first five. The held-out queries
were written when the search was done, with entries drawn at random. --known N also
asks for N entries by their own names in pinyin, by first letters and misspelt. No workspace is needed.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return evaluateSearch(cmd.Context(), e, known, misses)
		},
	}
	cmd.Flags().IntVar(&known, "known", 0, "also ask for this many entries by their misspelt names")
	cmd.Flags().BoolVar(&misses, "misses", true, "list the queries that found nothing expected among the first five")
	return cmd
}

func evaluateSearch(ctx context.Context, e *env, known int, misses bool) error {
	ev, err := workspace.EvaluateSearch(ctx, known)
	if err != nil {
		return err
	}
	if e.format == "json" {
		return writeJSON(e.stdout, ev)
	}
	t := table{head: []string{"system", "kind", "queries", "nDCG@10", "MRR", "success@1", "success@5", "success@10"}}
	add := func(name, kind string, s relevance.Score) {
		f := func(x float64) string { return fmt.Sprintf("%.3f", x) }
		t.add(name, kind, count(s.Queries), f(s.NDCG10), f(s.MRR), f(s.Success1), f(s.Success5), f(s.Success10))
	}
	for _, set := range []struct {
		prefix  string
		systems []relevance.System
	}{{"", ev.Systems}, {"held out: ", ev.Held}} {
		for i, s := range set.systems {
			add(set.prefix+s.Name, "all", s.All)
			if i > 0 {
				continue
			}
			for _, kind := range relevance.Kinds() {
				if k, ok := s.ByKind[kind]; ok {
					add(set.prefix+s.Name, kind, k)
				}
			}
		}
	}
	if ev.Known != nil {
		for _, kind := range relevance.KnownKinds() {
			if k, ok := ev.Known.ByKind[kind]; ok {
				add("known item", kind, k)
			}
		}
	}
	if err := t.write(e.stdout, e.format); err != nil || !misses {
		return err
	}
	m := table{head: []string{"missed query", "kind", "want", "got"}}
	for _, x := range ev.Systems[0].Misses {
		m.add(clip(x.Text, 32), x.Kind, clip(strings.Join(x.Expected, " "), 40), clip(strings.Join(x.Got, " "), 60))
	}
	fmt.Fprintln(e.stdout)
	return m.write(e.stdout, e.format)
}
