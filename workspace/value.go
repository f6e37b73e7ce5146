package workspace

import (
	"context"

	"yardstick"
)

func (w *Workspace) Value(ctx context.Context, req ValueRequest) (out ValueResult, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Value", Msg: "还在建设。"}
}

func (w *Workspace) Weigh(ctx context.Context, req WeighRequest) (out WeighResult, err error) {
	return out, &yardstick.Error{Kind: yardstick.Unready, Op: "workspace.Weigh", Msg: "还在建设。"}
}
