package fake

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"yardstick"
	"yardstick/workspace"
)

// entries are the made-up library.
func entries() []workspace.Entry {
	out := []workspace.Entry{}
	for i, h := range hits() {
		if h.Type != "indicator" {
			continue
		}
		e := workspace.Entry{ID: h.ID, Name: h.Name, Aliases: []string{"优良中等路率", "农村公路技术状况达标率", "PQI 优良中率"}, Level1: h.Level1, Level2: h.Level2, OldLevel1: h.Level1, OldLevel2: h.Level2,
			Sector: h.Sector, Function: []string{"21401"}, ProjectTypes: []string{"农村公路养护"}, Meaning: h.Meaning, Formula: "优等、良等、中等路里程之和 ÷ 参评总里程 × 100%", Unit: h.Unit,
			Direction: "正向", TemporalType: "水平", Comparison: "≥", WeightRange: "8-12", DataSource: "年度路况检测报告", Taking: "情况统计法", Scoring: "达到得满分；未达到按实际 ÷ 目标折算",
			Evidence: "检测报告、评定汇总表", Keywords: []string{"公路", "路况"}, Note: "与“农村道路完好率”择一。", SourceStatus: "recalled", Origin: "shipped"}
		if i > 0 {
			e.Aliases = []string{}
		}
		if i == 4 {
			e.Origin = "own"
		}
		out = append(out, e)
	}
	return out
}

func entry(id string) (workspace.Entry, error) {
	for _, e := range entries() {
		if e.ID == id {
			return e, nil
		}
	}
	return workspace.Entry{}, missing("这条指标")
}

// Library lists the made-up entries; it filters by text, class, type and use.
func (w *Workspace) Library(_ context.Context, q workspace.LibraryQuery) (workspace.LibraryList, error) {
	if err := w.trouble(); err != nil {
		return workspace.LibraryList{}, err
	}
	list := workspace.LibraryList{Version: 2, Entries: []workspace.LibraryRow{}, Classes: []workspace.ClassCount{},
		Sectors: []workspace.SectorNode{{Name: "共性", Count: 86, Functions: []workspace.FunctionNode{}},
			{Code: "205", Name: "教育", Count: 214, Functions: []workspace.FunctionNode{{Code: "20502", Name: "普通教育", Count: 120}, {Code: "20503", Name: "职业教育", Count: 31}}},
			{Code: "214", Name: "交通运输", Count: 5, Functions: []workspace.FunctionNode{{Code: "21401", Name: "公路水路运输", Count: 5}}}}}
	for i, e := range entries() {
		row := workspace.LibraryRow{Entry: e, Projects: 43 - 10*i}
		if w.State == Empty {
			row.Projects = 0
		}
		if q.Retired || !strings.Contains(e.Name+strings.Join(e.Aliases, " "), q.Text) || q.Sector != "" && e.Sector != q.Sector || q.Level1 != "" && e.Level1 != q.Level1 ||
			q.Level2 != "" && e.Level2 != q.Level2 || q.Origin != "" && e.Origin != q.Origin || q.Function != "" && !strings.HasPrefix(e.Function[0], q.Function) ||
			q.Type != "" && !slices.Contains(e.ProjectTypes, q.Type) || q.Used == "yes" && row.Projects == 0 || q.Used == "no" && row.Projects > 0 {
			continue
		}
		list.Entries = append(list.Entries, row)
		if k := len(list.Classes) - 1; k >= 0 && list.Classes[k].Level2 == e.Level2 {
			list.Classes[k].Count++
		} else {
			list.Classes = append(list.Classes, workspace.ClassCount{Level1: e.Level1, Level2: e.Level2, Count: 1})
		}
	}
	list.Total = len(list.Entries)
	if w.State == Long {
		for len(list.Entries) < 50 {
			e := list.Entries[0]
			e.Name = fmt.Sprintf("%s第 %d 种", strings.Repeat("城乡环境综合整治与生活垃圾", 4), len(list.Entries))
			list.Entries = append(list.Entries, e)
		}
		list.Total = 10_000
	}
	from := min(q.Offset, len(list.Entries))
	list.Entries = list.Entries[from:]
	if q.Limit > 0 {
		list.Entries = list.Entries[:min(q.Limit, len(list.Entries))]
	}
	return list, nil
}

