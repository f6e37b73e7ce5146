-- Batches(EntryYears): projects that use an entry, by entry and year: entry_id, year INTEGER,
-- projects BIGINT; entry_id '' counts all projects of that year. By entry_id and year. No parameters.
SELECT entry_id, year, count(DISTINCT project_id) AS projects
FROM line_concept
WHERE entry_id IS NOT NULL AND year IS NOT NULL AND NOT sub_row
GROUP BY entry_id, year
UNION ALL
SELECT '' AS entry_id, year, count(DISTINCT project_id) AS projects
FROM form_current
WHERE year IS NOT NULL
GROUP BY year
ORDER BY entry_id, year
