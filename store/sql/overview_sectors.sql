-- Overview: one row per functional class ('' could not be told): sector, projects, forms;
-- most projects first. No parameters.
SELECT coalesce(sector, '') AS sector, count(DISTINCT project_id), count(*)
FROM form_current
GROUP BY coalesce(sector, '')
ORDER BY count(DISTINCT project_id) DESC, sector