// ExportLibrary writes ids and names.
func (w *Workspace) ExportLibrary(_ context.Context, format string, _ int, to io.Writer) error {
	if err := w.trouble(); err != nil {
		return err
	}
	if format != "csv" && format != "xlsx" {
		return &yardstick.Error{Kind: yardstick.Invalid, Op: "fake", Msg: "导出的格式只能是 csv 或 xlsx，现为 " + format + "。"}
	}
	c := csv.NewWriter(to)
	rows := [][]string{{"编号", "指标名称"}}
	for _, e := range entries() {
		rows = append(rows, []string{e.ID, e.Name})
	}
	return c.WriteAll(rows)
}

// ImportLibrary reads the file to its end and answers as if it had held eight
// rows.
func (w *Workspace) ImportLibrary(_ context.Context, in workspace.LibraryImport) (workspace.LibraryImported, error) {
	if err := w.trouble(); err != nil {
		return workspace.LibraryImported{}, err
	}
	f, err := in.Open()
	if err != nil {
		return workspace.LibraryImported{}, err
	}
	defer f.Close()
	if _, err := io.Copy(io.Discard, f); err != nil {
		return workspace.LibraryImported{}, err
	}
	out := workspace.LibraryImported{DryRun: in.DryRun, Rows: 8, Added: 1, Changed: 1, Unchanged: 4,
		Rejected: []workspace.LibraryProblem{
			{File: in.Name, Sheet: "交通", Cell: "F9", Code: "row.unknown_value", Message: "方向只能是越高越好、越低越好、适中为好或无，现为“高”。", Raw: "高"},
			{File: in.Name, Sheet: "交通", Cell: "B12", Code: "row.missing", Message: "没有写指标名称。"}},
		Warnings: []workspace.LibraryProblem{{File: in.Name, Sheet: "交通", Cell: "H4", Code: "value.unit", Message: "单位“百分比”按“%”读。", Raw: "百分比"}},
		Columns:  []string{"指标名称 → name", "一级指标 → level1", "计量单位 → unit"}, Diff: libraryDiff()}
	if !in.DryRun {
		out.Version = 3
	}
	return out, nil
}

func libraryDiff() workspace.LibraryDiff {
	list := entries()
	return workspace.LibraryDiff{From: "随软件发布", To: "现行", Added: list[4:], Removed: []workspace.Entry{},
		Changed: []workspace.EntryDiff{{ID: list[0].ID, Name: list[0].Name, Fields: []workspace.FieldChange{{Field: "unit", Label: "单位", From: "百分比", To: "%"}}}}}
}

// DiffLibrary answers with one entry added and one changed.
func (w *Workspace) DiffLibrary(_ context.Context, from, to string) (workspace.LibraryDiff, error) {
	if err := w.trouble(); err != nil {
		return workspace.LibraryDiff{}, err
	}
	if from == to || w.State == Empty {
		return workspace.LibraryDiff{From: "随软件发布", To: "现行", Added: []workspace.Entry{}, Removed: []workspace.Entry{}, Changed: []workspace.EntryDiff{}}, nil
	}
	return libraryDiff(), nil
}

// Changes answers with the log.
func (w *Workspace) Changes(_ context.Context, entry string, limit, offset int) ([]workspace.Change, error) {
	if err := w.trouble(); err != nil {
		return nil, err
	}
	out := []workspace.Change{}
	if w.State == Empty {
		return out, nil
	}
	for _, c := range changes() {
		if entry == "" || c.Entry == entry {
			out = append(out, c)
		}
	}
	out = out[min(offset, len(out)):]
	if limit > 0 {
		out = out[:min(limit, len(out))]
	}
	return out, nil
}

