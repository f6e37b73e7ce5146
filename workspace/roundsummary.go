package workspace

import (
	"context"
	"strings"

	"yardstick/ingest/official"
)

// SummaryRound returns a round as one workbook: a row for each form, worst
// first, with what people decided, every finding on a second sheet, and what was
// not reviewed below.
func (w *Workspace) SummaryRound(ctx context.Context, id string) (Document, error) {
	round, err := w.Round(ctx, id)
	if err != nil {
		return Document{}, err
	}
	done, err := w.turn(ctx)
	if err != nil {
		return Document{}, err
	}
	defer done()
	s := official.Summary{Title: round.Title, Date: round.At.Local(), Sample: round.Sample}
	for _, r := range round.Items {
		s.Rows = append(s.Rows, opinionOf(&round, r))
	}
	for _, i := range round.Unread {
		at := []string{fileBase(i.File)}
		for _, s := range []string{i.Sheet, i.Cell} {
			if s != "" {
				at = append(at, s)
			}
		}
		s.Unread = append(s.Unread, strings.Join(at, " › ")+"："+i.Message)
	}
	s.Unread = append(s.Unread, round.Skips...)
	data, err := official.SummaryXLSX(s)
	if err != nil {
		return Document{}, err
	}
	return Document{Name: fileName(round.Title) + "_审核汇总.xlsx", Type: official.TypeXLSX, Data: data}, nil
}
