-- Past: one row per form in force of a project, of an earlier year if $year is not 0: the
-- fields of FormHead; latest year first, then target forms before others, then form_id.
-- $project_id VARCHAR, $year INTEGER, $form_id VARCHAR (not this one), $limit BIGINT.
SELECT f.form_id, f.project_id, f.kind, f.year, coalesce(f.project, ''), coalesce(f.unit, ''),
       coalesce(f.department, ''), coalesce(f.sector, ''), CAST(m.full_year AS DOUBLE), f.total_score,
       f.line_count, f.doubt_count, d.path, f.sheet, f.batch_id, b.sample
FROM form_current f
JOIN file d ON d.file_id = f.file_id
JOIN batch b ON b.batch_id = f.batch_id
LEFT JOIN budget m ON m.form_id = f.form_id AND m.seq = 0
WHERE f.project_id = $project_id
  AND f.form_id <> $form_id
  AND (CAST($year AS INTEGER) = 0 OR f.year < $year)
ORDER BY f.year DESC NULLS LAST, CASE WHEN f.kind = 'target' THEN 0 ELSE 1 END, f.form_id
LIMIT CAST($limit AS BIGINT)
