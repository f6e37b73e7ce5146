//go:build !duckdb_arrow

package store

// The driver's Arrow interface is only compiled with a build tag. Without it
// the compiler stops here and shows what to type.
var _ = build_with_go_build_tags_duckdb_arrow