func changes() []workspace.Change {
	list := entries()
	return []workspace.Change{
		{ID: 3, Version: 2, At: at, Source: "page", Entry: list[0].ID, Name: list[0].Name, Action: "edit", Fields: []workspace.FieldChange{{Field: "unit", Label: "单位", From: "百分比", To: "%"}}, Note: "统一单位"},
		{ID: 2, Version: 1, At: at.AddDate(0, 0, -3), Source: "import", Origin: "交通局指标.xlsx", Entry: list[4].ID, Name: list[4].Name, Action: "add", Fields: []workspace.FieldChange{}},
		{ID: 1, Version: 1, At: at.AddDate(0, 0, -3), Source: "cli", Entry: list[1].ID, Name: list[1].Name, Action: "retire", Fields: []workspace.FieldChange{}, Undone: true},
	}
}

// EditEntry refuses a name that is empty or taken, and a unit “错”.
func (w *Workspace) EditEntry(_ context.Context, edit workspace.EntryEdit) (workspace.Change, error) {
	if err := w.trouble(); err != nil {
		return workspace.Change{}, err
	}
	c := workspace.Change{ID: 4, Version: 3, At: at, Source: edit.Source, Entry: edit.ID, Action: "edit", Note: edit.Note, Fields: []workspace.FieldChange{}}
	if edit.ID == "" {
		c.Entry, c.Action = "JT-0218", "add"
	}
	e, err := entry(c.Entry)
	if err != nil {
		return c, err
	}
	c.Name = e.Name
	if name, ok := edit.Set["name"]; ok && strings.TrimSpace(name) == "" {
		return c, &yardstick.Error{Kind: yardstick.Invalid, Op: "fake", Msg: "“指标名称”一栏不能空着。"}
	}
	if edit.Set["unit"] == "错" {
		return c, &yardstick.Error{Kind: yardstick.Invalid, Op: "fake", Msg: "“计量单位”一栏不能写“错”。"}
	}
	for k, v := range edit.Set {
		c.Fields = append(c.Fields, workspace.FieldChange{Field: k, Label: k, To: v})
	}
	return c, nil
}

// RetireEntry answers with the change.
func (w *Workspace) RetireEntry(_ context.Context, id string, retire bool, source, note string) (workspace.Change, error) {
	if err := w.trouble(); err != nil {
		return workspace.Change{}, err
	}
	e, err := entry(id)
	action := "restore"
	if retire {
		action = "retire"
	}
	return workspace.Change{ID: 4, Version: 3, At: at, Source: source, Entry: id, Name: e.Name, Action: action, Note: note, Fields: []workspace.FieldChange{}}, err
}

// MergeEntries answers with the two changes.
func (w *Workspace) MergeEntries(_ context.Context, id, into, source, note string) ([]workspace.Change, error) {
	if err := w.trouble(); err != nil {
		return nil, err
	}
	if id == into {
		return nil, &yardstick.Error{Kind: yardstick.Invalid, Op: "fake", Msg: "一条指标不能和自己合并。"}
	}
	from, err := entry(id)
	if err != nil {
		return nil, err
	}
	to, err := entry(into)
	if err != nil {
		return nil, err
	}
	return []workspace.Change{
		{ID: 4, Version: 3, At: at, Source: source, Entry: into, Name: to.Name, Action: "edit", Note: note, Fields: []workspace.FieldChange{{Field: "aliases", Label: "别名", To: from.Name}}},
		{ID: 5, Version: 3, At: at, Source: source, Entry: id, Name: from.Name, Action: "retire", Note: note, Fields: []workspace.FieldChange{}}}, nil
}

