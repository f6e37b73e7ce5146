-- Versions: one row per version of a form that was not withdrawn: form_id, superseded_by
-- ('' for none), path, batch_id, loaded_at; oldest first. $form_id VARCHAR.
WITH RECURSIVE later(form_id) AS (
  SELECT form_id FROM form WHERE form_id = $form_id
  UNION
  SELECT f.superseded_by FROM form f JOIN later l ON l.form_id = f.form_id WHERE f.superseded_by IS NOT NULL
), chain(form_id) AS (
  SELECT form_id FROM later
  UNION
  SELECT f.form_id FROM form f JOIN chain c ON f.superseded_by = c.form_id
)
SELECT f.form_id, coalesce(f.superseded_by, ''), d.path, f.batch_id, b.loaded_at
FROM form f
JOIN file d ON d.file_id = f.file_id
JOIN batch b ON b.batch_id = f.batch_id
WHERE f.form_id IN (SELECT form_id FROM chain) AND NOT f.withdrawn
ORDER BY b.loaded_at, f.batch_id, f.ordinal
