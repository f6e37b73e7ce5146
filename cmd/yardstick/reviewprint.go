package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"yardstick/indicators/scoring"
	"yardstick/workspace"
)

// printRound prints a round's forms, worst first, and what could not be read.
func printRound(e *env, round workspace.ReviewRound, findings bool) error {
	switch {
	case e.format == "json":
		if err := eachJSON(e, round.Items); err != nil {
			return err
		}
	case e.format == "csv" && findings:
		if err := printFindingsCSV(e, round.Items); err != nil {
			return err
		}
	default:
		if err := printReviews(e, round.Items); err != nil {
			return err
		}
		if findings {
			for _, r := range round.Items {
				fmt.Fprintf(e.stdout, "\n%s（%s，%s 分 · %s，%s）\n", r.Project, at(r.File, r.Sheet), points(r.Points), r.Grade, r.Advice)
				printFindings(e.stdout, r, false)
			}
		}
	}
	// What a person wants to know of the round as a whole goes beside the data.
	w := e.stderr
	must := 0
	for _, r := range round.Items {
		must += r.Must
	}
	fmt.Fprintf(w, "审核 %s“%s”：%d 份表单，必改 %d 处，用时 %s 秒\n", round.ID, round.Title, len(round.Items), must, strconv.FormatFloat(round.TookMS/1000, 'f', 1, 64))
	if round.Sample {
		fmt.Fprintln(w, "其中有示例数据。")
	}
	for i, s := range round.Skips {
		if i == 10 {
			fmt.Fprintf(w, "  … 另有 %d 份没有审核\n", len(round.Skips)-i)
			break
		}
		fmt.Fprintf(w, "  没有审核  %s\n", s)
	}
	printIssues(w, "没有读出", round.Unread, 20)
	return nil
}

func printReviews(e *env, list []workspace.Review) error {
	t := table{head: []string{"得分", "等级", "必改", "注意", "建议", "项目", "单位", "年度", "预算（万元）", "指标", "位置", "表单编号"}}
	n := 24
	if e.format == "csv" {
		n = 1 << 20
	}
	for _, r := range list {
		year := "—"
		if r.Year > 0 {
			year = strconv.Itoa(r.Year)
		}
		advice := r.Advice
		if v := r.Decision; v != nil {
			advice = map[string]string{"pass": "已定：通过", "return": "已定：退回修改"}[v.Verdict]
		}
		file := r.File
		if e.format != "csv" && file != "" {
			file = filepath.Base(file) // its folder is on the command line
		}
		t.add(points(r.Points), r.Grade, count(r.Must), count(r.Watch), advice, clip(r.Project, n), clip(r.Unit, n), year, number(r.Budget), count(r.Lines), clip(at(file, r.Sheet), 2*n), r.ID)
	}
	return t.write(e.stdout, e.format)
}

// severities are the words for people.
var severities = map[string]string{"must": "必改", "watch": "注意"}

// printFindings prints the findings with their numbers; with fix, also what
// `draft fix` can do about them.
func printFindings(w io.Writer, r workspace.Review, fix bool) {
	if len(r.Findings) == 0 {
		fmt.Fprintln(w, "  没有发现问题。")
	}
	for i, f := range r.Findings {
		where := f.Cell
		if where == "" && f.Line > 0 {
			where = fmt.Sprintf("第 %d 行", f.Line)
		}
		if where == "" {
			where = "整份"
		}
		name := ""
		if f.Indicator != "" {
			name = "“" + f.Indicator + "” "
		}
		fmt.Fprintf(w, "  %d  %s  %s  %s%s（规则 %s）\n      %s\n      怎么改：%s\n", i+1, severities[f.Severity], where, name, f.Title, f.Rule, f.Why, f.Do)
		if fix && f.Fix != nil {
			fmt.Fprintf(w, "      可直接改：%s（draft fix %s %d）\n", f.Fix.Label, r.ID, i+1)
		}
	}
	if unchecked := uncheckedRules(r); unchecked != "" {
		fmt.Fprintf(w, "  没有查：%s\n", unchecked)
	}
}

func uncheckedRules(r workspace.Review) string {
	var out []string
	for _, c := range r.Checks {
		if c.Answer == "unchecked" {
			out = append(out, c.Title+"（"+strings.TrimSuffix(c.Why, "。")+"）")
		}
	}
	return strings.Join(out, "；")
}

func printFindingsCSV(e *env, list []workspace.Review) error {
	t := table{head: []string{"form", "file", "sheet", "cell", "project", "severity", "rule", "title", "line", "indicator", "field", "raw", "why", "do", "source", "source_status"}}
	for _, r := range list {
		for _, f := range r.Findings {
			t.add(r.ID, r.File, r.Sheet, f.Cell, r.Project, severities[f.Severity], f.Rule, f.Title, count(f.Line), f.Indicator, f.Field, f.Raw, f.Why, f.Do, f.Source, scoring.Status(f.SourceStatus).Words())
		}
	}
	return t.write(e.stdout, e.format)
}

// at is file › sheet, as far as known.
func at(file, sheet string) string {
	switch {
	case file == "":
		return "库里"
	case sheet == "":
		return file
	}
	return file + " › " + sheet
}

func formName(r workspace.Review) string {
	if r.Project != "" {
		return r.Project
	}
	return at(r.File, r.Sheet)
}

func points(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func sourceWord(s string) string {
	if w, ok := map[string]string{"upload": "上传", "forms": "库里", "cli": "命令行", "api": "接口", "page": "网页"}[s]; ok {
		return w
	}
	return s
}

// fileWords makes a file name of what people wrote.
func fileWords(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, clip(s, 60)))
}

// eachJSON writes one value a line.
func eachJSON[T any](e *env, list []T) error {
	for _, v := range list {
		if err := writeJSON(e.stdout, v); err != nil {
			return err
		}
	}
	return nil
}
