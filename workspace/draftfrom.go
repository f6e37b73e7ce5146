package workspace

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"yardstick"
	"yardstick/indicators"
)

// fromForm starts from a filed form. A form of the same project and unit (or
// where top states neither) is last year's: everything that was planned is taken
// over, the year is the next one. A form of somebody else is a case: its
// indicators show what to measure and how to weigh it, its numbers are theirs.
func (w *Workspace) fromForm(ctx context.Context, id string, top DraftBody) (started, error) {
	s, err := w.store.Form(ctx, id)
	if err != nil {
		return started{}, err
	}
	out, err := fromRead(&s.Form, top)
	out.sample, out.origin.Ref = s.Sample, id
	return out, err
}

// fromRead is fromForm with the form at hand.
func fromRead(f *yardstick.Form, top DraftBody) (started, error) {
	switch f.Kind {
	case yardstick.DepartmentTarget, yardstick.DepartmentSelfEvaluation:
		return started{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.StartDraft",
			Msg: "这是" + f.Kind.Title() + "表，不是一个项目的表。从项目的目标表、监控表或自评表开始。"}
	}
	body, sub := bodyOf(f)
	foreign := top.Project != "" && indicators.NormalProject(top.Project) != indicators.NormalProject(body.Project) ||
		top.Unit != "" && body.Unit != "" && strings.TrimSpace(top.Unit) != strings.TrimSpace(body.Unit)
	if foreign {
		return fromCase(f, body, sub), nil
	}
	out := started{body: body, origin: Origin{Kind: "form"}}
	var note []string
	say := func(format string, args ...any) { note = append(note, fmt.Sprintf(format, args...)) }
	last := "年度不明的"
	if body.Year > 0 {
		last = fmt.Sprintf("%d 年", body.Year)
		out.body.Year = body.Year + 1
	}
	if top.Year > 0 {
		out.body.Year = top.Year
	}
	targets, weights, dated := 0, 0, 0
	for _, l := range body.Lines {
		if l.Target != "" {
			targets++
		}
		if l.Weight != nil {
			weights++
		}
		if body.Year > 0 && out.body.Year != body.Year && strings.Contains(l.Target, fmt.Sprint(body.Year)) {
			dated++
		}
	}
	say("从%s%s表接过来：%d 个指标，其中 %d 个有目标值、%d 个有权重", last, f.Kind.Title(), len(body.Lines), targets, weights)
	if copied := copiedFacts(body, top); len(copied) > 0 {
		say("%s照抄", strings.Join(copied, "、"))
	}
	switch {
	case body.Year == 0 && top.Year == 0:
		say("表上没有年度，自己填")
	case out.body.Year == body.Year:
		say("年度仍是 %d", body.Year)
	case body.Year == 0:
		say("年度写为 %d", out.body.Year)
	default:
		say("年度改为 %d", out.body.Year)
	}
	if dated > 0 {
		say("%d 个目标值里写着 %d 年，改成今年的", dated, body.Year)
	}
	if body.Year > 0 && out.body.Year != body.Year && top.Goal == "" && strings.Contains(body.Goal, fmt.Sprint(body.Year)) {
		say("年度总体目标里写着 %d 年，改成今年的", body.Year)
	}
	if f.Kind != yardstick.Target {
		say("实际完成值没有接过来，只作参考")
	}
	if sub > 0 {
		say("%d 行“其中”没有接过来", sub)
	}
	out.origin.Note = strings.Join(note, "；") + "。"
	return out, nil
}

// copiedFacts names what of a form stands in the draft as it was: what the form
// has and top does not state.
func copiedFacts(body, top DraftBody) (out []string) {
	for _, f := range []struct {
		name  string
		there bool
	}{
		{"主管部门", body.Department != "" && top.Department == ""},
		{"实施单位", body.Unit != "" && top.Unit == ""},
		{"预算", body.Budget != nil && top.Budget == nil},
		{"年度总体目标", body.Goal != "" && top.Goal == ""},
	} {
		if f.there {
			out = append(out, f.name)
		}
	}
	return out
}

