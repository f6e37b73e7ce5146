-- Batches(Names): one row per distinct indicator name with its classes: name, level1,
-- level2, unit (the commonest of its targets), sector (the commonest), forms and
-- projects BIGINT; by name, level1, level2. No parameters.
SELECT l.name, coalesce(l.level1, '') AS level1, coalesce(l.level2, '') AS level2,
       coalesce(mode(l.target_unit), '') AS unit, coalesce(mode(f.sector), '') AS sector,
       count(DISTINCT l.form_id) AS forms, count(DISTINCT f.project_id) AS projects
FROM line l
JOIN form_current f ON f.form_id = l.form_id
WHERE l.name <> ''
GROUP BY l.name, coalesce(l.level1, ''), coalesce(l.level2, '')
ORDER BY l.name, level1, level2
