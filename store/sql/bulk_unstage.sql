-- AppendTable: removes the views that Append does not have. DuckDB only.
DROP VIEW IF EXISTS staging.main.bulk_line_in;
DROP VIEW IF EXISTS staging.main.bulk_unchanged_in;
