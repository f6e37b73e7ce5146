// Command yardstick loads filed performance forms into a workspace, searches
// the indicator library, suggests indicators and serves the pages. It holds no
// logic that the API would need too: every subcommand asks a workspace, or a
// server that holds it, and prints the answer. The manual is docs/cli.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
