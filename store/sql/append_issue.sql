-- Append: stores the issue rows of a batch.
-- Reads staging.main.issue_in. No parameters.
INSERT INTO issue (
  batch_id, file_id, form_id, seq, rejected, sheet, cell, code, message, raw)
SELECT
  batch_id, file_id, form_id, seq, rejected, sheet, cell, code, message, raw
FROM staging.main.issue_in
