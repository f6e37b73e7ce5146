-- AppendTable: stores the lines of an extract; columns that it does not fill stay
-- NULL. Reads staging.main.bulk_line_in. DuckDB only (BY NAME). No parameters.
INSERT INTO line BY NAME
SELECT *, false AS sub_row FROM staging.main.bulk_line_in
