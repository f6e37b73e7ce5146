-- Overview: one row: sample, loaded_at, projects, forms, lines, money, money_forms, names,
-- quantified, targets. money is the sum over projects of the full-year budget, in
-- 万元, of the latest year's form that states one; the forms of whole departments are
-- left out of it, for they contain their projects. No parameters.
SELECT
  (SELECT count(*) > 0 FROM form_current f JOIN batch b ON b.batch_id = f.batch_id WHERE b.sample),
  (SELECT max(loaded_at) FROM batch WHERE withdrawn_at IS NULL),
  (SELECT count(DISTINCT project_id) FROM form_current WHERE kind NOT LIKE 'department%'),
  (SELECT count(*) FROM form_current),
  (SELECT count(*) FROM line_current),
  (SELECT CAST(sum(full_year) AS DOUBLE) FROM (
     SELECT f.project_id, max_by(m.full_year, concat(lpad(CAST(coalesce(f.year, 0) AS VARCHAR), 4, '0'), f.kind, f.form_id)) AS full_year
     FROM form_current f JOIN budget m ON m.form_id = f.form_id AND m.seq = 0
     WHERE m.full_year IS NOT NULL AND f.kind NOT LIKE 'department%'
     GROUP BY f.project_id) p),
  (SELECT count(DISTINCT f.project_id)
     FROM form_current f JOIN budget m ON m.form_id = f.form_id AND m.seq = 0
     WHERE m.full_year IS NOT NULL AND f.kind NOT LIKE 'department%'),
  (SELECT count(DISTINCT name) FROM line_current WHERE name <> ''),
  (SELECT count(*) FROM line_current WHERE target_kind IN ('number', 'range', 'tolerance', 'date', 'period')),
  (SELECT count(*) FROM line_current WHERE target_kind IS NOT NULL AND target_kind <> 'empty')
