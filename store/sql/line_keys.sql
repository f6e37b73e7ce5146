-- Append: one row per line of a form, by seq. $form_id VARCHAR.
SELECT name, coalesce(target_raw, '') FROM line WHERE form_id = $form_id ORDER BY seq
