package workspace

import (
	"context"

	"yardstick"
)

func (w *Workspace) Drafts(ctx context.Context, deleted bool) (out []DraftHead, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Drafts", Msg: "还在建设。"}
}

func (w *Workspace) StartDraft(ctx context.Context, start DraftStart) (out Draft, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.StartDraft", Msg: "还在建设。"}
}

func (w *Workspace) Draft(ctx context.Context, id string) (out DraftView, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Draft", Msg: "还在建设。"}
}

func (w *Workspace) SaveDraft(ctx context.Context, id string, save DraftSave) (out Draft, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.SaveDraft", Msg: "还在建设。"}
}

func (w *Workspace) UndoDraft(ctx context.Context, id string, redo bool) (out Draft, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.UndoDraft", Msg: "还在建设。"}
}

func (w *Workspace) DeleteDraft(ctx context.Context, id string, restore bool) (out Draft, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.DeleteDraft", Msg: "还在建设。"}
}

func (w *Workspace) ExportDraft(ctx context.Context, id, format string) (out Document, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.ExportDraft", Msg: "还在建设。"}
}

func (w *Workspace) ExportBody(ctx context.Context, body DraftBody, format string) (out Document, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.ExportBody", Msg: "还在建设。"}
}
