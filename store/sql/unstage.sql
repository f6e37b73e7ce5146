-- insert: removes the views of a batch. DuckDB only. No parameters.
DROP VIEW IF EXISTS staging.main.batch_in;
DROP VIEW IF EXISTS staging.main.file_in;
DROP VIEW IF EXISTS staging.main.region_in;
DROP VIEW IF EXISTS staging.main.agency_in;
DROP VIEW IF EXISTS staging.main.project_in;
DROP VIEW IF EXISTS staging.main.form_in;
DROP VIEW IF EXISTS staging.main.budget_in;
DROP VIEW IF EXISTS staging.main.line_in;
DROP VIEW IF EXISTS staging.main.issue_in;
DROP VIEW IF EXISTS staging.main.corrected_in;
