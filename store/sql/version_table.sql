-- migrate: makes the table of applied migrations. No rows, no parameters.
CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)
