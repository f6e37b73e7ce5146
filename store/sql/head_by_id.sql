-- Heads: FormHead of the given forms, by form_id. $ids VARCHAR[].
SELECT f.form_id, f.project_id, f.kind, f.year, coalesce(f.project, ''), coalesce(f.unit, ''),
       coalesce(f.department, ''), coalesce(f.sector, ''), CAST(m.full_year AS DOUBLE), f.total_score,
       f.line_count, f.doubt_count, d.path, f.sheet, f.batch_id, b.sample
FROM form_current f
JOIN file d ON d.file_id = f.file_id
JOIN batch b ON b.batch_id = f.batch_id
LEFT JOIN budget m ON m.form_id = f.form_id AND m.seq = 0
WHERE list_contains(CAST($ids AS VARCHAR[]), f.form_id)
ORDER BY f.form_id
