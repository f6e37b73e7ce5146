package pages

import (
	"fmt"
	"hash/fnv"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"yardstick/indicators"
	"yardstick/workspace"
)

// sugGroup are the suggestions for one task of the goal or of one class.
type sugGroup struct {
	ID          string // anchor of a task
	Title, Note string
	Lacking     bool // a task or class without an indicator
	Sugs        []sugCard
}

// sugCard is one suggestion with its evidence.
type sugCard struct {
	workspace.Suggestion
	ID        string
	Add       string // value of the button that adds it
	Skip      string // value of the one that dismisses it
	Value     string // comparison and number of the proposal, "" if none
	Unit      string
	Weight    string
	Plot      *strip // nil: nothing to draw
	Related   string // 关联性
	Matters   string // 重要性
	Sensible  string // 合理性
	RelatedN  []string
	MattersN  []string
	SensibleN []string
	Similar   []similarRow
	LibHref   string
}

type similarRow struct {
	workspace.SimilarProject
	Like string
	Year string
	Href string
}

// suggest groups the suggestions: tasks of the goal without an indicator first,
// then classes without one, then by class; within a group best first.
func (pg *draftPage) suggest(res workspace.SuggestResult, in draftPost) {
	b := pg.D.Body
	has := map[string]int{}
	names := map[string]bool{}
	for _, l := range b.Lines {
		has[l.Level1]++
		names[l.Name] = true
	}
	for _, m := range res.Basis.Similar {
		pg.Similar = append(pg.Similar, similar(m))
	}
	pg.Note = res.Basis.Note
	for _, s := range res.Suggestions {
		if slices.Contains(b.Dismissed, s.Name) || names[s.Name] {
			continue
		}
		g := sugGroup{Title: class(s.Level1, s.Level2), Note: "已有 " + count(has[s.Level1]) + " 项"}
		if i := slices.IndexFunc(pg.D.Sums, func(c workspace.ClassSum) bool { return c.Level1 == s.Level1 }); i >= 0 && pg.D.Sums[i].Due-pg.D.Sums[i].Sum > .005 {
			g.Note += "，" + short(s.Level1) + "还差 " + figure(pg.D.Sums[i].Due-pg.D.Sums[i].Sum) + " 分"
		}
		switch {
		case s.Task != "":
			g.ID, g.Note, g.Lacking = taskID(s.Task), "总体目标提到“"+s.Task+"”，尚无指标", true
		case has[s.Level1] == 0:
			g.Note, g.Lacking = "这一类还没有指标", true
		}
		k := slices.IndexFunc(pg.Sugs, func(o sugGroup) bool { return o.Title == g.Title && o.ID == g.ID })
		if k < 0 {
			k = len(pg.Sugs)
			pg.Sugs = append(pg.Sugs, g)
		}
		pg.Sugs[k].Sugs = append(pg.Sugs[k].Sugs, sugView(s))
		pg.SugCount++
	}
	rank := func(g sugGroup) int {
		if g.ID != "" {
			return 0
		}
		return 1 + b2i(!g.Lacking)
	}
	slices.SortStableFunc(pg.Sugs, func(a, b sugGroup) int { return rank(a) - rank(b) })
	for i, t := range pg.Lacking {
		if slices.ContainsFunc(pg.Sugs, func(g sugGroup) bool { return g.ID == taskID(t.Text) }) {
			pg.Lacking[i].Href = "#" + taskID(t.Text)
		}
	}
	for _, n := range b.Dismissed {
		pg.Skipped = append(pg.Skipped, skipped{n, doing(url.Values{"op": {"back"}, "n": {n}})})
	}
}

func taskID(task string) string { return "task-" + hashed(task) }

// hashed is a short name for a text, for ids.
func hashed(s string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s)) // a hash takes everything
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

func similar(m workspace.SimilarProject) similarRow {
	if m.Project == "" {
		m.Project = "（没有写项目名称）"
	}
	return similarRow{m, fmt.Sprintf("%.2f", m.Likeness), year(&m.Year), "/forms/" + m.FormID}
}

