package fake

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"yardstick"
	"yardstick/workspace"
)

// fogCannon is a made-up form with faults in its cells.
func fogCannon() workspace.Review {
	const file, sheet = "城管局2025目标.xlsx", "表1"
	f := func(rule, title, severity, item string, line int, name, field, cell, raw, why, do string, n int, fix *workspace.Fix) workspace.Finding {
		return workspace.Finding{Rule: rule, Title: title, Severity: severity, Item: item, Line: line, Indicator: name, Field: field, Cell: cell, Raw: raw, Why: why, Do: do, Fix: fix, N: n,
			Source: "财预〔2021〕101号", SourceStatus: "recalled"}
	}
	r := workspace.Review{ID: "f-0101", File: file, Sheet: sheet, Cell: "A1", Kind: string(yardstick.Target), Project: "雾炮车抑尘降尘服务", Unit: "县城管局", Department: "县城管局", Year: 2025, Sector: "城乡社区",
		Budget: ptr(250.0), Lines: 7, Rules: reviewRules, History: "与同类 9 个项目（2021–2024 年）比较；本单位历年没有这个项目。", TookMS: 31.2}
	r.Findings = []workspace.Finding{
		f("D-05", "设备参数当指标", "must", "指标科学", 2, "雾炮车风炮射程", "name", "D13", "80M", "射程是设备性能，不是这一年要做的事，不能当数量。", "改为 雾炮作业里程 ≥ 21,600 公里（10 台 × 180 天 × 12 公里）。", 0,
			&workspace.Fix{Label: "改为 雾炮作业里程 ≥ 21,600 公里", Set: map[string]string{"name": "雾炮作业里程", "comparison": "≥", "target": "21600", "unit": "公里"}}),
		f("D-06", "项目决定不了的结果", "must", "目标相关", 4, "服务周期内空气质量", "name", "D15", "优良", "空气质量不由本项目决定。", "改为 作业路段路面尘负荷达标率 ≥ 90.0%（同类中位 90.0，n=6）。", 6,
			&workspace.Fix{Label: "改为 作业路段路面尘负荷达标率 ≥ 90.0%", Set: map[string]string{"name": "作业路段路面尘负荷达标率", "comparison": "≥", "target": "90.0", "unit": "%"}}),
		f("D-02", "必有的类别没有指标", "watch", "规范完整", 0, "", "form", "", "", "效益指标里没有生态效益，而项目是治尘。", "补一个生态效益指标。", 0, nil),
		f("D-07", "资金与数量不配", "watch", "资金匹配", 1, "雾炮车数量", "target", "D12", "10台", "单台 25.00 万元，同类中位 18.60 万元（n=9）。", "核对报价，或写明差别。", 9, nil),
		f("D-08", "表述含糊", "watch", "明确清晰", 5, "成本控制", "target", "D16", "控制在预算内", "“控制在预算内”没有数值。", "写成 ≤ 250.00 万元。", 0, &workspace.Fix{Label: "改为 ≤ 250 万元", Set: map[string]string{"comparison": "≤", "target": "250", "unit": "万元"}}),
		f("D-10", "指标重复", "watch", "指标科学", 7, "满意度", "name", "D18", "90%", "“满意度 90%”与“市民满意程度 85%”重复，留一个。", "删去一个。", 0, &workspace.Fix{Label: "删去这一行", Set: map[string]string{"delete": "1"}}),
		f("D-12", "与上年文字相同", "watch", "绩效合理", 0, "", "form", "", "", "与上年文字 96% 相同，只改了年份。", "写出今年与上年的不同。", 0, nil),
	}
	r = marked(r)
	for i := range r.Checks {
		if r.Checks[i].Rule == "D-12" {
			r.Checks[i].Answer, r.Checks[i].Why = "found", ""
		}
	}
	return r
}

