-- Open: one row, the name that DuckDB gave the warehouse in its catalog.
SELECT current_database()