// fromCase takes the indicators of somebody else's form: names, classes,
// comparisons, units, weights, and targets in words; no numbers, no dates, no
// goal, no budget, no names of units.
func fromCase(f *yardstick.Form, body DraftBody, sub int) started {
	out := started{body: DraftBody{Sector: body.Sector, Lines: body.Lines}, origin: Origin{Kind: "case"}}
	emptied := 0
	for i := range out.body.Lines {
		l := &out.body.Lines[i]
		l.Note = ""
		if l.Comparison != qualitative && l.Target != "" {
			l.Target, emptied = "", emptied+1
		}
	}
	from := cmp.Or(f.Unit.Value, f.Department.Value, "别的单位")
	out.origin.Note = fmt.Sprintf("参照%s“%s”：取了 %d 个指标的名称、类别、性质、计量单位和权重；%d 个数字目标值没有取，那是别人的，按自己的情况填；总体目标和预算也没有取",
		from, f.Project.Value, len(body.Lines), emptied)
	if sub > 0 {
		out.origin.Note += fmt.Sprintf("；%d 行“其中”没有取", sub)
	}
	out.origin.Note += "。"
	return out
}

// fromTemplate starts from a project type: its indicators with comparison and
// unit of the library, its points as weights, and the wording of its goal with
// what is to be filled in. Targets are empty: a template knows no project.
// Where the rule set that top chooses spreads the points otherwise, the weights
// are spread anew.
func (w *Workspace) fromTemplate(ctx context.Context, id string, top DraftBody) (started, error) {
	state := w.lib.Load()
	t, ok := state.TypeByID(id)
	if !ok {
		return started{}, &yardstick.Error{Kind: yardstick.NotFound, Op: "workspace.StartDraft", Msg: "模板库里没有编号 " + id + "。从模板库重新查找。"}
	}
	out := started{body: DraftBody{Type: t.ID, Sector: t.Sector, Goal: t.Goal, Lines: []DraftLine{}}, origin: Origin{Kind: "template", Ref: id}}
	gone := 0
	for _, it := range t.Items {
		e, ok := state.ByID(it.Indicator)
		if !ok {
			gone++
			continue
		}
		points := it.Points
		l := DraftLine{Level1: e.Level1, Level2: e.Level2, Name: e.Name, Comparison: string(e.Comparison), Unit: e.Unit, Weight: &points, Entry: e.ID}
		if !e.Quantitative() {
			l.Comparison = qualitative
		}
		out.body.Lines = append(out.body.Lines, l)
	}
	if len(t.Function) > 0 {
		out.body.Function = slices.Min(t.Function)
	}
	note := fmt.Sprintf("用模板“%s”：%d 个指标带性质、计量单位和权重，目标值自己填；年度总体目标是样句，花括号里的换成自己的内容", t.Name, len(out.body.Lines))
	if gone > 0 {
		note += fmt.Sprintf("；%d 个已停用的指标没有取，权重因此不足", gone)
	}
	res, err := w.Weigh(ctx, WeighRequest{RuleSet: top.RuleSet, Sector: t.Sector, Project: top.Project, Lines: out.body.Lines, Keep: true})
	if err != nil {
		return started{}, err
	}
	if slices.ContainsFunc(res.Sums, func(s ClassSum) bool { return math.Abs(s.Sum-s.Due) > 0.005 }) {
		if res, err = w.Weigh(ctx, WeighRequest{RuleSet: top.RuleSet, Sector: t.Sector, Project: top.Project, Lines: out.body.Lines}); err != nil {
			return started{}, err
		}
		for i := range out.body.Lines {
			out.body.Lines[i].Weight = &res.Weights[i].Points
		}
		note += "；权重按规则集“" + res.Frame.Title + "”重新分配"
	}
	out.origin.Note = note + "。"
	return out, nil
}
