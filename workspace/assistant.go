package workspace

import "context"

// Assistant are the use cases of drafting and reviewing target forms. Like
// Catalog it is said here once, because API, pages and command line want all of
// it, the command line from a workspace or from the server that holds it.
type Assistant interface {
	// Value and Weigh compute; they keep nothing.
	Value(ctx context.Context, req ValueRequest) (ValueResult, error)
	Weigh(ctx context.Context, req WeighRequest) (WeighResult, error)
	ReviewDraft(ctx context.Context, body DraftBody) (Review, error)
	ExportBody(ctx context.Context, body DraftBody, format string) (Document, error) // format: xlsx, docx

	Drafts(ctx context.Context, deleted bool) ([]DraftHead, error)
	StartDraft(ctx context.Context, start DraftStart) (Draft, error)
	Draft(ctx context.Context, id string) (DraftView, error)
	SaveDraft(ctx context.Context, id string, save DraftSave) (Draft, error)
	UndoDraft(ctx context.Context, id string, redo bool) (Draft, error)
	DeleteDraft(ctx context.Context, id string, restore bool) (Draft, error)
	ExportDraft(ctx context.Context, id, format string) (Document, error)

	ReviewForms(ctx context.Context, req ReviewRequest) (ReviewRound, error)
	Rounds(ctx context.Context) ([]RoundHead, error)
	Round(ctx context.Context, id string) (ReviewRound, error)
	DeleteRound(ctx context.Context, id string) error
	// Verdict notes what a person decided on the form of a round.
	Verdict(ctx context.Context, round, form string, v ReviewVerdict) (Review, error)
	// Annotated is the copy of a form's file with the findings as comments in its
	// cells; NotFound where the file is not at hand (forms of the warehouse).
	Annotated(ctx context.Context, round, form string) (Document, error)
	// Opinion is the one-page opinion on a form; format: xlsx, html (printable).
	Opinion(ctx context.Context, round, form, format string) (Document, error)
}

var _ Assistant = (*Workspace)(nil)