func sugView(s workspace.Suggestion) sugCard {
	l := proposedLine(s.Name, s.Level1, s.Level2, s.Entry, s.Target, s.Weight)
	c := sugCard{Suggestion: s, ID: "sug-" + hashed(s.Name), Add: lineTo(l), Skip: doing(url.Values{"op": {"skip"}, "n": {s.Name}}), Unit: l.Unit}
	if l.Target != "" {
		c.Value = strings.TrimSpace(l.Comparison + " " + l.Target)
		if l.Comparison == qualitativeWord {
			c.Value = l.Target
		}
	}
	c.Weight = weightShort(s.Weight)
	if s.Target.Text != "" && s.Target.N > 0 {
		plot := strip{Values: s.Target.Values, Q1: s.Target.Q1, Median: s.Target.Median, Q3: s.Target.Q3, N: s.Target.N, Unit: s.Target.Unit, Own: ownValues(s.Target.Own), Prop: proposed(s.Target)}
		if plot.drawn() {
			c.Plot = &plot
		}
	}
	for _, m := range s.Why.Similar {
		c.Similar = append(c.Similar, similar(m))
	}
	c.words()
	if id := s.Entry; id != "" {
		c.LibHref = "/library/" + url.PathEscape(id)
	} else if s.Why.Library != "" {
		c.LibHref = "/library/" + url.PathEscape(s.Why.Library)
	}
	return c
}

// words are the three words of the evidence, short and in full.
func (c *sugCard) words() {
	w, t := c.Why, c.Target
	switch {
	case len(w.Similar) > 0:
		c.Related = count(len(w.Similar)) + " 个相近项目"
	case w.Template != nil:
		c.Related = "模板里有"
	default:
		c.Related = "没有相近项目"
	}
	for _, p := range w.Partners {
		c.RelatedN = append(c.RelatedN, fmt.Sprintf("与表内“%s”同在 %s 个项目里，是随机的 %s 倍（收缩值）。", p.Name, count(p.Projects), figure(p.Lift)))
	}
	if w.Template != nil {
		must := "可选"
		if w.Template.Core {
			must = "必选"
		}
		c.RelatedN = append(c.RelatedN, "模板“"+w.Template.Name+"”的"+must+"指标。")
	}
	switch {
	case w.TypeTotal > 0 && w.UsedInType > 0:
		c.Matters = count(w.UsedInType) + " / " + count(w.TypeTotal) + " 使用"
	case w.SectorTotal > 0:
		c.Matters = count(w.UsedInSector) + " / " + count(w.SectorTotal) + " 使用"
	case w.UsedProjects > 0:
		c.Matters = count(w.UsedProjects) + " 个项目使用"
	default:
		c.Matters = "没有项目用过"
	}
	if w.TypeTotal > 0 {
		c.MattersN = append(c.MattersN, fmt.Sprintf("%s类 %s 个项目中 %s 个使用。", w.Type, count(w.TypeTotal), count(w.UsedInType)))
	}
	if w.SectorTotal > 0 {
		c.MattersN = append(c.MattersN, fmt.Sprintf("同一功能分类 %s 个项目中 %s 个使用。", count(w.SectorTotal), count(w.UsedInSector)))
	}
	c.MattersN = append(c.MattersN, "权重："+weightText(c.Suggestion.Weight)+"。")
	if fit := c.Suggestion.Weight.Fit; fit != "" {
		c.MattersN = append(c.MattersN, strings.TrimSuffix(fit, "。")+"。")
	}
	c.sensible(t)
}

