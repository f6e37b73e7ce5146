package workspace

import (
	"context"

	"yardstick"
)

func (w *Workspace) ReviewForms(ctx context.Context, req ReviewRequest) (out ReviewRound, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.ReviewForms", Msg: "还在建设。"}
}

func (w *Workspace) Rounds(ctx context.Context) (out []RoundHead, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Rounds", Msg: "还在建设。"}
}

func (w *Workspace) Round(ctx context.Context, id string) (out ReviewRound, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Round", Msg: "还在建设。"}
}

func (w *Workspace) DeleteRound(ctx context.Context, id string) error {
	return &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.DeleteRound", Msg: "还在建设。"}
}

func (w *Workspace) Verdict(ctx context.Context, round, form string, v ReviewVerdict) (out Review, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Verdict", Msg: "还在建设。"}
}

func (w *Workspace) Annotated(ctx context.Context, round, form string) (out Document, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Annotated", Msg: "还在建设。"}
}

func (w *Workspace) Opinion(ctx context.Context, round, form, format string) (out Document, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Opinion", Msg: "还在建设。"}
}
