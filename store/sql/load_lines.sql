-- AllForms, Form: one row per line of the forms of load_forms with the same
-- parameters, by form and seq.
SELECT x.*
FROM line x
WHERE x.form_id IN (
  SELECT f.form_id
  FROM form f
  WHERE (CAST($1 AS VARCHAR) = '' OR f.form_id = $1)
    AND (f.batch_id > CAST($2 AS VARCHAR) OR f.batch_id = $2 AND f.ordinal > CAST($3 AS INTEGER))
    AND (CAST($4 AS BOOLEAN) OR f.superseded_by IS NULL AND NOT f.withdrawn)
  ORDER BY f.batch_id, f.ordinal
  LIMIT CAST($5 AS BIGINT))
ORDER BY x.form_id, x.seq
