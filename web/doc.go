// Package web serves the pages and the API over a workspace: one handler with
// the checks that every request passes, and one server on loopback and a unix
// socket. What is shown stands in web/pages and web/api. Start from Serve.
package web
