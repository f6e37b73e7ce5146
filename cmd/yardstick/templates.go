package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"yardstick/workspace"
)

func newTemplates(e *env) *cobra.Command {
	var q workspace.TemplateQuery
	cmd := &cobra.Command{
		Use:   "templates [ID]",
		Short: "List the project types with their typical indicators, or show one",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				if len(args) == 1 {
					x, err := s.Template(ctx, args[0])
					if err != nil {
						return err
					}
					return printTemplate(e, x)
				}
				list, err := s.Templates(ctx, q)
				if err != nil {
					return err
				}
				t := table{head: []string{"编号", "项目类型", "功能分类", "指标", "识别词"}}
				for _, x := range list {
					if e.format == "json" {
						if err := writeJSON(e.stdout, x); err != nil {
							return err
						}
						continue
					}
					t.add(x.ID, x.Name, x.Sector, count(len(x.Items)), clip(fmt.Sprint(x.Words), 40))
				}
				if e.format == "json" {
					return nil
				}
				return t.write(e.stdout, e.format)
			})
		},
	}
	cmd.Flags().StringVar(&q.Text, "text", "", "only types whose name, words or goal contain this")
	cmd.Flags().StringVar(&q.Sector, "sector", "", "only this functional class")
	return cmd
}

func printTemplate(e *env, x workspace.Template) error {
	if e.format == "json" {
		return writeJSON(e.stdout, x)
	}
	fmt.Fprintf(e.stderr, "%s %s（%s）\n目标写法：%s\n", x.ID, x.Name, x.Sector, x.Goal)
	t := table{head: []string{"一级", "二级", "编号", "指标", "性质", "单位", "分值", "核心", "项目"}}
	for _, it := range x.Items {
		core := ""
		if it.Core {
			core = "是"
		}
		t.add(it.Level1, it.Level2, it.ID, clip(it.Name, 28), it.Comparison, it.Unit, strconv.FormatFloat(it.Points, 'f', -1, 64), core, count(it.Projects))
	}
	t.add("", "", "", "预算执行率", "", "%", "10", "", "")
	return t.write(e.stdout, e.format)
}

func newCases(e *env) *cobra.Command {
	var q workspace.CaseQuery
	cmd := &cobra.Command{
		Use:   "cases",
		Short: "List the filed forms worth imitating, best first",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				list, err := s.Cases(ctx, q)
				if err != nil {
					return err
				}
				if e.format == "json" {
					return writeJSON(e.stdout, list)
				}
				fmt.Fprintf(e.stderr, "看过 %d 份表，列出 %d 份。%s\n", list.Judged, list.Total, list.Rule)
				t := table{head: []string{"质量", "年度", "类型", "项目", "单位", "项目类型", "为什么"}}
				for _, c := range list.Cases {
					why := ""
					for _, m := range c.Marks {
						why += fmt.Sprintf("%s %g/%g：%s。", m.Name, m.Points, m.Of, m.Why)
					}
					t.add(strconv.FormatFloat(c.Quality, 'f', 1, 64), year(c.Year), c.Kind.Title(), clip(c.Project, 24), clip(c.Unit, 16), c.Type, clip(why, 80))
				}
				return t.write(e.stdout, e.format)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.Text, "text", "", "only forms whose project, unit or goal contains this")
	f.StringVar(&q.Sector, "sector", "", "only this functional class")
	f.StringVar(&q.Type, "type", "", "only this project type")
	f.IntVar(&q.Year, "year", 0, "only this year")
	f.BoolVar(&q.All, "all", false, "also the forms below the line")
	f.IntVar(&q.Limit, "limit", 0, "at most this many (0: 50)")
	return cmd
}
