-- ReadParquet: shuts the door behind the one file that is allowed. DuckDB only.
SET enable_external_access = false;
SET lock_configuration = true;
