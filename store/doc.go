// Package store is the warehouse: a DuckDB file with its migrations, every SQL
// statement (one embedded file each in sql/), and records going in and out as
// Arrow record batches. It decides which form a correction supersedes, which
// project a form belongs to and where an agency lies; it computes no
// statistics. It is the only package that imports the DuckDB driver, and needs
// the build tag duckdb_arrow. Start from Open.
package store
