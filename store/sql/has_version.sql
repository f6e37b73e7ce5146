-- version: one row, 1 if the table of applied migrations exists, else 0.
SELECT count(*) FROM information_schema.tables WHERE table_name = 'schema_version'
