package yardstick

import "embed"

// Sample holds the demonstration forms, below testdata/demo. They are made by
// this project from the figures of published forms; testdata/README.md names
// the origin of each.
//
//go:embed all:testdata/demo
var Sample embed.FS
