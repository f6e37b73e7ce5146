-- Batch: one row per issue of a batch: file_id, rejected, sheet, cell, code, message, raw;
-- by file and order found. $batch_id VARCHAR.
SELECT i.file_id, i.rejected, i.sheet, i.cell, i.code, i.message, coalesce(i.raw, '')
FROM issue i
JOIN file f ON f.file_id = i.file_id
WHERE i.batch_id = $batch_id
ORDER BY f.seq, i.seq
