-- migrate, Append: moves the log into the file. DuckDB only. No parameters.
CHECKPOINT
