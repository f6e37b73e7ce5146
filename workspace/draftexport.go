package workspace

import (
	"context"

	"yardstick"
)

func (w *Workspace) ExportDraft(ctx context.Context, id, format string) (out Document, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.ExportDraft", Msg: "还在建设。"}
}

func (w *Workspace) ExportBody(ctx context.Context, body DraftBody, format string) (out Document, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.ExportBody", Msg: "还在建设。"}
}
