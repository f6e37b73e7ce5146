-- Forms: one row per form in force that passes the filter: the fields of FormHead; newest
-- year first, then agency, project, kind and form_id. $year INTEGER (0 any),
-- $kind, $department, $sector, $text VARCHAR ('' any), $doubt BOOLEAN, $limit, $offset BIGINT.
SELECT f.form_id, f.project_id, f.kind, f.year, coalesce(f.project, ''), coalesce(f.unit, ''),
       coalesce(f.department, ''), coalesce(f.sector, ''), CAST(m.full_year AS DOUBLE), f.total_score,
       f.line_count, f.doubt_count, d.path, f.sheet, f.batch_id, b.sample
FROM form_current f
JOIN file d ON d.file_id = f.file_id
JOIN batch b ON b.batch_id = f.batch_id
LEFT JOIN budget m ON m.form_id = f.form_id AND m.seq = 0
WHERE (CAST($year AS INTEGER) = 0 OR f.year = $year)
  AND (CAST($kind AS VARCHAR) = '' OR f.kind = $kind)
  AND (CAST($department AS VARCHAR) = '' OR f.department = $department OR f.unit = $department)
  AND (CAST($sector AS VARCHAR) = '' OR f.sector = $sector)
  AND (CAST($text AS VARCHAR) = '' OR strpos(lower(concat(coalesce(f.project, ''), chr(10), coalesce(f.unit, ''),
       chr(10), coalesce(f.department, ''))), lower($text)) > 0)
  AND (NOT CAST($doubt AS BOOLEAN) OR f.doubt_count > 0)
ORDER BY f.year DESC NULLS LAST, f.department, f.unit, f.project, f.kind, f.form_id
LIMIT CAST($limit AS BIGINT) OFFSET CAST($offset AS BIGINT)
