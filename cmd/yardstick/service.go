package main

import (
	"context"
	"errors"
	"fmt"

	"yardstick/web/client"
	"yardstick/workspace"
)

// service is what commands ask: a workspace opened here, or a server that
// holds it. Both give the same answers.
type service interface {
	Ingest(context.Context, workspace.IngestRequest) (workspace.IngestResult, error)
	EachForm(context.Context, workspace.FormQuery, func(workspace.Form) error) error
	Forms(context.Context, workspace.FormQuery) (workspace.FormList, error)
	Search(context.Context, workspace.SearchQuery) (workspace.SearchResult, error)
	Suggest(context.Context, workspace.SuggestRequest) (workspace.SuggestResult, error)
	Indicator(context.Context, string) (workspace.IndicatorView, error)
	workspace.Catalog
	workspace.Assistant
	Close() error
}

var (
	_ service = (*workspace.Workspace)(nil)
	_ service = (*client.Client)(nil)
)

// open returns the server that holds the workspace if one answers on its
// socket, and otherwise opens the workspace; a missing one is made.
// With bulk set the process is about to load extracts and nothing else.
func (e *env) open(ctx context.Context, bulk bool) (service, error) {
	if c, err := client.Dial(ctx, workspace.Socket(e.dir)); err == nil {
		fmt.Fprintf(e.stderr, "工作区 %s 正由 yardstick serve 打开，已转交给它处理。\n", e.dir)
		return c, nil
	}
	return workspace.Open(ctx, workspace.Options{Dir: e.dir, Create: true, Bulk: bulk})
}

// with opens the workspace, or asks the server that holds it, for f.
func (e *env) with(ctx context.Context, f func(context.Context, service) error) error {
	s, err := e.open(ctx, false)
	if err != nil {
		return err
	}
	return errors.Join(f(ctx, s), s.Close())
}
