package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"yardstick/web"
	"yardstick/workspace"
)

func newServe(e *env) *cobra.Command {
	var addr string
	var hosts []string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the pages and the API",
		Long: `Serves the pages and the API (/api/v1, OpenAPI at /api/v1/openapi.json) over the workspace, on the loopback
interface unless --addr says otherwise. While it runs, other commands on the same workspace talk to it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ws, err := workspace.Open(cmd.Context(), workspace.Options{Dir: e.dir, Create: true})
			if err != nil {
				return err
			}
			defer ws.Close()
			return serve(cmd.Context(), e, ws, addr, hosts, func(url string) {
				fmt.Fprintf(e.stdout, "绩尺已就绪：%s （Ctrl-C 结束）\n", url)
			})
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "127.0.0.1:8470", "address to listen on")
	cmd.Flags().StringSliceVar(&hosts, "host", nil, "host name under which the pages are reached, if not by loopback (repeatable)")
	return cmd
}

// serve runs the server until ctx ends and tells ready its address.
func serve(ctx context.Context, e *env, ws *workspace.Workspace, addr string, hosts []string, ready func(url string)) error {
	// What a server keeps are flat arrays, which cost the collector next to nothing
	// to look at: half as much garbage at a time leaves room for a second model while
	// it is fitted.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	ws.Warm()
	return web.Serve(ctx, ws, web.Options{
		Addr: addr, Hosts: hosts, Socket: workspace.Socket(e.dir), Version: version,
		Log: slog.New(slog.NewTextHandler(e.stderr, nil)), Ready: ready,
	})
}
