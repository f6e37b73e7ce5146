-- Batches(Cases): one row per form in force: form_id, project_id, project, unit,
-- department, sector, year, kind, goal, names (of its indicators, joined by line
-- breaks, in order), lines INTEGER; by form_id. No parameters.
SELECT f.form_id, f.project_id, coalesce(f.project, '') AS project, coalesce(f.unit, '') AS unit,
       coalesce(f.department, '') AS department, coalesce(f.sector, '') AS sector, f.year, f.kind,
       coalesce(f.goal, '') AS goal, coalesce(n.names, '') AS names, f.line_count AS lines
FROM form_current f
LEFT JOIN (
  SELECT form_id, string_agg(name, chr(10) ORDER BY seq) AS names
  FROM line GROUP BY form_id
) n ON n.form_id = f.form_id
ORDER BY f.form_id
