-- PendingNames: every name of a line in force without a row in name_match: name, level1,
-- level2, sector, unit (the commonest of its targets), project (one that uses it); by
-- name, level1, level2, sector. No parameters.
SELECT n.name, n.level1, n.level2, n.sector, n.unit, n.project
FROM (
  SELECT l.name, coalesce(l.level1, '') AS level1, coalesce(l.level2, '') AS level2, coalesce(f.sector, '') AS sector,
         coalesce(mode(l.target_unit), '') AS unit, coalesce(min(f.project), '') AS project
  FROM line l
  JOIN form_current f ON f.form_id = l.form_id
  WHERE l.name <> ''
  GROUP BY l.name, coalesce(l.level1, ''), coalesce(l.level2, ''), coalesce(f.sector, '')
) n
WHERE NOT EXISTS (
  SELECT 1 FROM name_match m
  WHERE m.name = n.name AND m.level1 = n.level1 AND m.level2 = n.level2 AND m.sector = n.sector
)
ORDER BY n.name, n.level1, n.level2, n.sector