// sensible words 合理性: how surely the proposed value is reached, what it rests
// on, and how many were reached.
func (c *sugCard) sensible(t workspace.TargetAdvice) {
	add := func(s string) {
		s = strings.TrimSuffix(strings.TrimSpace(s), "。")
		if s != "" && !strings.Contains(strings.Join(c.SensibleN, ""), s) { // said once
			c.SensibleN = append(c.SensibleN, s+"。")
		}
	}
	switch {
	case t.Text != "" && t.Tightness != nil && t.Tightness.Chance != nil:
		c.Sensible = "达成把握 " + chance(*t.Tightness.Chance)
	case t.Text != "" && t.Reached.Of > 0:
		c.Sensible = count(t.Reached.Part) + " / " + count(t.Reached.Of) + " 达到"
	case t.Text != "" && c.Value != "" && t.N > 0:
		c.Sensible = "目标值 n=" + count(t.N)
	case t.Text != "":
		c.Sensible = "可量化"
	default:
		c.Sensible = "不建议目标值"
	}
	if t.Basis != "" {
		add("依据：" + t.Basis + "。" + t.BasisWhy)
	} else {
		add(t.BasisWhy)
	}
	if t.Tightness != nil {
		add(t.Tightness.Why)
	}
	if t.Q1 != nil && t.Median != nil && t.Q3 != nil {
		add(fmt.Sprintf("同类中位 %s，四分位 %s–%s%s", withUnit(*t.Median, t.Unit), figure(*t.Q1), figure(*t.Q3), n(t.N)))
	}
	if len(t.Own) > 0 {
		var years []string
		for _, o := range t.Own {
			v := o.Actual
			if v == "" {
				v = o.Target
			}
			years = append(years, strings.TrimSpace(strconv.Itoa(o.Year)+" 年 "+v))
		}
		add("本单位：" + strings.Join(years, "、") + n(len(t.Own)))
	}
	if t.Reached.Of > 0 {
		add(fmt.Sprintf("评过的 %s 次里 %s 次达到目标", count(t.Reached.Of), count(t.Reached.Part)))
	}
	if t.Scaled != nil {
		add(t.Scaled.Note)
	}
	add(t.Note)
}

// weightShort is the proposed weight with its quartiles, for the card.
func weightShort(w workspace.WeightAdvice) string {
	var s string
	switch {
	case w.Points != nil:
		s = "权重 " + figure(*w.Points)
	case w.Median != nil:
		s = "权重 " + figure(*w.Median)
	default:
		return ""
	}
	if w.N == 0 {
		return s + "（按规则集分）"
	}
	if w.Q1 != nil && w.Q3 != nil {
		return s + "（四分位 " + figure(*w.Q1) + "–" + figure(*w.Q3) + "，n=" + count(w.N) + "）"
	}
	return s + "（n=" + count(w.N) + "）"
}

// proposedLine is the line that adding a suggestion writes: the proposed value
// in its parts, and the weight that fits.
func proposedLine(name, level1, level2, entry string, t workspace.TargetAdvice, w workspace.WeightAdvice) workspace.DraftLine {
	l := workspace.DraftLine{Level1: level1, Level2: level2, Name: name, Entry: entry, Unit: t.Unit, Basis: t.Basis, Comparison: t.Comparison}
	if l.Weight = w.Points; l.Weight == nil {
		l.Weight = w.Median
	}
	if t.Text == "" {
		return l
	}
	v := indicators.Parse(t.Text)
	if !v.Numeric() {
		l.Target = t.Text
		if v.Kind != indicators.Date && v.Kind != indicators.Period {
			l.Comparison, l.Unit = qualitativeWord, ""
		}
		return l
	}
	rest := strings.TrimSpace(t.Text)
	if c := string(v.Comparison); c != "" {
		if l.Comparison == "" {
			l.Comparison = c
		}
		rest = strings.TrimSpace(strings.TrimPrefix(rest, c))
	}
	if u := t.Unit; u != "" && strings.HasSuffix(rest, u) {
		rest = strings.TrimSpace(strings.TrimSuffix(rest, u))
	}
	l.Target = rest
	return l
}

// proposed is where the suggested target lies on the ruler.
func proposed(t workspace.TargetAdvice) *float64 {
	switch {
	case t.Low != nil && t.High != nil && *t.Low != *t.High:
		return nil
	case t.Low != nil:
		return t.Low
	case t.High != nil:
		return t.High
	}
	return t.Median
}
