-- Overview: one row per form kind and year that has forms or lacks some: kind, year (0
-- not stated), forms, missing; latest year first, then kind. Kinds of projects are
-- held against projects, kinds of departments against departments. No parameters.
WITH kind(kind, whole) AS (
  VALUES ('target', false), ('monitoring', false), ('self_evaluation', false),
         ('department_target', true), ('department_self_evaluation', true)
), filed AS (
  SELECT DISTINCT coalesce(f.year, 0) AS year, k.whole, f.project_id
  FROM form_current f JOIN kind k ON k.kind = f.kind
), have AS (
  SELECT coalesce(year, 0) AS year, kind, count(*) AS forms, count(DISTINCT project_id) AS projects
  FROM form_current GROUP BY coalesce(year, 0), kind
), expected AS (
  SELECT year, whole, count(*) AS projects FROM filed GROUP BY year, whole
)
SELECT k.kind, e.year, coalesce(h.forms, 0) AS forms,
       CASE WHEN e.year = 0 THEN 0 ELSE e.projects - coalesce(h.projects, 0) END AS missing
FROM expected e
JOIN kind k ON k.whole = e.whole
LEFT JOIN have h ON h.year = e.year AND h.kind = k.kind
WHERE e.year > 0 OR h.forms > 0
ORDER BY e.year DESC, k.kind
