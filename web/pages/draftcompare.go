package pages

import (
	"net/http"
	"strings"

	"yardstick"
	"yardstick/web/fault"
	"yardstick/workspace"
)

// comparePage puts a draft beside the copy that a save from another window
// became: main of draftcompare.tmpl.
type comparePage struct {
	shell
	Copy, Of          workspace.Draft
	CopyPath, OfPath  string
	Facts, Lines      []comparedRow
	Different, Shared int
}

// comparedRow is a field or a line of both.
type comparedRow struct {
	Label     string
	Of, Copy  string
	Different bool
	Word      string // 不同, 只在这份, ""
}

// draftCompare shows a copy beside the draft that it is a copy of.
func (p *Pages) draftCompare(r *http.Request, q *asked) (answer, error) {
	c, err := p.ws.Draft(r.Context(), q.id(r))
	if err != nil {
		return answer{}, err
	}
	if c.CopyOf == "" {
		return answer{}, fault.New(http.StatusNotFound, yardstick.NotFound, "这份草稿没有副本可比。从草稿列表重新打开。")
	}
	o, err := p.ws.Draft(r.Context(), c.CopyOf)
	if err != nil {
		return answer{}, err
	}
	pg := &comparePage{Copy: c.Draft, Of: o.Draft, CopyPath: draftPath(c.ID), OfPath: draftPath(o.ID)}
	pg.Title, pg.Sample = "比较两份草稿", c.Sample || o.Sample
	a, b := o.Body, c.Body
	for _, f := range [][3]string{{"项目名称", a.Project, b.Project}, {"单位", a.Unit, b.Unit}, {"主管部门", a.Department, b.Department}, {"功能分类", a.Sector, b.Sector}, {"项目类型", a.Type, b.Type},
		{"年度", year(&a.Year), year(&b.Year)}, {"预算（万元）", money(a.Budget), money(b.Budget)}, {"年度总体目标", a.Goal, b.Goal}} {
		pg.add(&pg.Facts, comparedRow{Label: f[0], Of: f[1], Copy: f[2]})
	}
	pg.compareLines(a.Lines, b.Lines)
	return answer{value: []workspace.DraftBody{a, b}, tmpl: p.tmpl["draftcompare"], page: pg}, nil
}

func (pg *comparePage) add(to *[]comparedRow, row comparedRow) {
	if row.Different = row.Of != row.Copy; row.Different {
		pg.Different++
		switch {
		case row.Word != "":
		default:
			row.Word = "不同"
		}
	} else {
		pg.Shared++
	}
	*to = append(*to, row)
}

// compareLines pairs lines of the same class and name; the rest stand alone.
func (pg *comparePage) compareLines(a, b []workspace.DraftLine) {
	used := make([]bool, len(b))
	for _, l := range a {
		row := comparedRow{Label: l.Name, Of: lineWords(l), Word: "这份没有"}
		for i, m := range b {
			if !used[i] && m.Name == l.Name {
				used[i], row.Copy, row.Word = true, lineWords(m), ""
				break
			}
		}
		pg.add(&pg.Lines, row)
	}
	for i, m := range b {
		if !used[i] {
			pg.add(&pg.Lines, comparedRow{Label: m.Name, Copy: lineWords(m), Word: "只在副本"})
		}
	}
}

// lineWords is a line in a sentence: class, target, weight.
func lineWords(l workspace.DraftLine) string {
	unit := " " + l.Unit
	if l.Unit == "%" || l.Unit == "‰" {
		unit = l.Unit
	}
	t := strings.TrimSpace(l.Comparison + " " + l.Target + unit)
	s := []string{class(l.Level1, l.Level2), orDash(t)}
	if l.Weight != nil {
		s = append(s, figure(*l.Weight)+" 分")
	}
	for _, more := range []string{l.Basis, l.Note} {
		if more != "" {
			s = append(s, more)
		}
	}
	return strings.Join(s, " · ")
}

// draftResolve ends a conflict: the copy takes the draft's place, or is put
// away. Either can be taken back.
func (p *Pages) draftResolve(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	c, err := p.ws.Draft(r.Context(), r.PathValue("id"))
	if err != nil {
		return "", err
	}
	if c.CopyOf == "" {
		return draftPath(c.ID), nil // resolved already
	}
	said := "已放下副本，随时可以从删除的草稿里取回。"
	if r.PostFormValue("take") != "" {
		o, err := p.ws.Draft(r.Context(), c.CopyOf)
		if err != nil {
			return "", err
		}
		if _, err := p.ws.SaveDraft(r.Context(), o.ID, workspace.DraftSave{Revision: o.Revision, Body: c.Body, Source: draftSource}); err != nil {
			return "", err
		}
		said = "已换成副本的内容；要换回来就撤销一次。"
	}
	if _, err := p.ws.DeleteDraft(r.Context(), c.ID, false); err != nil {
		return "", err
	}
	say(w, toast{Text: said})
	return draftPath(c.CopyOf), nil
}
