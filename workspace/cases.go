package workspace

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"yardstick"
	"yardstick/analysis/catalog"
	"yardstick/indicators/library"
	"yardstick/store"
)

// judged is a form in force with its quality.
type judged struct {
	id, projectID, project, unit, department, sector, goal string
	year                                                   int
	kind                                                   string
	quality                                                float64
	marks                                                  []QualityMark
	typ                                                    string // project type
}

// Cases lists the filed forms worth imitating, best first: forms of the
// quality that the rule case.line asks for, at least five indicators each.
// Of the forms of one project, the best is shown; with All every form is.
func (w *Workspace) Cases(ctx context.Context, q CaseQuery) (CaseList, error) {
	if q.Limit < 0 || q.Limit > 500 || q.Offset < 0 {
		return CaseList{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Cases", Msg: "limit 应在 0 到 500 之间，offset 不小于 0。"}
	}
	u, err := w.use(ctx)
	if err != nil {
		return CaseList{}, err
	}
	rules, all := u.rules, u.cases
	line := rules["case.line"].Value
	out := CaseList{Judged: len(all), Line: line, Cases: []Case{}, Rule: "完整 40 分、量化 30 分、结果可信 30 分（目标表没有结果，按前两项折算）；" +
		rules["case.line"].Say() + "。这是本项目的建议，不是规定。"}
	var pick []judged
	shown := map[string]bool{} // projects
	text := strings.TrimSpace(q.Text)
	for _, j := range all {
		if !q.All && j.quality < line || q.Sector != "" && j.sector != q.Sector || q.Type != "" && j.typ != q.Type || q.Year != 0 && j.year != q.Year ||
			text != "" && !strings.Contains(j.project+" "+j.unit+" "+j.department+" "+j.goal, text) {
			continue
		}
		if !q.All && shown[j.projectID] {
			continue
		}
		shown[j.projectID] = true
		pick = append(pick, j)
	}
	out.Total = len(pick)
	limit := cmp.Or(q.Limit, 50)
	pick = pick[min(q.Offset, len(pick)):]
	pick = pick[:min(limit, len(pick))]
	ids := make([]string, len(pick))
	for i, j := range pick {
		ids[i] = j.id
	}
	heads, err := w.store.Heads(ctx, ids)
	if err != nil {
		return CaseList{}, err
	}
	for _, j := range pick {
		out.Cases = append(out.Cases, Case{FormHead: formHead(heads[j.id]), Type: j.typ, Quality: j.quality, Marks: j.marks})
	}
	return out, nil
}

// judgeForms gives every form in force its quality, best first, then by id.
func (w *Workspace) judgeForms(ctx context.Context, rules catalog.Rules, types []library.Type) ([]judged, error) {
	var out []judged
	err := w.store.Batches(ctx, store.CaseMarks, func(b arrow.RecordBatch) error {
		c := columns{b}
		text := map[string]func(int) string{}
		for _, name := range []string{"form_id", "project_id", "kind", "project", "unit", "department", "sector", "goal"} {
			text[name] = c.texts(name)
		}
		count := map[string]func(int) int{}
		for _, name := range []string{"year", "lines", "numeric", "weights", "with_level1", "output_classes", "effects", "satisfaction", "costs",
			"actuals", "scores", "full_points", "exact", "reasons"} {
			count[name] = c.counts(name)
		}
		budget, sum := c.numbers("full_year"), c.numbers("weight_sum")
		for i := range int(b.NumRows()) {
			kind := yardstick.FormKind(text["kind"](i))
			f := catalog.Facts{
				Evaluation: kind == yardstick.SelfEvaluation || kind == yardstick.DepartmentSelfEvaluation,
				Goal:       len([]rune(text["goal"](i))) >= 10, Budget: budget(i) != nil, Unit: text["unit"](i)+text["department"](i) != "",
				Lines: count["lines"](i), Numeric: count["numeric"](i), Weights: count["weights"](i), WithLevel1: count["with_level1"](i),
				OutputClasses: count["output_classes"](i), Effects: count["effects"](i), Satisfaction: count["satisfaction"](i), Costs: count["costs"](i),
				Actuals: count["actuals"](i), Scores: count["scores"](i), Full: count["full_points"](i), Exact: count["exact"](i), Reasons: count["reasons"](i),
			}
			if x := sum(i); x != nil {
				f.WeightSum = *x
			}
			quality, marks, ok := rules.Judge(f)
			if !ok {
				continue
			}
			j := judged{
				id: strings.Clone(text["form_id"](i)), projectID: strings.Clone(text["project_id"](i)), project: strings.Clone(text["project"](i)), unit: strings.Clone(text["unit"](i)),
				department: strings.Clone(text["department"](i)), sector: strings.Clone(text["sector"](i)), goal: strings.Clone(text["goal"](i)),
				year: count["year"](i), kind: string(kind), quality: quality,
			}
			for _, m := range marks {
				j.marks = append(j.marks, QualityMark(m))
			}
			j.typ = typeOf(types, j.project, j.goal)
			out = append(out, j)
		}
		return ctx.Err()
	})
	slices.SortFunc(out, func(a, b judged) int { return cmp.Or(cmp.Compare(b.quality, a.quality), cmp.Compare(a.id, b.id)) })
	return out, err
}

// typeOf tells the project type by its words: a word in the project's name
// counts three times one in the goal, longer words more. "" if no type's words
// are there, or two types have equal right.
func typeOf(types []library.Type, project, goal string) string {
	best, second, name := 0, 0, ""
	for _, t := range types {
		score := 0
		for _, w := range append([]string{t.Name}, t.Words...) {
			n := len([]rune(w))
			if strings.Contains(project, w) {
				score += 3 * n
			} else if strings.Contains(goal, w) {
				score += n
			}
		}
		switch {
		case score > best:
			best, second, name = score, best, t.Name
		case score > second:
			second = score
		}
	}
	if best < minTypeScore || best == second {
		return ""
	}
	return name
}

// minTypeScore is a word of two characters in the project's name, or three
// words of two in the goal.
const minTypeScore = 6
