-- Batch: one row per file of a batch: file_id, path, hash, size, outcome and the five
-- counts of rows; in their order. $batch_id VARCHAR.
SELECT file_id, path, hash, size, outcome, rows_read, rows_clean, rows_warned, rows_rejected, rows_unused
FROM file
WHERE batch_id = $batch_id
ORDER BY seq
