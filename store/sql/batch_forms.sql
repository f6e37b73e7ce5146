-- Batch: one row per form that a batch stored: file_id, form_id, kind, line_count; in
-- their order. $batch_id VARCHAR.
SELECT file_id, form_id, kind, line_count
FROM form
WHERE batch_id = $batch_id
ORDER BY ordinal
