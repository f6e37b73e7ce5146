-- ReadParquet: one row per row of the file, in its order. DuckDB only.
-- $1 VARCHAR: path.
SELECT * FROM read_parquet($1)
