-- Append: stores the file rows of a batch.
-- Reads staging.main.file_in. No parameters.
INSERT INTO file (
  file_id, batch_id, seq, path, hash, size, outcome, form_count, rows_read, rows_clean,
  rows_warned, rows_rejected, rows_unused, issue_count)
SELECT
  file_id, batch_id, seq, path, hash, size, outcome, form_count, rows_read, rows_clean,
  rows_warned, rows_rejected, rows_unused, issue_count
FROM staging.main.file_in
