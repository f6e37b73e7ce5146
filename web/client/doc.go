// Package client asks a running server for what a workspace would answer, over
// its unix socket or loopback, so that the command line works while a server
// holds the warehouse. Start from Dial.
package client
