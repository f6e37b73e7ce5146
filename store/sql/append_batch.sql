-- Append: stores the batch rows of a batch.
-- Reads staging.main.batch_in. No parameters.
INSERT INTO batch (
  batch_id, source, sample, loaded_at, took_ms, file_count, form_count, line_count)
SELECT
  batch_id, source, sample, loaded_at, took_ms, file_count, form_count, line_count
FROM staging.main.batch_in
