package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"yardstick/workspace"
)

func newDraftAdd(e *env) *cobra.Command {
	var line workspace.DraftLine
	var target string
	var weight float64
	cmd := &cobra.Command{
		Use:   "add ID NAME…",
		Short: "Add indicators with their suggested classes, values and weights",
		Long: `Each NAME is added with what is suggested for the draft under that name: classes, target value with its basis, weight. Where
nothing is suggested (no comparable project), the value stays empty and is said. The flags state instead of suggesting, and
want one NAME.`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			stated := cmd.Flags().Changed("target") || cmd.Flags().Changed("weight") || line != (workspace.DraftLine{})
			if stated && len(args) > 2 {
				return usageError{errors.New("draft add: the flags describe one indicator; give one NAME")}
			}
			if cmd.Flags().Changed("weight") {
				line.Weight = &weight
			}
			return edit(cmd, e, args[0], func(ctx context.Context, s service, v *workspace.DraftView) error {
				for _, name := range args[1:] {
					l, note, err := suggested(ctx, s, v.Body, strings.TrimSpace(name), line)
					if err != nil {
						return err
					}
					if cmd.Flags().Changed("target") {
						setTarget(&l, target)
						note = ""
					}
					if note != "" {
						fmt.Fprintf(e.stderr, "%s：%s\n", l.Name, note)
					}
					v.Body.Lines = append(v.Body.Lines, l)
				}
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&line.Level1, "level1", "", "level-1 class, such as 产出指标")
	f.StringVar(&line.Level2, "level2", "", "level-2 class, such as 数量指标")
	f.StringVar(&target, "target", "", "target value, such as ≥95%")
	f.StringVar(&line.Basis, "basis", "", "历史标准, 行业标准, 计划标准 or 其他")
	f.StringVar(&line.Note, "note", "", "explanation or scoring rule")
	f.Float64Var(&weight, "weight", 0, "points")
	return cmd
}

// most is how many suggestions are searched for a name.
const most = 200

// suggested is the line for an indicator of that name: as suggested for the
// draft, else by what is known of the name alone. stated wins. note says why a
// value is missing.
func suggested(ctx context.Context, s service, b workspace.DraftBody, name string, stated workspace.DraftLine) (l workspace.DraftLine, note string, err error) {
	if name == "" {
		return l, "", wrong("指标名称是空的。")
	}
	l = stated
	l.Name = name
	for _, other := range b.Lines {
		if other.Name == name {
			return l, "", wrong("草稿里已经有“%s”。", name)
		}
	}
	var t workspace.TargetAdvice
	var w workspace.WeightAdvice
	found := false
	if strings.TrimSpace(b.Project) != "" {
		res, err := s.Suggest(ctx, asking(b, most))
		if err != nil {
			return l, "", err
		}
		for _, g := range res.Suggestions {
			if g.Name == name {
				t, w, found = g.Target, g.Weight, true
				l.Entry = g.Entry
				l.Level1, l.Level2 = either(l.Level1, g.Level1), either(l.Level2, g.Level2)
				break
			}
		}
	}
	if !found {
		v, err := s.Value(ctx, workspace.ValueRequest{Project: b.Project, Unit: b.Unit, Department: b.Department, Sector: b.Sector, Goal: b.Goal, Budget: b.Budget, Year: b.Year, Name: name, Level1: l.Level1, Level2: l.Level2})
		if err != nil {
			return l, "", err
		}
		t, w, l.Entry = v.Proposed, v.Weight, v.Entry
		if v.Entry != "" && l.Level1 == "" {
			entry, err := s.Indicator(ctx, v.Entry)
			if err != nil {
				return l, "", err
			}
			l.Level1, l.Level2 = entry.Level1, either(l.Level2, entry.Level2)
		}
	}
	if l.Level1 == "" {
		return l, "", wrong("不知道“%s”属于哪一类。用 --level1 和 --level2 写明，如 --level1 产出指标 --level2 数量指标。", name)
	}
	if t.Text != "" {
		setTarget(&l, t.Text)
		l.Basis = either(l.Basis, t.Basis)
	} else {
		l.Comparison, l.Unit = either(l.Comparison, t.Comparison), either(l.Unit, t.Unit)
		note = either(t.Note, "没有可建议的目标值，自己填。")
	}
	if l.Weight == nil {
		l.Weight = w.Points
	}
	return l, note, nil
}

func either(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func newDraftWeigh(e *env) *cobra.Command {
	var keep bool
	cmd := &cobra.Command{
		Use:   "weigh ID",
		Short: "Spread the points of the rule set over the lines of a draft",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return edit(cmd, e, args[0], func(ctx context.Context, s service, v *workspace.DraftView) error {
				b := &v.Body
				if len(b.Lines) == 0 {
					return wrong("草稿里还没有指标，没有可分的行。先用 draft add 加入。")
				}
				res, err := s.Weigh(ctx, workspace.WeighRequest{RuleSet: b.RuleSet, Sector: b.Sector, Project: b.Project, Department: b.Department, Goal: b.Goal, Lines: b.Lines, Keep: keep})
				if err != nil {
					return err
				}
				if len(res.Weights) != len(b.Lines) {
					return fmt.Errorf("weigh: %d weights for %d lines", len(res.Weights), len(b.Lines))
				}
				for i := range res.Weights {
					b.Lines[i].Weight = &res.Weights[i].Points
				}
				if res.Note != "" {
					fmt.Fprintln(e.stderr, res.Note)
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&keep, "keep", false, "fill empty weights only")
	return cmd
}
