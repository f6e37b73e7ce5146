package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"yardstick"
	"yardstick/workspace"
)

func newDraft(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "draft",
		Short: "Write a target form: start, edit, weigh, review, export",
		Long: `A draft is a target form being written. Every change makes a revision that can be undone; drafts are put away, never deleted
from disk. From nothing to an exported form:

  ID=$(yardstick draft new --id-only --project 农村公路养护 --unit 某县公路中心 --year 2025 --budget 312 --goal …)
  draft suggest ID                   what to add, with value, basis, chance and weight
  draft add ID NAME…                 add an indicator with its suggested value and weight
  draft set ID goal=… 3.target=≥95%  change facts, or fields of line 3
  draft weigh ID                     spread the points of the rule set over the lines
  draft review ID                    what must be changed before approval
  draft fix ID N                     do what finding N proposes
  draft export ID -o FILE.xlsx       the official form, which reads back in identical

Also draft list, show, remove, undo, redo, delete and restore.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newDraftNew(e), newDraftList(e), newDraftShow(e), newDraftSuggest(e), newDraftAdd(e), newDraftSet(e), newDraftRemove(e), newDraftFix(e), newDraftWeigh(e), newDraftReview(e), newDraftExport(e),
		newDraftStep(e, "undo", "Go back one revision", func(ctx context.Context, s service, id string) (workspace.Draft, error) {
			return s.UndoDraft(ctx, id, false)
		}),
		newDraftStep(e, "redo", "Go forward again", func(ctx context.Context, s service, id string) (workspace.Draft, error) {
			return s.UndoDraft(ctx, id, true)
		}),
		newDraftStep(e, "delete", "Put a draft away", func(ctx context.Context, s service, id string) (workspace.Draft, error) {
			return s.DeleteDraft(ctx, id, false)
		}),
		newDraftStep(e, "restore", "Bring a draft back that was put away", func(ctx context.Context, s service, id string) (workspace.Draft, error) {
			return s.DeleteDraft(ctx, id, true)
		}))
	return cmd
}

// newDraftStep is a command that does one thing to a draft and says what came of
// it.
func newDraftStep(e *env, name, short string, do func(context.Context, service, string) (workspace.Draft, error)) *cobra.Command {
	return &cobra.Command{Use: name + " ID", Short: short, Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		return e.with(cmd.Context(), func(ctx context.Context, s service) error {
			d, err := do(ctx, s, args[0])
			if err != nil {
				return err
			}
			return printDraft(e, d)
		})
	}}
}

func newDraftNew(e *env) *cobra.Command {
	var start workspace.DraftStart
	var budget, fiscal, other float64
	var text, file string
	var idOnly bool
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Start a draft: empty, from a filed form, a template, or a document",
		Long: `Starts a draft and prints a line that begins with its id; for scripts, --id-only prints nothing else:
ID=$(yardstick draft new --id-only --project …). Wants --project or something to start from. What the flags state wins over
what it is started from. With --key the same command again gives the same draft.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			named := 0
			for _, s := range []string{start.Form, start.Template, text, file} {
				if s != "" {
					named++
				}
			}
			if named > 1 {
				return usageError{errors.New("draft new: give one of --from-form, --template, --from-text and --from-file")}
			}
			if named == 0 && strings.TrimSpace(start.Body.Project) == "" {
				return usageError{errors.New("draft new: give --project NAME, or one of --from-form, --template, --from-text and --from-file")}
			}
			for name, p := range map[string]struct {
				from *float64
				to   **float64
			}{"budget": {&budget, &start.Body.Budget}, "fiscal": {&fiscal, &start.Body.Fiscal}, "other": {&other, &start.Body.Other}} {
				if cmd.Flags().Changed(name) {
					*p.to = p.from
				}
			}
			if text != "" {
				b, err := readText(e, text)
				if err != nil {
					return err
				}
				if start.Text = b; strings.TrimSpace(b) == "" {
					return &yardstick.Error{Kind: yardstick.Invalid, Op: "draft", Msg: text + " 里没有文字。"}
				}
			}
			if file != "" {
				start.File = &workspace.Upload{Name: file, Open: opener(file)}
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				d, err := s.StartDraft(ctx, start)
				if err != nil {
					return err
				}
				if idOnly {
					_, err := fmt.Fprintln(e.stdout, d.ID)
					return err
				}
				return printDraft(e, d)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&start.Form, "from-form", "", "id of a filed form, such as last year's (`yardstick forms`)")
	f.StringVar(&start.Template, "template", "", "id of a template (`yardstick templates`)")
	f.StringVar(&text, "from-text", "", "file with the text of a document; - reads standard input")
	f.StringVar(&file, "from-file", "", "document (docx, xlsx, html, txt)")
	f.StringVar(&start.Key, "key", "", "the same key gives the same draft again")
	f.BoolVar(&idOnly, "id-only", false, "print nothing but the id")
	b := &start.Body
	f.StringVar(&b.Project, "project", "", "project name")
	f.StringVar(&b.Unit, "unit", "", "implementing unit (实施单位)")
	f.StringVar(&b.Department, "department", "", "department in charge (主管部门)")
	f.StringVar(&b.Region, "region", "", "region")
	f.IntVar(&b.Year, "year", 0, "budget year")
	f.StringVar(&b.Sector, "sector", "", "functional class (功能分类)")
	f.StringVar(&b.Type, "type", "", "id of a template (project type)")
	f.StringVar(&b.Goal, "goal", "", "annual goal")
	f.StringVar(&b.RuleSet, "rule-set", "", "rule set whose points are spread; the one in force if left out")
	f.Float64Var(&budget, "budget", 0, "budget in 万元")
	f.Float64Var(&fiscal, "fiscal", 0, "of it 财政拨款, in 万元")
	f.Float64Var(&other, "other", 0, "of it other funds, in 万元")
	return cmd
}

