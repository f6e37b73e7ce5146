-- EntryLines: the lines in force that stand for an entry: form_id, seq, project_id, year,
-- name, kind; latest year first, then form_id and seq. $entry_id VARCHAR.
SELECT form_id, seq, project_id, coalesce(year, 0), name, kind
FROM line_concept
WHERE entry_id = $entry_id AND NOT sub_row
ORDER BY year DESC NULLS LAST, form_id, seq
