-- Append: stores the budget rows of a batch.
-- Reads staging.main.budget_in. No parameters.
INSERT INTO budget (
  form_id, seq, label, unit, initial, full_year, executed, rate_percent, weight, score, cells)
SELECT
  form_id, seq, label, unit, initial, full_year, executed, rate_percent, weight, score, cells
FROM staging.main.budget_in