// UndoChange undoes one of the listed changes, or the one just made.
func (w *Workspace) UndoChange(_ context.Context, id int, source string) (workspace.Change, error) {
	if err := w.trouble(); err != nil {
		return workspace.Change{}, err
	}
	if id < 1 || id > 5 {
		return workspace.Change{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "fake", Msg: fmt.Sprintf("没有第 %d 次改动。", id)}
	}
	e := entries()[0]
	return workspace.Change{ID: 6, Version: 4, At: at, Source: source, Entry: e.ID, Name: e.Name, Action: "edit", Undoes: id, Fields: []workspace.FieldChange{}}, nil
}

// UndoVersion undoes one of the listed versions.
func (w *Workspace) UndoVersion(ctx context.Context, version int, source string) ([]workspace.Change, error) {
	if version < 1 || version > 3 {
		return nil, &yardstick.Error{Kind: yardstick.NotFound, Op: "fake", Msg: fmt.Sprintf("没有第 %d 版。", version)}
	}
	c, err := w.UndoChange(ctx, version, source)
	if err != nil {
		return nil, err
	}
	return []workspace.Change{c}, nil
}

// Health answers with one piece of advice of each kind.
func (w *Workspace) Health(_ context.Context, q workspace.HealthQuery) (workspace.LibraryHealth, error) {
	if err := w.trouble(); err != nil {
		return workspace.LibraryHealth{}, err
	}
	h := workspace.LibraryHealth{Entries: 2614, Advice: []workspace.Advice{}, Rising: []workspace.Moving{}, Falling: []workspace.Moving{}}
	kinds := []workspace.AdviceKind{
		{Kind: "merge", Label: "合并", Rule: "名称相近、类别和单位相同的两条，相似度不低于 0.92。来源：自定，待核。"},
		{Kind: "retire", Label: "停用", Rule: "所属功能分类有 30 个以上项目，一个也没用过。来源：自定，待核。"},
		{Kind: "quantify", Label: "量化", Rule: "用过 5 次以上，目标值多为文字。来源：自定，待核。"},
		{Kind: "add", Label: "补充", Rule: "3 个以上项目用过而库里没有。来源：自定，待核。"}}
	if w.State == Empty || w.State == Refused {
		h.Kinds, h.Note = kinds, "导入的表单只有 0 个项目，少于 10 个，判断不了升降。"
		return h, nil
	}
	list := entries()
	h.Used, h.Projects, h.Names, h.Matched, h.Lines = 1047, 812, 41208, workspace.Share{Part: 33121, Of: 41208}, workspace.Share{Part: 70412, Of: 84613}
	h.Note = "只有 2 年的表单，升降看看就好。"
	all := []workspace.Advice{
		{Kind: "merge", ID: list[3].ID, Name: list[3].Name, Other: list[0].ID, OtherName: list[0].Name, Sector: "交通运输", Level2: "质量指标", Unit: "%", Projects: 12, Reason: "和“农村公路优良中等路率”含义重叠，相似度 0.94；后者用得多（43 个项目）。", Action: "合并到…"},
		{Kind: "retire", ID: list[4].ID, Name: list[4].Name, Sector: "交通运输", Level2: "时效指标", Unit: "%", Reason: "交通运输类 96 个项目，没有一个用过。", Action: "停用"},
		{Kind: "quantify", ID: list[1].ID, Name: list[1].Name, Sector: "交通运输", Level2: "质量指标", Unit: "分", Projects: 14, Reason: "14 个项目里 11 个写成文字，没有数。", Action: "改成定量"},
		{Kind: "add", Name: "养护废旧料回收利用率", Sector: "交通运输", Level2: "生态效益指标", Unit: "%", Projects: 6, Reason: "6 个项目、4 种写法，库里没有。", Action: "加入指标库", Names: []string{"养护废旧料回收利用率", "废旧沥青回收率", "旧料利用率（%）"}}}
	for i := range kinds {
		kinds[i].Total = 1
	}
	for _, a := range all {
		if q.Kind == "" || q.Kind == a.Kind {
			h.Advice = append(h.Advice, a)
		}
	}
	h.Kinds = kinds
	h.Rising = []workspace.Moving{{ID: list[0].ID, Name: list[0].Name, From: workspace.YearUse{Year: 2022, Projects: 8, All: 764}, To: workspace.YearUse{Year: 2024, Projects: 23, All: 812}, Why: "每百个项目由 1.0 个升到 2.8 个，差别不像是偶然（n=31）。"}}
	h.Falling = []workspace.Moving{{ID: list[2].ID, Name: list[2].Name, From: workspace.YearUse{Year: 2022, Projects: 21, All: 764}, To: workspace.YearUse{Year: 2024, Projects: 6, All: 812}, Why: "每百个项目由 2.7 个降到 0.7 个，差别不像是偶然（n=27）。"}}
	return h, nil
}

