package workspace

import (
	"context"

	"yardstick"
)

// StartDraft makes a new draft: empty, from a filed form, from a template, or
// from the text of a document. What start.Body states wins over what the source
// says. With a key the same draft is returned again, whatever else start says,
// also after it has been put away.
func (w *Workspace) StartDraft(ctx context.Context, start DraftStart) (Draft, error) {
	const op = "workspace.StartDraft"
	id := randomID("d")
	if start.Key != "" {
		if len(start.Key) > maxShort {
			return Draft{}, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "key 最多 200 个字节。"}
		}
		id = keyed("k", start.Key)
		doc, err := w.drafts.Get(id)
		if err == nil {
			return draftOf(doc)
		}
		if yardstick.KindOf(err) != yardstick.NotFound {
			return Draft{}, err
		}
	}
	sources := 0
	for _, given := range []bool{start.Form != "", start.Template != "", start.Text != "", start.File != nil} {
		if given {
			sources++
		}
	}
	if sources > 1 {
		return Draft{}, &yardstick.Error{Kind: yardstick.Invalid, Op: op, Msg: "草稿只能从一处开始：表单、模板、文字或文件，选一种。"}
	}
	from := started{origin: Origin{Kind: "empty"}}
	var err error
	switch {
	case start.Form != "":
		from, err = w.fromForm(ctx, start.Form, start.Body)
	case start.Template != "":
		from, err = w.fromTemplate(ctx, start.Template, start.Body)
	case start.Text != "":
		from, err = w.fromText(start.Text)
	case start.File != nil:
		from, err = w.fromFile(ctx, *start.File, start.Body)
	}
	if err != nil {
		return Draft{}, err
	}
	body, err := w.checkBody(op, over(from.body, start.Body))
	if err != nil {
		return Draft{}, err
	}
	return w.newDraft(id, draftMeta{Origin: from.origin, Sample: from.sample}, body, "start")
}

// started is what a source gives a new draft.
type started struct {
	body   DraftBody
	origin Origin
	sample bool
}

// over lays what is stated in top over base.
func over(base, top DraftBody) DraftBody {
	texts := []struct{ to, from *string }{
		{&base.Project, &top.Project}, {&base.Department, &top.Department}, {&base.Unit, &top.Unit}, {&base.Region, &top.Region},
		{&base.Sector, &top.Sector}, {&base.Function, &top.Function}, {&base.Type, &top.Type}, {&base.Goal, &top.Goal}, {&base.RuleSet, &top.RuleSet},
	}
	for _, t := range texts {
		if *t.from != "" {
			*t.to = *t.from
		}
	}
	for _, s := range []struct{ to, from **float64 }{{&base.Budget, &top.Budget}, {&base.Fiscal, &top.Fiscal}, {&base.Other, &top.Other}} {
		if *s.from != nil {
			*s.to = *s.from
		}
	}
	if top.Year != 0 {
		base.Year = top.Year
	}
	if len(top.Lines) > 0 {
		base.Lines = top.Lines
	}
	if len(top.Dismissed) > 0 {
		base.Dismissed = top.Dismissed
	}
	return base
}
