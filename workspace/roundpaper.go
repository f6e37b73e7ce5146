package workspace

import (
	"context"

	"yardstick"
)

func (w *Workspace) annotate(ctx context.Context, r Review, data []byte) (Document, error) {
	return Document{}, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Annotated", Msg: "还在建设。"}
}

func (w *Workspace) opinion(ctx context.Context, round *ReviewRound, r Review, format string) (Document, error) {
	return Document{}, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Opinion", Msg: "还在建设。"}
}
