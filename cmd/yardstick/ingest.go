package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"yardstick"
	"yardstick/workspace"
)

func newIngest(e *env) *cobra.Command {
	var mapping string
	var sample bool
	cmd := &cobra.Command{
		Use:   "ingest PATH…",
		Short: "Load files and folders as one batch",
		Long: `Loads forms (.xlsx .docx .html .csv .tsv; .xls .doc .wps .et through LibreOffice if it is installed) from files
and folders as one batch, which is stored whole or not at all. With --mapping the paths are extracts with one row per
indicator line (.csv .xlsx .parquet .arrow), whose columns the mapping file names (docs/mapping.md).

Loading the same file again changes nothing; a corrected form supersedes the earlier one, which is kept.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := e.open(cmd.Context(), mapping != "")
			if err != nil {
				return err
			}
			defer s.Close()
			bar := progress(e.stderr)
			res, err := s.Ingest(cmd.Context(), workspace.IngestRequest{
				Paths: args, Source: "cli", Sample: sample, Mapping: mapping, Progress: bar,
			})
			if err != nil {
				return err
			}
			if err := printIngest(e, res); err != nil {
				return err
			}
			if len(res.Rejected) > 0 {
				return errRejected
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&mapping, "mapping", "", "mapping file (TOML) for extracts with one row per indicator line")
	cmd.Flags().BoolVar(&sample, "sample", false, "mark the batch as sample data (示例数据)")
	return cmd
}

// progress draws a bar if w is a terminal, and nothing otherwise.
func progress(w io.Writer) func(workspace.Progress) {
	if !terminal(w) {
		return nil
	}
	var bar *progressbar.ProgressBar
	stage := ""
	return func(p workspace.Progress) {
		if bar == nil || p.Stage != stage {
			stage = p.Stage
			bar = progressbar.NewOptions(p.Total, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(stage),
				progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true))
		}
		_ = bar.Set(p.Done)
	}
}

func printIngest(e *env, res workspace.IngestResult) error {
	switch e.format {
	case "json":
		return writeJSON(e.stdout, res)
	case "csv":
		t := table{head: []string{"result", "file", "sheet", "cell", "code", "message"}}
		for _, i := range res.Rejected {
			t.add("rejected", i.File, i.Sheet, i.Cell, string(i.Code), i.Message)
		}
		for _, i := range res.Warnings {
			t.add("warning", i.File, i.Sheet, i.Cell, string(i.Code), i.Message)
		}
		return t.write(e.stdout, e.format)
	}
	w := e.stdout
	if res.Batch == "" {
		fmt.Fprintf(w, "没有新内容：%d 个文件，%d 个与以前导入的相同。\n", res.Files, res.Unchanged)
	} else {
		fmt.Fprintf(w, "批次 %s：%d 个文件，%d 张表，%d 行指标，用时 %s 秒\n", res.Batch, res.Files, res.Forms, res.Lines,
			strconv.FormatFloat(float64(res.TookMS)/1000, 'f', 1, 64))
		fmt.Fprintf(w, "读到 %d 行 ＝ 入库 %d 行 ＋ 提醒后入库 %d 行 ＋ 未入库 %d 行（另有空白模板行 %d）\n",
			res.Rows.Read, res.Rows.Clean, res.Rows.Warned, res.Rows.Rejected, res.Rows.Unused)
		if res.Superseded > 0 {
			fmt.Fprintf(w, "更正 %d 张表，旧版保留\n", res.Superseded)
		}
		if res.Unchanged > 0 {
			fmt.Fprintf(w, "没有变化 %d 个\n", res.Unchanged)
		}
	}
	printIssues(w, "未入库", res.Rejected, 50)
	printIssues(w, "提醒", res.Warnings, 10)
	return nil
}

func printIssues(w io.Writer, word string, issues []yardstick.Issue, most int) {
	if len(issues) == 0 {
		return
	}
	fmt.Fprintf(w, "%s %d 处：\n", word, len(issues))
	for n, i := range issues {
		if n == most {
			fmt.Fprintf(w, "  … 另有 %d 处，用 --format json 或 csv 看全部\n", len(issues)-most)
			return
		}
		fmt.Fprintf(w, "  %s  %s\n", place(i), i.Message)
	}
}

// place is where an issue lies: file › sheet › cell, as far as known.
func place(i yardstick.Issue) string {
	parts := []string{i.File}
	if i.Sheet != "" {
		parts = append(parts, i.Sheet)
	}
	if i.Cell != "" {
		parts = append(parts, i.Cell)
	}
	return strings.Join(parts, " › ")
}
