package workspace

import (
	"context"
)

// Draft returns a draft with everything that the page shows beside it.
func (w *Workspace) Draft(ctx context.Context, id string) (DraftView, error) {
	doc, err := w.drafts.Get(id)
	if err != nil {
		return DraftView{}, err
	}
	d, err := draftOf(doc)
	if err != nil {
		return DraftView{}, err
	}
	v := DraftView{Draft: d, Frames: []Frame{}, Sums: []ClassSum{}, Tasks: []GoalTask{}, Values: []ValueResult{}, LastYear: []FormHead{}}
	for _, l := range d.Body.Lines {
		if l.Weight != nil {
			v.Total += *l.Weight
		}
	}
	v.Total = cents(v.Total)
	return v, nil
}
