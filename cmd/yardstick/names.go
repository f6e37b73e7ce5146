package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yardstick/workspace"
)

func newNames(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "names",
		Short: "Review what the names on filed forms stand for",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newNamesReview(e), newNamesDecide(e), newNamesImport(e), newNamesProposals(e), newNamesUndo(e))
	return cmd
}

func newNamesReview(e *env) *cobra.Command {
	var q workspace.NameQuery
	var file string
	cmd := &cobra.Command{
		Use:   "review",
		Short: "List names as filed with their entry, confidence and reason",
		Long: `Lists the names, most used first. With --export the list is written as a CSV table in which a person fills in 处理
(确认, 不是, 改为, 库里没有) and 改为指标编号; ` + "`names import`" + ` takes it over.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				if file != "" {
					if file != "-" && strings.ToLower(filepath.Ext(file)) != ".csv" {
						return usageError{fmt.Errorf("names review --export %s：写成 CSV，文件名要以 .csv 结尾，或写 - 输出到屏幕", file)}
					}
					return writeFile(e, file, func(w io.Writer) error { return s.ExportNames(ctx, q, w) })
				}
				list, err := s.Names(ctx, q)
				if err != nil {
					return err
				}
				if e.format == "json" {
					return writeJSON(e.stdout, list)
				}
				for _, c := range list.States {
					fmt.Fprintf(e.stderr, "%s %d 种（%d 行）  ", c.Label, c.Names, c.Lines)
				}
				fmt.Fprintln(e.stderr)
				states := map[string]string{}
				for _, c := range list.States {
					states[c.State] = c.Label
				}
				t := table{head: []string{"写法", "功能分类", "项目", "状态", "编号", "对应指标", "把握", "理由"}}
				for _, n := range list.Names {
					t.add(clip(n.Name, 28), n.Sector, count(n.Projects), states[n.State], n.Entry, clip(n.EntryName, 24), strconv.FormatFloat(n.Confidence, 'f', 2, 64), clip(n.Reason, 48))
				}
				return t.write(e.stdout, e.format)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.State, "state", "", "only matched, doubtful, unmatched or decided")
	f.StringVar(&q.Text, "text", "", "only names that contain this")
	f.StringVar(&q.Sector, "sector", "", "only forms of this functional class")
	f.StringVar(&q.Entry, "entry", "", "only names that stand for this entry")
	f.IntVar(&q.Limit, "limit", 0, "at most this many, up to 10000 (0: 50)")
	f.StringVar(&file, "export", "", "write all of them to this CSV file; - is standard output")
	return cmd
}

func newNamesDecide(e *env) *cobra.Command {
	d := workspace.Decision{Source: ofCLI}
	var is, not string
	var none bool
	cmd := &cobra.Command{
		Use:   "decide NAME (--is ID | --not ID | --none)",
		Short: "Say what a name stands for",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d.Name = strings.Join(args, " ")
			said := 0
			for _, c := range []struct {
				given          bool
				verdict, entry string
			}{{is != "", "is", is}, {not != "", "not", not}, {none, "none", ""}} {
				if c.given {
					d.Verdict, d.Entry = c.verdict, c.entry
					said++
				}
			}
			if said != 1 {
				return usageError{fmt.Errorf("names decide: give one of --is ID, --not ID and --none")}
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				done, err := s.Decide(ctx, []workspace.Decision{d})
				if err != nil {
					return err
				}
				return printDecisions(e, done)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&is, "is", "", "it stands for this entry")
	f.StringVar(&not, "not", "", "it does not stand for this entry")
	f.BoolVar(&none, "none", false, "it is in no library")
	f.StringVar(&d.Sector, "sector", "", "only on forms of this functional class")
	f.StringVar(&d.Note, "note", "", "a word on why")
	return cmd
}

func printDecisions(e *env, list []workspace.Decision) error {
	if e.format == "json" {
		for _, d := range list {
			if err := writeJSON(e.stdout, d); err != nil {
				return err
			}
		}
		return nil
	}
	verdicts := map[string]string{"is": "对应", "not": "不是", "none": "库里没有"}
	t := table{head: []string{"号", "时间", "写法", "功能分类", "决定", "编号", "指标", "备注"}}
	for _, d := range list {
		note := d.Note
		if d.Undone {
			note = strings.TrimSpace("已撤销 " + note)
		}
		t.add(count(d.ID), d.At.Local().Format("2006-01-02 15:04"), clip(d.Name, 28), d.Sector, verdicts[d.Verdict], d.Entry, clip(d.EntryName, 24), note)
	}
	return t.write(e.stdout, e.format)
}

func newNamesImport(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE.csv",
		Short: "Take over the decisions of a table that `names review --export` wrote",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				res, err := s.ImportNames(ctx, args[0], opener(args[0]), ofCLI)
				if err != nil {
					return err
				}
				if e.format == "json" {
					if err := writeJSON(e.stdout, res); err != nil {
						return err
					}
				} else {
					for _, p := range res.Rejected {
						fmt.Fprintf(e.stderr, "没有收  %s  %s  %s\n", p.Cell, clip(p.Raw, 24), p.Message)
					}
					t := table{head: []string{"行", "收下", "没有变化", "没有填", "没有收"}}
					t.add(count(res.Rows), count(res.Taken), count(res.Unchanged), count(res.Empty), count(len(res.Rejected)))
					if err := t.write(e.stdout, e.format); err != nil {
						return err
					}
				}
				if len(res.Rejected) > 0 {
					return errRejected
				}
				return nil
			})
		},
	}
}

func newNamesProposals(e *env) *cobra.Command {
	var sector string
	var limit int
	cmd := &cobra.Command{
		Use:   "proposals",
		Short: "List clusters of names that the library lacks",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				list, err := s.Proposals(ctx, sector, limit)
				if err != nil {
					return err
				}
				t := table{head: []string{"拟增指标", "二级", "功能分类", "单位", "项目", "写法"}}
				for _, p := range list {
					if e.format == "json" {
						if err := writeJSON(e.stdout, p); err != nil {
							return err
						}
						continue
					}
					t.add(clip(p.Name, 28), p.Level2, p.Sector, p.Unit, count(p.Projects), clip(strings.Join(p.Members, "；"), 60))
				}
				if e.format == "json" {
					return nil
				}
				return t.write(e.stdout, e.format)
			})
		},
	}
	cmd.Flags().StringVar(&sector, "sector", "", "only forms of this functional class")
	cmd.Flags().IntVar(&limit, "limit", 0, "at most this many (0: 50)")
	return cmd
}

// logNumber is a number of a log; they begin at 1.
func logNumber(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 0, fmt.Errorf("“%s”不是号", s)
	}
	return n, nil
}

func newNamesUndo(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "undo [NUMBER]",
		Short: "Take a decision back, or list the decisions",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return errors.New("names undo：一次只撤销一个决定，只写一个号")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			n := 0
			if len(args) == 1 {
				var err error
				if n, err = logNumber(args[0]); err != nil {
					return usageError{fmt.Errorf("names undo：%w，应为决定的号；不写号就列出决定", err)}
				}
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				if n > 0 {
					if err := s.UndoDecision(ctx, n, ofCLI); err != nil {
						return err
					}
				}
				list, err := s.Decisions(ctx, 50, 0)
				if err != nil {
					return err
				}
				return printDecisions(e, list)
			})
		},
	}
	return cmd
}
