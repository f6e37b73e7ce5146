-- PutChanges: the number of the latest version of the library, 0 for the shipped one.
SELECT coalesce(max(version), 0) FROM library_change
