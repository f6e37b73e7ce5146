package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"yardstick"
	"yardstick/workspace"
)

func newSuggest(e *env) *cobra.Command {
	var req workspace.SuggestRequest
	var budget float64
	var batch string
	cmd := &cobra.Command{
		Use:   "suggest --project NAME",
		Short: "Suggest indicators, target values and weights with their evidence",
		Long: `Suggests indicators for a project from similar filed projects, use within the functional class and the library, each
with the projects it rests on: the proposed target with its basis (历史标准 行业标准 计划标准), the chance of reaching it from the
unit's own past, n, and a weight. --batch reads one request a line
({"id","project","unit","year","type","sector","department","goal","budget","have","limit"}) and writes one {"id","suggestions"} a line.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (req.Project == "") == (batch == "") {
				return usageError{errors.New("suggest: give --project NAME or --batch FILE.jsonl")}
			}
			s, err := e.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer s.Close()
			if batch != "" {
				return suggestBatch(cmd.Context(), e, s, batch)
			}
			if cmd.Flags().Changed("budget") {
				req.Budget = &budget
			}
			req.Fresh = true // a server may be fitting what was just loaded: a command waits for it
			res, err := s.Suggest(cmd.Context(), req)
			if err != nil {
				return err
			}
			return printSuggestions(e, res)
		},
	}
	f := cmd.Flags()
	f.StringVar(&req.Project, "project", "", "project name")
	f.StringVar(&req.Unit, "unit", "", "implementing unit (实施单位): its own past counts")
	f.IntVar(&req.Year, "year", 0, "budget year of the draft: only earlier years count as past")
	f.StringVar(&req.Type, "type", "", "id of a template (project type); told from name and goal if left out")
	f.StringVar(&req.Sector, "sector", "", "functional class (功能分类), such as 教育; inferred if left out")
	f.StringVar(&req.Department, "department", "", "department or unit")
	f.StringVar(&req.Goal, "goal", "", "goal or description of the project")
	f.Float64Var(&budget, "budget", 0, "budget in 万元")
	f.StringArrayVar(&req.Have, "have", nil, "an indicator that the draft already has (repeatable)")
	f.IntVar(&req.Limit, "limit", 0, "at most this many suggestions (0: 20)")
	f.StringVar(&batch, "batch", "", "file with one request a line; - reads standard input")
	return cmd
}

// suggestBatch answers each line of a file in order. A line that can't be read
// stops it with the line's number; earlier answers are already written.
func suggestBatch(ctx context.Context, e *env, s service, name string) error {
	in := e.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return &yardstick.Error{Kind: yardstick.NotFound, Op: "suggest", Err: err, Msg: name + " 打不开。核对路径后重试。"}
		}
		defer f.Close()
		in = f
	}
	r := bufio.NewReader(in)
	out := bufio.NewWriter(e.stdout)
	defer out.Flush()
	for n := 1; ; n++ {
		line, err := r.ReadString('\n')
		if text := strings.TrimSpace(line); text != "" {
			var req workspace.SuggestRequest
			if err := json.Unmarshal([]byte(text), &req); err != nil {
				return &yardstick.Error{Kind: yardstick.Invalid, Op: "suggest", Err: err,
					Msg: fmt.Sprintf("%s 第 %d 行不是一个 JSON 请求：%v", name, n, err)}
			}
			req.Fresh = true
			res, err := s.Suggest(ctx, req)
			if err != nil {
				return fmt.Errorf("%s:%d: %w", name, n, err)
			}
			if err := writeJSON(out, res); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
	}
}

func printSuggestions(e *env, res workspace.SuggestResult) error {
	if e.format == "json" {
		return writeJSON(e.stdout, res)
	}
	t := table{head: []string{"指标", "类别", "目标值", "依据", "把握", "n", "权重", "同类项目", "理由"}}
	n := 24
	if e.format == "csv" {
		n = 1 << 20
	}
	for _, s := range res.Suggestions {
		t.add(clip(s.Name, n), s.Level1+"/"+s.Level2, clip(usual(s.Target), n), orDash(s.Target.Basis), chance(s.Target.Tightness), count(s.Target.N), weight(s.Weight),
			count(len(s.Why.Similar)), clip(s.Why.Sentence, 2*n))
	}
	if e.format == "table" {
		fmt.Fprintf(e.stdout, "依据：%d 个项目、%d 张表；指标库 %d 条；功能分类 %s（%s）\n", res.Basis.Projects, res.Basis.Forms,
			res.Basis.Library, res.Basis.Sector, res.Basis.SectorBy)
		for _, p := range res.Basis.Similar {
			fmt.Fprintf(e.stdout, "  相近 %.2f  %s%s\n", p.Likeness, p.Project, who(p))
		}
		if res.Basis.Note != "" {
			fmt.Fprintln(e.stdout, res.Basis.Note)
		}
	}
	return t.write(e.stdout, e.format)
}

// usual is the proposed target, or what little there is instead: the few filed
// values, or the form that the library gives it.
func usual(t workspace.TargetAdvice) string {
	switch {
	case t.Text != "":
		return t.Text
	case len(t.Values) > 0:
		var said []string
		for _, v := range t.Values {
			said = append(said, strconv.FormatFloat(v, 'f', -1, 64))
		}
		return "只有 " + t.Comparison + strings.Join(said, "、") + t.Unit
	case t.Comparison != "":
		return t.Comparison + " …" + t.Unit
	}
	return "—"
}

// chance is how likely the proposal is to be reached, from the unit's own past.
func chance(t *workspace.Tightness) string {
	if t == nil || t.Chance == nil {
		return "—"
	}
	return strconv.FormatFloat(100**t.Chance, 'f', 0, 64) + "%"
}

// weight is the points that fit the draft, else the usual ones.
func weight(w workspace.WeightAdvice) string {
	if w.Points != nil {
		return number(w.Points)
	}
	return number(w.Median)
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// who says whose project it is and of which year, as far as the form says so.
func who(p workspace.SimilarProject) string {
	var parts []string
	if p.Unit != "" {
		parts = append(parts, p.Unit)
	}
	if p.Year != 0 {
		parts = append(parts, strconv.Itoa(p.Year))
	}
	if len(parts) == 0 {
		return ""
	}
	return "（" + strings.Join(parts, "，") + "）"
}
