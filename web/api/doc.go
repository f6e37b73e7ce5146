// Package api is the HTTP API under /api/v1: what a workspace answers, as JSON,
// with OpenAPI 3.1 served from the binary. It holds no rule of the trade and no
// state of its own. Start from New.
package api
