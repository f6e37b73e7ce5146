-- Related: one row per other form in force of the form's project: the fields of FormHead;
-- by year, kind and form_id. $form_id VARCHAR.
SELECT f.form_id, f.project_id, f.kind, f.year, coalesce(f.project, ''), coalesce(f.unit, ''),
       coalesce(f.department, ''), coalesce(f.sector, ''), CAST(m.full_year AS DOUBLE), f.total_score,
       f.line_count, f.doubt_count, d.path, f.sheet, f.batch_id, b.sample
FROM form_current f
JOIN file d ON d.file_id = f.file_id
JOIN batch b ON b.batch_id = f.batch_id
LEFT JOIN budget m ON m.form_id = f.form_id AND m.seq = 0
WHERE f.form_id <> $form_id
  AND f.project_id IN (SELECT o.project_id FROM form o WHERE o.form_id = $form_id)
  AND f.identity NOT IN (SELECT o.identity FROM form o WHERE o.form_id = $form_id AND o.superseded_by IS NOT NULL)
ORDER BY f.year, f.kind, f.form_id