// Templates answers with the one template.
func (w *Workspace) Templates(_ context.Context, q workspace.TemplateQuery) ([]workspace.Template, error) {
	if err := w.trouble(); err != nil {
		return nil, err
	}
	t := template()
	t.Cases = nil
	if !strings.Contains(t.Name+strings.Join(t.Words, " "), q.Text) || q.Sector != "" && q.Sector != t.Sector {
		return []workspace.Template{}, nil
	}
	return []workspace.Template{t}, nil
}

func template() workspace.Template {
	t := workspace.Template{ID: "T-214-01", Name: "农村公路养护", Sector: "交通运输", Function: []string{"21401"}, Words: []string{"农村公路", "养护", "列养"},
		Goal: "完成{里程}公里农村公路日常养护，{等级}以上里程占比达到{比率}，保障{服务对象}出行。", Recipients: true, Note: "水毁抢修另列。", SourceStatus: "recalled", Points: 90}
	list := entries()
	for i, p := range []float64{30, 20, 15, 15, 10} {
		e := list[i]
		t.Items = append(t.Items, workspace.TemplateItem{ID: e.ID, Name: e.Name, Level1: e.Level1, Level2: e.Level2, Unit: e.Unit, Comparison: "≥", Points: p, Core: i < 2, Projects: 43 - 10*i})
	}
	t.Cases = cases()[:1]
	return t
}

// Template answers with the one template.
func (w *Workspace) Template(_ context.Context, id string) (workspace.Template, error) {
	if err := w.trouble(); err != nil {
		return workspace.Template{}, err
	}
	t := template()
	if id != t.ID {
		return t, missing("这个模板")
	}
	if w.State == Empty {
		t.Cases = []workspace.Case{}
	}
	return t, nil
}

func cases() []workspace.Case {
	heads := formHeads(false)
	marks := func(quantified float64) []workspace.QualityMark {
		return []workspace.QualityMark{{Name: "完整", Points: 40, Of: 40, Why: "必有的类别都有，权重合计 90 分"}, {Name: "量化", Points: quantified, Of: 30, Why: "9 行里 7 行是数"}, {Name: "结果可信", Points: 24, Of: 30, Why: "1 行照抄目标值"}}
	}
	return []workspace.Case{{FormHead: heads[0], Type: "农村公路养护", Quality: 88, Marks: marks(24)}, {FormHead: heads[1], Type: "", Quality: 81, Marks: marks(17)}}
}

// Cases answers with two cases.
func (w *Workspace) Cases(_ context.Context, q workspace.CaseQuery) (workspace.CaseList, error) {
	list := workspace.CaseList{Line: 75, Rule: "完整 40 分、量化 30 分、结果可信 30 分；75 分起算案例。来源：自定，待核。", Cases: []workspace.Case{}}
	if err := w.trouble(); err != nil || w.State == Empty {
		return list, err
	}
	list.Judged = 1290
	for _, c := range cases() {
		if strings.Contains(c.Project+c.Unit, q.Text) && (q.Type == "" || c.Type == q.Type) && (q.Sector == "" || c.Sector == q.Sector) && (q.Year == 0 || c.Year != nil && *c.Year == q.Year) {
			list.Cases = append(list.Cases, c)
		}
	}
	list.Total = len(list.Cases)
	return list, nil
}
