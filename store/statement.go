//go:build duckdb_arrow

package store

import "embed"

//go:embed sql/*.sql migrations/*.sql
var files embed.FS

// statement returns the text of sql/name.sql. A name without a file is a
// mistake in this package that TestStatements finds, so it panics.
func statement(name string) string {
	text, err := files.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic("store: no statement " + name)
	}
	return string(text)
}
