package main

import (
	"context"

	"github.com/spf13/cobra"

	"yardstick"
	"yardstick/workspace"
)

func newForms(e *env) *cobra.Command {
	var q workspace.FormQuery
	var kind string
	cmd := &cobra.Command{
		Use:   "forms [PATH…]",
		Short: "Print forms as read, from the workspace or straight from files",
		Long: `Prints the forms in force. With --format json each form is one JSON object on a line, with money in 万元, level1
without its points, name without its numbering, and null where the form shows nothing. With paths, the files are read
and printed without being stored, and no workspace is needed.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			q.Kind = yardstick.FormKind(kind)
			if len(args) > 0 {
				return printFiles(cmd.Context(), e, args)
			}
			s, err := e.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer s.Close()
			return printForms(cmd.Context(), e, s, q)
		},
	}
	cmd.Flags().IntVar(&q.Year, "year", 0, "only this year")
	cmd.Flags().StringVar(&kind, "form", "", "only this kind: target, monitoring, self_evaluation, department_target, department_self_evaluation")
	cmd.Flags().StringVar(&q.Department, "department", "", "only this department or unit")
	cmd.Flags().StringVar(&q.Text, "text", "", "only forms whose project, unit or department contains this")
	return cmd
}

func printForms(ctx context.Context, e *env, s service, q workspace.FormQuery) error {
	if e.format == "json" {
		return s.EachForm(ctx, q, func(f workspace.Form) error { return writeJSON(e.stdout, f) })
	}
	t := formTable()
	err := s.EachForm(ctx, q, func(f workspace.Form) error { addForm(t, f); return nil })
	if err != nil {
		return err
	}
	return t.write(e.stdout, e.format)
}

// printFiles reads files and prints their forms; rejected files go to standard
// error and make the exit code 3.
func printFiles(ctx context.Context, e *env, paths []string) error {
	forms, rejected, err := workspace.ReadForms(ctx, paths)
	if err != nil {
		return err
	}
	t := formTable()
	for _, f := range forms {
		if e.format == "json" {
			if err := writeJSON(e.stdout, f); err != nil {
				return err
			}
			continue
		}
		addForm(t, f)
	}
	if e.format != "json" {
		if err := t.write(e.stdout, e.format); err != nil {
			return err
		}
	}
	if len(rejected) > 0 {
		printIssues(e.stderr, "未读出", rejected, 50)
		return errRejected
	}
	return nil
}

func formTable() *table {
	return &table{head: []string{"年度", "类型", "项目", "单位", "全年预算", "总分", "指标", "文件"}}
}

func addForm(t *table, f workspace.Form) {
	unit := f.Unit
	if unit == nil {
		unit = f.Department
	}
	t.add(year(f.Year), f.Kind.Title(), clip(text(f.Project), 24), clip(text(unit), 16), number(f.Budget.FullYear),
		number(f.TotalScore), count(len(f.Lines)), clip(f.File, 60))
}
