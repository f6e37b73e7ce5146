package workspace

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"yardstick"
	"yardstick/ingest/official"
)

// annotate writes the findings on all forms of one file into a copy of it: the
// unit gets its file back once, whichever of its forms was opened. list are those
// forms, r the one that was asked for.
func (w *Workspace) annotate(ctx context.Context, r Review, list []Review, data []byte) (Document, error) {
	done, err := w.turn(ctx)
	if err != nil {
		return Document{}, err
	}
	defer done()
	var comments []official.Comment
	for _, form := range list {
		for _, f := range form.Findings {
			c := official.Comment{Sheet: form.Sheet, Cell: f.Cell, Raw: f.Raw, Severity: f.Severity, Title: f.Title, Text: strings.TrimSpace(f.Why + f.Do)}
			if f.Cell == "" && len(list) > 1 {
				c.Text = "“" + form.Project + "”：" + c.Text
			}
			comments = append(comments, c)
		}
	}
	out, name, err := official.Annotate(ctx, fileBase(r.File), data, comments)
	if err != nil {
		return Document{}, err
	}
	kind := official.TypeXLSX
	switch strings.ToLower(filepath.Ext(name)) {
	case ".docx":
		kind = official.TypeDOCX
	case ".xlsx":
	default: // workbooks with macros keep their extension
		kind = "application/octet-stream"
	}
	return Document{Name: name, Type: kind, Data: out}, nil
}

// opinion writes the one-page opinion on a form of a round.
func (w *Workspace) opinion(ctx context.Context, round *ReviewRound, r Review, format string) (Document, error) {
	done, err := w.turn(ctx)
	if err != nil {
		return Document{}, err
	}
	defer done()
	o := opinionOf(round, r)
	out := Document{Name: fileName(r.Project) + "_审核意见." + format}
	switch format {
	case "xlsx":
		out.Type = official.TypeXLSX
		out.Data, err = official.OpinionXLSX(o)
	case "html":
		out.Type = official.TypeHTML
		out.Data, err = official.OpinionHTML(o, "")
	default:
		return Document{}, &yardstick.Error{Kind: yardstick.Invalid, Op: "workspace.Opinion", Msg: "审核意见的格式只有 xlsx 和 html。"}
	}
	if err != nil {
		return Document{}, err
	}
	return out, nil
}

// opinionOf is a review as the writers take it. Days are those of the place: what
// is kept is UTC, eight hours behind China.
func opinionOf(round *ReviewRound, r Review) official.Opinion {
	o := official.Opinion{
		File: fileBase(r.File), Sheet: r.Sheet, Project: r.Project, Unit: r.Unit, Department: r.Department, Year: r.Year, Budget: r.Budget, Lines: r.Lines,
		Points: r.Points, Grade: r.Grade, Advice: r.Advice, Rules: official.Rules{Title: rulesTitle(r.Rules), Source: r.Rules.Source, Status: r.Rules.Status},
		History: r.History, Date: round.At.Local(), Sample: round.Sample,
	}
	for _, m := range r.Marks {
		o.Marks = append(o.Marks, official.Mark{Group: m.Group, Item: m.Item, Points: m.Points, Of: m.Of, Grade: m.Grade, Why: m.Why})
	}
	for _, f := range r.Findings {
		o.Findings = append(o.Findings, official.Finding{Severity: f.Severity, Title: f.Title, Line: f.Line, Indicator: f.Indicator, Cell: f.Cell,
			Why: f.Why, Do: f.Do, Rule: f.Rule, Source: f.Source, SourceStatus: f.SourceStatus})
	}
	for _, c := range r.Checks {
		if c.Answer == "unchecked" {
			o.Unchecked = append(o.Unchecked, c.Rule+" "+c.Title+"："+c.Why)
		}
	}
	if v := r.Decision; v != nil {
		o.Verdict = &official.Verdict{Verdict: v.Verdict, Note: v.Note, At: v.At.Local()}
	}
	return o
}

// rulesTitle names the rules of a review with their version.
func rulesTitle(r RuleSet) string {
	name := r.ID
	if r.ID == "review" {
		name = "绩效目标审核规则"
	}
	if r.Version == "" {
		return name
	}
	return name + "，第 " + r.Version + " 版"
}

// sameFile are the forms of the round that come from one kept file, by sheet name
// and worst first within one.
func (k *keptRound) sameFile(at int) []Review {
	var out []Review
	for _, r := range k.Round.Items {
		if n, ok := k.Files[r.ID]; ok && n == at {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b Review) int { return strings.Compare(a.Sheet, b.Sheet) })
	return out
}
