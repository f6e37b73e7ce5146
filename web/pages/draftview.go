package pages

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yardstick/workspace"
)

// draftPage is 目标编制: main of draft.tmpl.
type draftPage struct {
	shell
	State     draftState
	BudgetErr string
	Asked     bool // a project is named
	Basis     workspace.Basis
	Why       string // on which class the answer rests and how it was found
	Groups    []draftGroup
	Sums      []classSum
	Total     string
	Count     int
	Sugs      []sugGroup
	SugCount  int
	Skipped   []string
	Similar   []similarRow // projects that the whole answer rests on
	Oob       bool         // the fragment brings them along
	CSV       string
	Show      string // pane that narrow windows start with
}

// draftGroup are the items of one class.
type draftGroup struct {
	Title string
	Sum   string
	Items []itemRow
}

type itemRow struct {
	draftItem
	At      int // index in the state
	Class2  string
	Key     string // of the class, for the sums
	BadSum  bool   // the weight is not a number
	NoValue bool
}

// classSum is the weight of one class.
type classSum struct{ Key, Title, Sum string }

// sugGroup are the suggestions of one class.
type sugGroup struct {
	Title, Note string
	Lacking     bool // the draft has nothing of this class yet
	Sugs        []sugCard
}

// sugCard is one suggestion with its evidence.
type sugCard struct {
	workspace.Suggestion
	ID       string
	Value    string // the proposed value, "" if none
	Plot     *strip // nil: nothing to draw
	Weight   string
	Related  string // 关联性
	Matters  string // 重要性
	Sensible string // 合理性
	Similar  []similarRow
	LibHref  string
}

type similarRow struct {
	workspace.SimilarProject
	Like string
	Year string
	Href string
}

func draftView(d draftState, res workspace.SuggestResult) *draftPage {
	pg := &draftPage{State: d, Asked: d.Project != "", Basis: res.Basis, Count: len(d.Items), Skipped: d.Skipped, Show: "sugs"}
	pg.Title, pg.Rail = "目标编制", true
	if d.Project != "" {
		pg.Title = d.Project + " · 目标编制"
	} else {
		pg.Show = "facts"
	}
	switch by := res.Basis.SectorBy; {
	case !pg.Asked:
	case by == "given":
		pg.Why = "功能分类 " + res.Basis.Sector + "（所填）"
	case res.Basis.Sector == "":
		pg.Why = "功能分类没有辨出，可在左边填上"
	default:
		pg.Why = "功能分类 " + res.Basis.Sector + "（" + by + "）"
	}
	for _, m := range res.Basis.Similar {
		pg.Similar = append(pg.Similar, similar(m))
	}
	pg.CSV = strings.Replace(d.address(), "/drafts/new", "/drafts/new.csv", 1)
	pg.items(d)
	pg.suggestions(d, res)
	return pg
}

// order is the place of a level-1 class in the frame; others come last.
func order(level1 string) int {
	if i := slices.Index(levels, level1); i >= 0 {
		return i
	}
	return len(levels)
}

// items groups the list by class and adds the weights up.
func (pg *draftPage) items(d draftState) {
	byClass := map[int]*draftGroup{}
	sums := map[int]float64{}
	total := 0.0
	for i, it := range d.Items {
		k := order(it.Level1)
		if byClass[k] == nil {
			byClass[k] = &draftGroup{Title: orDash(it.Level1)}
			if k == len(levels) {
				byClass[k].Title = "其他"
			}
		}
		row := itemRow{draftItem: it, At: i, Class2: orDash(short(it.Level2)), Key: "k" + strconv.Itoa(k), NoValue: it.Target == ""}
		if it.Weight != "" {
			w, err := strconv.ParseFloat(strings.TrimSpace(it.Weight), 64)
			if row.BadSum = err != nil || w-w != 0; !row.BadSum {
				sums[k] += w
				total += w
			}
		}
		byClass[k].Items = append(byClass[k].Items, row)
	}
	for k := range len(levels) + 1 {
		g := byClass[k]
		if g == nil {
			continue
		}
		g.Sum = figure(sums[k])
		pg.Groups = append(pg.Groups, *g)
		pg.Sums = append(pg.Sums, classSum{"k" + strconv.Itoa(k), short(g.Title), g.Sum})
	}
	pg.Total = figure(total)
}

// suggestions groups them by class: classes that the draft lacks come first,
// then those of the best suggestion.
func (pg *draftPage) suggestions(d draftState, res workspace.SuggestResult) {
	has := map[string]int{}
	for _, it := range d.Items {
		has[it.Level1]++
	}
	for i, s := range res.Suggestions {
		if slices.Contains(d.Skipped, s.Name) || slices.Contains(d.have(), s.Name) {
			continue
		}
		title := class(s.Level1, s.Level2)
		at := slices.IndexFunc(pg.Sugs, func(g sugGroup) bool { return g.Title == title })
		if at < 0 {
			at = len(pg.Sugs)
			note := "已有 " + count(has[s.Level1]) + " 项"
			if has[s.Level1] == 0 {
				note = "这一类还没有指标"
			}
			pg.Sugs = append(pg.Sugs, sugGroup{Title: title, Note: note, Lacking: has[s.Level1] == 0})
		}
		pg.Sugs[at].Sugs = append(pg.Sugs[at].Sugs, card(s, "s"+strconv.Itoa(i)))
		pg.SugCount++
	}
	slices.SortStableFunc(pg.Sugs, func(a, b sugGroup) int {
		return b2i(!a.Lacking) - b2i(!b.Lacking)
	})
}

func card(s workspace.Suggestion, id string) sugCard {
	c := sugCard{Suggestion: s, ID: id, Value: s.Target.Text, Weight: weightText(s.Weight)}
	if s.Target.Text != "" && s.Target.N > 0 {
		c.Plot = &strip{Values: s.Target.Values, Q1: s.Target.Q1, Median: s.Target.Median, Q3: s.Target.Q3, N: s.Target.N, Unit: s.Target.Unit, Prop: proposed(s.Target)}
	}
	with := 0
	for _, m := range s.Why.Similar {
		c.Similar = append(c.Similar, similar(m))
		with++
	}
	c.Related = "没有相近项目"
	if with > 0 {
		c.Related = count(with) + " 个相近项目"
	}
	switch {
	case s.Why.SectorTotal > 0:
		c.Matters = count(s.Why.UsedInSector) + " / " + count(s.Why.SectorTotal) + " 使用"
	case s.Why.UsedProjects > 0:
		c.Matters = count(s.Why.UsedProjects) + " 个项目使用"
	default:
		c.Matters = "没有项目用过"
	}
	c.Sensible = "不建议目标值"
	if s.Target.Text != "" {
		c.Sensible = "目标值 n=" + count(s.Target.N)
	}
	if s.Why.Library != "" {
		c.LibHref = "/library/" + s.Why.Library
	}
	return c
}

func similar(m workspace.SimilarProject) similarRow {
	return similarRow{m, fmt.Sprintf("%.2f", m.Likeness), year(&m.Year), "/forms/" + m.FormID}
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
