-- Append: marks the forms that a batch corrects. Reads staging.main.corrected_in. DuckDB
-- only (UPDATE … FROM). No parameters.
UPDATE form SET superseded_by = c.superseded_by
FROM staging.main.corrected_in c
WHERE form.form_id = c.form_id AND form.superseded_by IS NULL
