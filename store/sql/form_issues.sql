-- FormIssues: one row per warning about a form: path, sheet, cell, code, message, raw;
-- in the order found. $form_id VARCHAR.
SELECT d.path, i.sheet, i.cell, i.code, i.message, coalesce(i.raw, '')
FROM issue i
JOIN file d ON d.file_id = i.file_id
WHERE i.form_id = $form_id AND NOT i.rejected
ORDER BY i.seq
