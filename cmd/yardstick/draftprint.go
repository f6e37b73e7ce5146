package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yardstick"
	"yardstick/indicators/scoring"
	"yardstick/workspace"
)

// readText reads a text file, or standard input for "-".
func readText(e *env, name string) (string, error) {
	const longest = 4 << 20
	in := e.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", &yardstick.Error{Kind: yardstick.NotFound, Op: "draft", Err: err, Msg: name + " 打不开。核对路径后重试。"}
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, longest+1))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	if len(b) > longest {
		return "", wrong("%s 超过 %d MB，不像一份文稿。", name, longest>>20)
	}
	return string(b), nil
}

// printDraft says what a change made of a draft. The id comes first, for scripts.
func printDraft(e *env, d workspace.Draft) error {
	if e.format == "json" {
		return writeJSON(e.stdout, d)
	}
	sum := 0.0
	for _, l := range d.Body.Lines {
		if l.Weight != nil {
			sum += *l.Weight
		}
	}
	away := ""
	if d.Deleted != nil {
		away = "，已收起（draft restore 恢复）"
	}
	_, err := fmt.Fprintf(e.stdout, "%s  %s：第 %d 版，%d 个指标，权重合计 %s 分%s\n", d.ID, either(clip(d.Body.Project, 40), "（没有名称）"), d.Revision, len(d.Body.Lines), strconv.FormatFloat(sum, 'g', 6, 64), away)
	if d.Revision == 1 && d.Origin.Note != "" {
		fmt.Fprintln(e.stderr, d.Origin.Note)
	}
	return err
}

func yearWord(y int) string {
	if y == 0 {
		return "—"
	}
	return strconv.Itoa(y)
}

// printDraftView prints a draft with what stands beside it.
func printDraftView(e *env, v workspace.DraftView) error {
	if e.format == "json" {
		return writeJSON(e.stdout, v)
	}
	t := table{head: []string{"行", "类别", "指标", "目标值", "权重", "设定依据", "在同类中的位置"}}
	n := 28
	if e.format == "csv" {
		n = 1 << 20
	}
	for i, l := range v.Body.Lines {
		where := ""
		if i < len(v.Values) {
			where = standing(v.Values[i].Tightness)
		}
		t.add(strconv.Itoa(i+1), l.Level1+"/"+l.Level2, clip(l.Name, n), clip(targetText(l), n), number(l.Weight), orDash(l.Basis), where)
	}
	if e.format == "csv" {
		return t.write(e.stdout, e.format)
	}
	w, b := e.stdout, v.Body
	fmt.Fprintf(w, "%s  %s（第 %d 版）\n", v.ID, either(b.Project, "（没有名称）"), v.Revision)
	if v.Sample {
		fmt.Fprintln(w, "示例数据")
	}
	fmt.Fprintf(w, "单位 %s  主管部门 %s  年度 %s  功能分类 %s  预算 %s 万元\n", orDash(b.Unit), orDash(b.Department), yearWord(b.Year), orDash(b.Sector), number(b.Budget))
	if b.Goal != "" {
		fmt.Fprintf(w, "总体目标：%s\n", b.Goal)
	}
	if err := t.write(w, e.format); err != nil {
		return err
	}
	var sums []string
	for _, s := range v.Sums {
		sums = append(sums, fmt.Sprintf("%s %s/%s", s.Level1, points(s.Sum), points(s.Due)))
	}
	fmt.Fprintf(w, "权重：%s，合计 %s/%s（%s，来源%s）\n", strings.Join(sums, "，"), points(v.Total), points(v.Frame.Total), v.Frame.RuleSet+" "+v.Frame.Version, either(scoring.Status(v.Frame.Status).Words(), "未写"))
	for _, task := range v.Tasks {
		if len(task.Lines) == 0 {
			fmt.Fprintf(w, "目标里写了，还没有指标：%s\n", task.Text)
		}
	}
	r := v.Review
	fmt.Fprintf(w, "审核：%s 分 · %s，%s（必改 %d，注意 %d；逐条见 draft review %s）\n", points(r.Points), r.Grade, r.Advice, r.Must, r.Watch, v.ID)
	for _, h := range v.LastYear {
		fmt.Fprintf(w, "以前填的：%s  %s 年 %s表（%s）\n", h.ID, year(h.Year), h.Kind.Title(), h.Project)
	}
	return nil
}

// targetText is a line's target as people write it.
func targetText(l workspace.DraftLine) string {
	if l.Comparison == qualitative && l.Target != "" {
		return l.Comparison + "：" + l.Target + l.Unit
	}
	return l.Comparison + l.Target + l.Unit
}

// standing is a target's place among peers in a few words.
func standing(t workspace.Tightness) string {
	if t.Word == "" {
		return "—"
	}
	out := t.Word
	if t.Percentile != nil {
		out += fmt.Sprintf(" · 第 %.0f 百分位（n=%d）", *t.Percentile, t.PercentileN)
	}
	if t.Chance != nil {
		out += fmt.Sprintf(" · 把握 %.0f%%（%d 年）", 100**t.Chance, t.ChanceN)
	}
	return out
}

func newDraftExport(e *env) *cobra.Command {
	var format, name string
	var force bool
	cmd := &cobra.Command{
		Use:   "export ID",
		Short: "Write a draft as the official form (xlsx or docx)",
		Long: `Writes the official form, which reads back in identical. Left out, FILE is named after the project. What must still be changed
by the review is said, and does not stop the export.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), "."); format == "" && (ext == "xlsx" || ext == "docx") {
				format = ext
			} else if format == "" && (name == "" || name == "-") {
				format = "xlsx"
			} else if (format != "xlsx" && format != "docx") || name != "" && name != "-" && ext != format {
				return usageError{fmt.Errorf("draft export --format %q -o %q: want xlsx or docx, and a file name that ends so", format, name)}
			}
			if name != "" && name != "-" {
				if err := free([]string{name}, force); err != nil {
					return err
				}
			}
			return e.with(cmd.Context(), func(ctx context.Context, s service) error {
				v, err := s.Draft(ctx, args[0])
				if err != nil {
					return err
				}
				if v.Review.Must > 0 {
					fmt.Fprintf(e.stderr, "还有 %d 处必改（draft review %s 看逐条），照样导出。\n", v.Review.Must, v.ID)
				}
				doc, err := s.ExportDraft(ctx, args[0], format)
				if err != nil {
					return err
				}
				to := name
				if to == "" {
					to = filepath.Base(doc.Name)
					if err := free([]string{to}, force); err != nil {
						return err
					}
				}
				return writeDocument(e, to, doc)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", "", "xlsx or docx; by the file name if left out")
	f.StringVarP(&name, "output", "o", "", "file to write; - is standard output")
	f.BoolVar(&force, "force", false, "overwrite a file that exists")
	return cmd
}
