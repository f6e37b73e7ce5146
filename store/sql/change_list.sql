-- Changes: every change of the library, in order: the columns of library_change.
-- No parameters.
SELECT change_id, version, changed_at, source, origin, entry_id, action, before_entry, after_entry, note, undoes
FROM library_change
ORDER BY change_id
