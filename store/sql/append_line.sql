-- Append: stores the lines of a batch, sorted by region and year: one county's page then reads few blocks.
-- Reads staging.main.line_in. No parameters.
INSERT INTO line (
  form_id, seq, region_id, year, kind, level1, level2, name, name_raw, sub_row, target_raw,
  target_kind, target_comparison, target_low, target_high, target_unit, target_cell,
  long_term_raw, actual_raw, actual_kind, actual_comparison, actual_low, actual_high,
  actual_unit, actual_cell, expected_raw, weight, score, reason, note, cell, doubts, cells)
SELECT
  form_id, seq, region_id, year, kind, level1, level2, name, name_raw, sub_row, target_raw,
  target_kind, target_comparison, target_low, target_high, target_unit, target_cell,
  long_term_raw, actual_raw, actual_kind, actual_comparison, actual_low, actual_high,
  actual_unit, actual_cell, expected_raw, weight, score, reason, note, cell, doubts, cells
FROM staging.main.line_in
ORDER BY region_id, year, form_id, seq
