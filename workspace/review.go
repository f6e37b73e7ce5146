package workspace

import (
	"context"

	"yardstick"
)

func (w *Workspace) ReviewDraft(ctx context.Context, body DraftBody) (out Review, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.ReviewDraft", Msg: "还在建设。"}
}
