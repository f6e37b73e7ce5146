-- AppendTable: stores the lines of an extract; columns that it does not fill stay
-- NULL. Reads all columns of staging.main.bulk_line_in: a view of Arrow batches must not
-- be read in part, for the driver's scan then takes one column for another and
-- crashes. Lines come sorted by region and year within each batch, which is enough to
-- read one county fast; sorting them all here costs more memory than a load may take.
-- DuckDB only (BY NAME). No parameters.
INSERT INTO line BY NAME
SELECT *, false AS sub_row FROM staging.main.bulk_line_in
