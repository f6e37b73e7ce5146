-- Open: attaches the in-memory database in which batches are staged, then shuts the
-- door. DuckDB only. No rows, no parameters.
-- Staged views stay out of the warehouse's log, where they would be pointers
-- into a process that is gone.
ATTACH ':memory:' AS staging;
SET enable_external_access = false;
SET lock_configuration = true;
