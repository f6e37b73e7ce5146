-- AllForms, Form: one row per form, by batch and place in it. Bound by position, for
-- the Arrow interface knows no names: $1 form_id or '' for all, $2 batch_id and
-- $3 ordinal INTEGER after which to begin, $4 BOOLEAN superseded and withdrawn
-- forms too, $5 BIGINT how many.
SELECT f.*, d.path, b.sample
FROM form f
JOIN file d ON d.file_id = f.file_id
JOIN batch b ON b.batch_id = f.batch_id
WHERE (CAST($1 AS VARCHAR) = '' OR f.form_id = $1)
  AND (f.batch_id > CAST($2 AS VARCHAR) OR f.batch_id = $2 AND f.ordinal > CAST($3 AS INTEGER))
  AND (CAST($4 AS BOOLEAN) OR f.superseded_by IS NULL AND NOT f.withdrawn)
ORDER BY f.batch_id, f.ordinal
LIMIT CAST($5 AS BIGINT)
