package workspace

import (
	"context"

	"yardstick"
)

func (w *Workspace) fromText(text string) (started, error) {
	return started{}, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.StartDraft", Msg: "从文字开始还在建设。"}
}

func (w *Workspace) fromFile(ctx context.Context, file Upload) (started, error) {
	return started{}, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.StartDraft", Msg: "从文件开始还在建设。"}
}
