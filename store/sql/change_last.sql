-- PutChanges: the number of the latest change and of the latest version of the library, 0
-- for the shipped one. No parameters.
SELECT coalesce(max(change_id), 0), coalesce(max(version), 0) FROM library_change