func newDraftList(e *env) *cobra.Command {
	var deleted bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the drafts, latest first",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				list, err := s.Drafts(ctx, deleted)
				if err != nil {
					return err
				}
				if e.format == "json" {
					return eachJSON(e, list)
				}
				t := table{head: []string{"编号", "项目", "单位", "年度", "预算（万元）", "指标", "权重", "版", "改于", "说明"}}
				for _, d := range list {
					note := ""
					if d.CopyOf != "" {
						note = d.CopyOf + " 的副本"
					}
					if d.Sample {
						note = strings.TrimSpace(note + " 示例数据")
					}
					t.add(d.ID, clip(d.Project, 28), clip(d.Unit, 16), yearWord(d.Year), number(d.Budget), count(d.Lines), points(d.Points), count(d.Revision), d.Updated.Local().Format("2006-01-02 15:04"), note)
				}
				return t.write(e.stdout, e.format)
			})
		},
	}
	cmd.Flags().BoolVar(&deleted, "deleted", false, "those that were put away instead")
	return cmd
}

func newDraftShow(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Print a draft with its sums, open tasks and findings",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				v, err := s.Draft(ctx, args[0])
				if err != nil {
					return err
				}
				return printDraftView(e, v)
			})
		},
	}
}

func newDraftSuggest(e *env) *cobra.Command {
	limit := 0
	cmd := &cobra.Command{
		Use:   "suggest ID",
		Short: "Suggest what to add to a draft",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				v, err := s.Draft(ctx, args[0])
				if err != nil {
					return err
				}
				res, err := s.Suggest(ctx, asking(v.Body, limit))
				if err != nil {
					return err
				}
				return printSuggestions(e, res)
			})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "at most this many (0: 20)")
	return cmd
}

// asking is what a draft asks suggestions for.
func asking(b workspace.DraftBody, limit int) workspace.SuggestRequest {
	req := workspace.SuggestRequest{Project: b.Project, Unit: b.Unit, Year: b.Year, Type: b.Type, Sector: b.Sector, Department: b.Department, Goal: b.Goal, Budget: b.Budget, Limit: limit}
	for _, l := range b.Lines {
		if strings.TrimSpace(l.Name) != "" {
			req.Have = append(req.Have, l.Name)
		}
	}
	return req
}

func newDraftReview(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "review ID",
		Short: "Say what must be changed in a draft before approval",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				v, err := s.Draft(ctx, args[0])
				if err != nil {
					return err
				}
				r := v.Review
				switch e.format {
				case "json":
					return writeJSON(e.stdout, r)
				case "csv":
					return printFindingsCSV(e, []workspace.Review{r})
				}
				fmt.Fprintf(e.stdout, "%s  %s 分 · %s  %s（必改 %d，注意 %d）\n%s\n", r.Project, points(r.Points), r.Grade, r.Advice, r.Must, r.Watch, r.History)
				t := table{head: []string{"审核内容", "满分", "得分", "等级", "理由"}}
				for _, m := range r.Marks {
					t.add(m.Group+"："+m.Item, points(m.Of), points(m.Points), m.Grade, clip(m.Why, 60))
				}
				if err := t.write(e.stdout, e.format); err != nil {
					return err
				}
				printFindings(e.stdout, r, true)
				return nil
			})
		},
	}
}
