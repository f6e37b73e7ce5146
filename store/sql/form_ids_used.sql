-- Append: those of the form_ids that are taken, in force or not; by form_id.
-- $form_ids VARCHAR[].
SELECT DISTINCT form_id FROM form
WHERE form_id IN (SELECT u.x FROM (SELECT unnest(CAST($form_ids AS VARCHAR[])) AS x) u)
ORDER BY form_id
