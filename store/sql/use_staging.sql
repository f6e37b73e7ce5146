-- insert: makes the staging database the one that new views go to. DuckDB only.
USE staging
