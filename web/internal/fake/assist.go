package fake

import (
	"cmp"
	"context"
	"math"
	"strings"

	"yardstick"
	"yardstick/indicators"
	"yardstick/workspace"
)

var _ workspace.Assistant = (*Workspace)(nil)

func invalid(msg string) error {
	return &yardstick.Error{Kind: yardstick.Invalid, Op: "fake", Msg: msg}
}

// Value knows the indicators of the sample draft and of its suggestions.
func (w *Workspace) Value(_ context.Context, req workspace.ValueRequest) (workspace.ValueResult, error) {
	if err := w.trouble(); err != nil {
		return workspace.ValueResult{}, err
	}
	if strings.TrimSpace(req.Name) == "" {
		return workspace.ValueResult{}, invalid("没有写指标名称。")
	}
	return valueOf(req.Name, indicators.Parse(req.Target), w.State), nil
}

// frames are two rule sets: with a class of costs, and before there was one.
func frames() []workspace.Frame {
	point := func(level1 string, points float64) workspace.ClassPoint {
		return workspace.ClassPoint{Level1: level1, Points: points}
	}
	people := workspace.ClassPoint{Level1: "满意度指标", Points: 10, Optional: true, To: "效益指标"}
	return []workspace.Frame{
		{RuleSet: "mof-10-90", Version: "2021", Title: "10 + 90：成本 20、产出 40、效益 20、满意度 10", Source: "财预〔2021〕101号", Status: "recalled", Execution: 10, Total: 90,
			Classes: []workspace.ClassPoint{point("成本指标", 20), point("产出指标", 40), point("效益指标", 20), people}},
		{RuleSet: "mof-50-30-10", Version: "2020", Title: "10 + 90：产出 50、效益 30、满意度 10", Source: "财预〔2020〕10号", Status: "reported", Execution: 10, Total: 90,
			Classes: []workspace.ClassPoint{point("产出指标", 50), point("效益指标", 30), people}},
	}
}

func frameOf(id string) workspace.Frame {
	for _, f := range frames() {
		if f.RuleSet == id {
			return f
		}
	}
	return frames()[0]
}

// sums adds up the weights by the classes of the frame.
func sums(f workspace.Frame, lines []workspace.DraftLine) (out []workspace.ClassSum, total float64) {
	out = []workspace.ClassSum{}
	for _, c := range f.Classes {
		s := workspace.ClassSum{Level1: c.Level1, Due: c.Points}
		for _, l := range lines {
			if l.Level1 == c.Level1 {
				s.Lines++
				if l.Weight != nil {
					s.Sum += *l.Weight
				}
			}
		}
		switch {
		case s.Lines == 0:
			s.Note = "一个指标也没有。"
		case s.Sum < s.Due:
			s.Note = "还差 " + figure(s.Due-s.Sum) + " 分。"
		case s.Sum > s.Due:
			s.Note = "多出 " + figure(s.Sum-s.Due) + " 分。"
		}
		total += s.Sum
		out = append(out, s)
	}
	return out, total
}

// Weigh spreads the points of each class evenly over its lines, in whole points.
func (w *Workspace) Weigh(_ context.Context, req workspace.WeighRequest) (workspace.WeighResult, error) {
	if err := w.trouble(); err != nil {
		return workspace.WeighResult{}, err
	}
	res := workspace.WeighResult{Frame: frameOf(req.RuleSet), Weights: make([]workspace.LineWeight, len(req.Lines))}
	given := make([]workspace.DraftLine, len(req.Lines))
	copy(given, req.Lines)
	for _, c := range res.Frame.Classes {
		left, open := c.Points, []int{}
		for i, l := range given {
			switch {
			case l.Level1 != c.Level1:
			case req.Keep && l.Weight != nil:
				left -= *l.Weight
				res.Weights[i] = workspace.LineWeight{Points: *l.Weight, Why: "表上已有。"}
			default:
				open = append(open, i)
			}
		}
		for k, i := range open {
			points := max(0, math.Floor(left/float64(len(open)-k)))
			left -= points
			res.Weights[i] = workspace.LineWeight{Points: points, Why: "同类项目里没有权重，平均分。"}
			if p, ok := peerOf(given[i].Name); ok && w.State == Loaded {
				res.Weights[i].N, res.Weights[i].Why = len(p.values), "按同类的中位权重分到本类应有的分。"
			}
			given[i].Weight = ptr(points)
		}
	}
	res.Sums, res.Total = sums(res.Frame, given)
	if res.Total != res.Frame.Total {
		res.Note = cmp.Or(missingClass(res.Sums), "权重合计不是 "+figure(res.Frame.Total)+" 分。")
	}
	return res, nil
}

func missingClass(list []workspace.ClassSum) string {
	for _, s := range list {
		if s.Lines == 0 {
			return "没有" + s.Level1 + "，分不到 90 分；先补一个指标。"
		}
	}
	return ""
}

// ReviewDraft answers with the findings that the lines of the body still cause.
func (w *Workspace) ReviewDraft(_ context.Context, body workspace.DraftBody) (workspace.Review, error) {
	if err := w.trouble(); err != nil {
		return workspace.Review{}, err
	}
	return review(body, w.State), nil
}

// ExportBody answers with a made-up file.
func (w *Workspace) ExportBody(_ context.Context, body workspace.DraftBody, format string) (workspace.Document, error) {
	if err := w.trouble(); err != nil {
		return workspace.Document{}, err
	}
	switch format {
	case "xlsx":
		return document(body.Project+"_绩效目标申报表.xlsx", xlsxType, "PK\x03\x04示例数据 "+body.Project), nil
	case "docx":
		return document(body.Project+"_绩效目标申报表.docx", docxType, "PK\x03\x04示例数据 "+body.Project), nil
	}
	return workspace.Document{}, invalid("导出格式只能是 xlsx 或 docx，现为“" + format + "”。")
}

const (
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	htmlType = "text/html; charset=utf-8"
)

func document(name, kind, data string) workspace.Document {
	return workspace.Document{Name: name, Type: kind, Data: []byte(data)}
}