// round is a made-up round: five forms worst first, or a thousand.
func round(long bool) *workspace.ReviewRound {
	other := func(id, project, unit, sector string, budget float64, lines int, list ...workspace.Finding) workspace.Review {
		return marked(workspace.Review{ID: id, File: "2025目标汇总.xlsx", Sheet: project, Cell: "A1", Kind: string(yardstick.Target), Project: project, Unit: unit, Department: unit, Year: 2025, Sector: sector, Budget: ptr(budget),
			Lines: lines, Rules: reviewRules, Findings: list, History: "与同类项目（2021–2024 年）比较。", TookMS: 18.8})
	}
	road := review(sampleBody(), Loaded)
	for i := range road.Findings {
		if f := &road.Findings[i]; f.Line > 0 {
			f.Cell = fmt.Sprintf("%s%d", map[string]string{"comparison": "D", "target": "E", "weight": "G"}[f.Field], 11+f.Line)
		}
	}
	road.ID, road.File, road.Sheet, road.Cell = "f-0102", "交通局2025目标.docx", "表 1", "A1"
	watch := func(rule, item, cell, why string) workspace.Finding {
		return workspace.Finding{Rule: rule, Title: "表述含糊", Severity: "watch", Item: item, Line: 3, Indicator: "保障率", Field: "target", Cell: cell, Raw: "显著", Why: why, Do: "写成数。", Source: "财预〔2021〕101号", SourceStatus: "recalled"}
	}
	r := &workspace.ReviewRound{ID: "rv-0001", At: at, Title: "2025 年目标申报", Source: "upload", Sample: true, Files: 4, TookMS: 412,
		Items: []workspace.Review{fogCannon(), road,
			other("f-0103", "县级储备粮", "县粮食局", "粮油物资储备", 194.9, 16, watch("D-08", "明确清晰", "E14", "“显著”没有分档标准。"), watch("D-08", "实现可能", "E17", "写不出由谁来测。"),
				watch("D-10", "指标科学", "D15", "与第 2 行同义。"), watch("D-07", "资金匹配", "E12", "每吨 0.03 万元，高于同类中位（n=11）。")),
			other("f-0104", "创业担保贷款贴息", "县人社局", "社会保障和就业", 112, 7, watch("D-08", "明确清晰", "E13", "“明显”没有分档标准。"), watch("D-07", "绩效合理", "E15", "低于同类四分位（n=8）。")),
			other("f-0105", "图书馆免费开放", "县文旅局", "文化旅游体育与传媒", 63, 6)},
		Unread: []yardstick.Issue{issue("住建局-目标.xlsx", "", "", yardstick.FileEncrypted, "", "文件有打开密码。")},
		Skips:  []string{"2025目标汇总.xlsx › 说明：不是目标申报表。"}}
	r.Items[4].Decision = &workspace.ReviewVerdict{Verdict: "pass", At: at, Source: "page"}
	if long {
		r.Title = strings.Repeat("二〇二五年度部门项目支出绩效目标集中申报审核", 3)
		for i := len(r.Items); i < 1000; i++ {
			v := fogCannon()
			v.ID, v.Project, v.Budget = fmt.Sprintf("f-%04d", 101+i), fmt.Sprintf("%s第 %d 标段", strings.Repeat("城乡环境综合整治与生活垃圾分类", 4), i), ptr(1234567890.12)
			v.File = strings.Repeat("2025年度部门项目支出绩效目标申报表_", 4) + ".xlsx"
			r.Items = append(r.Items, v)
		}
		slices.SortStableFunc(r.Items, worst)
	}
	return r
}

func worst(a, b workspace.Review) int {
	return cmp.Or(cmp.Compare(b.Must, a.Must), cmp.Compare(a.Points, b.Points))
}

func (k *kept) round(id string) (*workspace.ReviewRound, error) {
	for _, r := range k.rounds {
		if r.ID == id && id != "" {
			return r, nil
		}
	}
	return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: "fake", Msg: "没有找到这一轮审核。从“目标审核”的列表里重新打开。"}
}

// item finds a form of a round.
func (k *kept) item(id, form string) (*workspace.Review, error) {
	r, err := k.round(id)
	if err != nil {
		return nil, err
	}
	for i := range r.Items {
		if r.Items[i].ID == form {
			return &r.Items[i], nil
		}
	}
	return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: "fake", Msg: "这一轮里没有这份表单。从列表里重新打开。"}
}

// ReviewForms answers with the made-up forms, one a file; a file named 坏 can't
// be read. Forms of the warehouse have no file to annotate.
func (w *Workspace) ReviewForms(ctx context.Context, req workspace.ReviewRequest) (workspace.ReviewRound, error) {
	if err := w.trouble(); err != nil {
		return workspace.ReviewRound{}, err
	}
	out := round(false)
	out.At, out.Title, out.Source, out.Unread, out.Skips = at, cmp.Or(req.Title, "审核"), cmp.Or(req.Source, "upload"), []yardstick.Issue{}, []string{}
	names := slices.Clone(req.Paths)
	for _, u := range req.Uploads {
		names = append(names, u.Name)
		f, err := u.Open()
		if err != nil {
			return *out, err
		}
		_, err = io.Copy(io.Discard, f)
		_ = f.Close()
		if err != nil {
			return *out, err
		}
	}
	items := out.Items
	out.Files = len(names)
	switch {
	case req.Forms != nil && w.State == Empty:
		return workspace.ReviewRound{}, &yardstick.Error{Kind: yardstick.Unready, Op: "fake", Msg: "库里还没有目标申报表。先导入，再审核。"}
	case req.Forms != nil:
		out.Source = cmp.Or(req.Source, "forms")
		for i := range items {
			items[i].File = ""
		}
		if len(req.Only) > 0 {
			out.Items = slices.DeleteFunc(items, func(r workspace.Review) bool { return !slices.Contains(req.Only, r.ID) })
		}
	case len(names) == 0:
		return workspace.ReviewRound{}, invalid("没有要审核的文件。")
	default:
		out.Items = []workspace.Review{}
	}
	for i, name := range names {
		if req.Progress != nil {
			req.Progress(workspace.Progress{Stage: "审核", Done: i + 1, Total: len(names), Name: name})
		}
		if w.Step != nil {
			if err := w.Step(ctx, i+1); err != nil {
				return workspace.ReviewRound{}, err
			}
		}
		if err := ctx.Err(); err != nil {
			return workspace.ReviewRound{}, err
		}
		if strings.Contains(name, "坏") {
			out.Unread = append(out.Unread, issue(name, "", "", yardstick.FileBroken, "", "打不开。"))
			continue
		}
		r := items[i%len(items)]
		r.File, r.ID = name, fmt.Sprintf("f-%04d", 201+i)
		out.Items = append(out.Items, r)
	}
	slices.SortStableFunc(out.Items, worst)
	for i := range out.Items {
		out.Items[i].Decision = nil
	}
	k := w.open()
	defer k.mu.Unlock()
	if made, err := k.round(k.keys["round "+req.Key]); req.Key != "" && err == nil {
		return snapshot(made), nil
	}
	out.ID, out.At = fmt.Sprintf("rv-%04d", len(k.rounds)+1), k.tick()
	k.rounds = append(k.rounds, out)
	if req.Key != "" {
		k.keys["round "+req.Key] = out.ID
	}
	return snapshot(out), nil
}

