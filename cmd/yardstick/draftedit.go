package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yardstick"
	"yardstick/indicators"
	"yardstick/workspace"
)

func wrong(format string, args ...any) error {
	return &yardstick.Error{Kind: yardstick.Invalid, Op: "draft", Msg: fmt.Sprintf(format, args...)}
}

// edit changes the body of a draft as one revision and says what came of it. A
// draft that moved on meanwhile keeps the change as a copy, which the error names.
func edit(cmd *cobra.Command, e *env, id string, change func(context.Context, service, *workspace.DraftView) error) error {
	return e.with(cmd.Context(), func(ctx context.Context, s service) error {
		v, err := s.Draft(ctx, id)
		if err != nil {
			return err
		}
		if err := change(ctx, s, &v); err != nil {
			return err
		}
		d, err := s.SaveDraft(ctx, id, workspace.DraftSave{Revision: v.Revision, Body: v.Body, Source: ofCLI})
		if err != nil {
			return err
		}
		return printDraft(e, d)
	})
}

func newDraftSet(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "set ID FIELD=VALUE…",
		Short: "Change facts of a draft, or fields of its lines",
		Long: `Facts: project, unit, department, region, year, sector, function, type, budget, fiscal, other, goal, rule_set.
Lines are named by their number: 3.name, 3.level1, 3.level2, 3.target (≥95%, or comparison, number and unit in 3.comparison,
3.target, 3.unit), 3.weight, 3.basis, 3.note. An empty value clears the field.`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return edit(cmd, e, args[0], func(_ context.Context, _ service, v *workspace.DraftView) error {
				for _, a := range args[1:] {
					field, value, ok := strings.Cut(a, "=")
					if !ok {
						return usageError{fmt.Errorf("draft set %q: want FIELD=VALUE", a)}
					}
					if err := setField(&v.Body, strings.TrimSpace(field), strings.TrimSpace(value)); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func newDraftRemove(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "remove ID LINE",
		Short: "Take a line out of a draft",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return edit(cmd, e, args[0], func(_ context.Context, _ service, v *workspace.DraftView) error {
				i, err := lineAt(&v.Body, args[1])
				if err != nil {
					return err
				}
				v.Body.Lines = slices.Delete(v.Body.Lines, i, i+1)
				return nil
			})
		},
	}
}

func lineAt(b *workspace.DraftBody, s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > len(b.Lines) {
		return 0, wrong("没有第 %s 行：这份草稿有 %d 行，从 1 数起。", s, len(b.Lines))
	}
	return n - 1, nil
}

// setField sets one fact, or one field of a line.
func setField(b *workspace.DraftBody, field, value string) error {
	if at, name, ok := strings.Cut(field, "."); ok {
		i, err := lineAt(b, at)
		if err != nil {
			return err
		}
		return setLine(&b.Lines[i], name, value)
	}
	if to, ok := map[string]*string{"project": &b.Project, "unit": &b.Unit, "department": &b.Department, "region": &b.Region, "sector": &b.Sector, "function": &b.Function,
		"type": &b.Type, "goal": &b.Goal, "rule_set": &b.RuleSet}[field]; ok {
		*to = value
		return nil
	}
	if to, ok := map[string]**float64{"budget": &b.Budget, "fiscal": &b.Fiscal, "other": &b.Other}[field]; ok {
		return setNumber(to, field, value, "万元")
	}
	if field == "year" {
		n, err := strconv.Atoi(value)
		if value != "" && err != nil {
			return wrong("year 写成四位年份，如 2025，现为“%s”。", value)
		}
		b.Year = n
		return nil
	}
	return usageError{fmt.Errorf("draft set: no field %q; `yardstick draft set --help` lists them", field)}
}

func setNumber(to **float64, field, value, unit string) error {
	if value == "" {
		*to = nil
		return nil
	}
	x, err := strconv.ParseFloat(strings.NewReplacer(",", "", "，", "").Replace(value), 64)
	if err != nil || x < 0 || x-x != 0 { // NaN and Inf are no numbers of a form
		return wrong("%s 写成数（%s），现为“%s”。", field, unit, value)
	}
	*to = &x
	return nil
}

func setLine(l *workspace.DraftLine, name, value string) error {
	if to, ok := map[string]*string{"name": &l.Name, "level1": &l.Level1, "level2": &l.Level2, "comparison": &l.Comparison, "unit": &l.Unit, "basis": &l.Basis, "note": &l.Note, "entry": &l.Entry}[name]; ok {
		*to = value
		if name == "name" {
			l.Entry = "" // it is another indicator now
		}
		return nil
	}
	switch name {
	case "target":
		setTarget(l, value)
		return nil
	case "weight":
		return setNumber(&l.Weight, "weight", value, "分")
	}
	return usageError{fmt.Errorf("draft set: a line has no field %q; `yardstick draft set --help` lists them", name)}
}

// qualitative is the comparison of a line whose target is words.
const qualitative = "定性"

// setTarget writes a target as people write it, "≥ 95 %", into its three cells.
// A bare number replaces the number only, and a number with its unit keeps the
// comparison; words are a qualitative target; ranges and dates stay as written.
func setTarget(l *workspace.DraftLine, value string) {
	v := indicators.Parse(value)
	if _, err := strconv.ParseFloat(value, 64); err == nil || value == "" {
		l.Target = value
		return
	}
	if v.Kind != indicators.Number {
		l.Comparison, l.Target, l.Unit = "", value, ""
		if v.Kind == indicators.Level || v.Kind == indicators.Text {
			l.Comparison = qualitative
		}
		return
	}
	x := v.Low
	if v.Comparison == indicators.AtMost || v.Comparison == indicators.Below {
		x = v.High
	}
	cells := *l
	cells.Target = strconv.FormatFloat(x, 'f', -1, 64)
	if v.Comparison != indicators.None {
		cells.Comparison = string(v.Comparison)
	}
	if v.Unit.Name != "" {
		cells.Unit = v.Unit.Name
	}
	// Where the three cells would not read as what was typed, the text stays whole.
	if got := cells.Value(); got.Kind != v.Kind || v.Comparison != indicators.None && (got.Comparison != v.Comparison || got.Low != v.Low || got.High != v.High) {
		cells.Comparison, cells.Target, cells.Unit = "", value, ""
	}
	*l = cells
}

func newDraftFix(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "fix ID N",
		Short: "Do what finding N of `draft review` proposes",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return edit(cmd, e, args[0], func(_ context.Context, _ service, v *workspace.DraftView) error {
				n, err := strconv.Atoi(args[1])
				if err != nil || n < 1 || n > len(v.Review.Findings) {
					return wrong("没有第 %s 条：审核现有 %d 条，从 1 数起（draft review %s）。", args[1], len(v.Review.Findings), args[0])
				}
				f := v.Review.Findings[n-1]
				if f.Fix == nil {
					return wrong("第 %d 条不能直接改：%s", n, f.Do)
				}
				i, err := lineAt(&v.Body, strconv.Itoa(f.Line))
				if err != nil {
					return err
				}
				if _, ok := f.Fix.Set["delete"]; ok {
					v.Body.Lines = slices.Delete(v.Body.Lines, i, i+1)
					return nil
				}
				for _, field := range slices.Sorted(maps.Keys(f.Fix.Set)) {
					if err := setRaw(&v.Body.Lines[i], field, f.Fix.Set[field]); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

// setRaw sets a field to what it says, without reading a target as people write
// it.
func setRaw(l *workspace.DraftLine, field, value string) error {
	if field == "target" {
		l.Target = value
		return nil
	}
	return setLine(l, field, value)
}