// snapshot is a round that later decisions do not reach.
func snapshot(r *workspace.ReviewRound) workspace.ReviewRound {
	out := *r
	out.Items = slices.Clone(r.Items)
	return out
}

// Rounds lists the rounds, latest first.
func (w *Workspace) Rounds(context.Context) ([]workspace.RoundHead, error) {
	if err := w.trouble(); err != nil {
		return nil, err
	}
	k := w.open()
	defer k.mu.Unlock()
	out := []workspace.RoundHead{}
	for _, r := range slices.Backward(k.rounds) {
		if r.ID == "" {
			continue
		}
		h := workspace.RoundHead{ID: r.ID, At: r.At, Title: r.Title, Source: r.Source, Sample: r.Sample, Forms: len(r.Items)}
		for _, it := range r.Items {
			h.Must += it.Must
			if it.Decision == nil {
				h.Open++
			}
		}
		out = append(out, h)
	}
	return out, nil
}

// Round answers one round.
func (w *Workspace) Round(_ context.Context, id string) (workspace.ReviewRound, error) {
	if err := w.trouble(); err != nil {
		return workspace.ReviewRound{}, err
	}
	k := w.open()
	defer k.mu.Unlock()
	r, err := k.round(id)
	if err != nil {
		return workspace.ReviewRound{}, err
	}
	return snapshot(r), nil
}

// DeleteRound forgets a round.
func (w *Workspace) DeleteRound(_ context.Context, id string) error {
	if err := w.trouble(); err != nil {
		return err
	}
	k := w.open()
	defer k.mu.Unlock()
	r, err := k.round(id)
	if err != nil {
		return err
	}
	*r = workspace.ReviewRound{} // its place stays, so that no id comes twice
	return nil
}

// Verdict notes a decision.
func (w *Workspace) Verdict(_ context.Context, id, form string, v workspace.ReviewVerdict) (workspace.Review, error) {
	if err := w.trouble(); err != nil {
		return workspace.Review{}, err
	}
	if v.Verdict != "return" && v.Verdict != "pass" {
		return workspace.Review{}, invalid("决定只能是退回修改（return）或通过（pass），现为“" + v.Verdict + "”。")
	}
	k := w.open()
	defer k.mu.Unlock()
	r, err := k.item(id, form)
	if err != nil {
		return workspace.Review{}, err
	}
	if v.At.IsZero() {
		v.At = k.tick().Truncate(time.Second)
	}
	r.Decision = &v
	return *r, nil
}

// Annotated answers with a made-up file where the form came from one.
func (w *Workspace) Annotated(_ context.Context, id, form string) (workspace.Document, error) {
	if err := w.trouble(); err != nil {
		return workspace.Document{}, err
	}
	k := w.open()
	defer k.mu.Unlock()
	r, err := k.item(id, form)
	if err != nil {
		return workspace.Document{}, err
	}
	if r.File == "" {
		return workspace.Document{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "fake", Msg: "这份表单的原文件不在手边，写不了批注。把文件传上来再审。"}
	}
	ext := path.Ext(r.File)
	kind := map[string]string{".docx": docxType}[ext]
	return document(strings.TrimSuffix(path.Base(r.File), ext)+"_批注"+ext, cmp.Or(kind, xlsxType), "PK\x03\x04示例数据 "+r.Project), nil
}

// Opinion answers with a made-up file.
func (w *Workspace) Opinion(_ context.Context, id, form, format string) (workspace.Document, error) {
	if err := w.trouble(); err != nil {
		return workspace.Document{}, err
	}
	k := w.open()
	defer k.mu.Unlock()
	r, err := k.item(id, form)
	if err != nil {
		return workspace.Document{}, err
	}
	switch format {
	case "xlsx":
		return document(r.Project+"_审核意见.xlsx", xlsxType, "PK\x03\x04示例数据 "+r.Project), nil
	case "html":
		return document(r.Project+"_审核意见.html", htmlType, "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>审核意见</title></head><body><h1>"+r.Project+"</h1><p>示例数据</p></body></html>"), nil
	}
	return workspace.Document{}, invalid("意见的格式只能是 xlsx 或 html，现为“" + format + "”。")
}
