-- Append: stores the forms of a batch.
-- Reads staging.main.form_in. No parameters.
INSERT INTO form (
  form_id, batch_id, file_id, ordinal, project_id, project_why, agency_id, region_id, identity,
  copy, content, kind, layout, year, sheet, position, cell, title, region, department, unit,
  project, sector, sector_why, goal, goal_actual, total_score, grade, line_count, doubt_count,
  fields,
  withdrawn)
SELECT
  form_id, batch_id, file_id, ordinal, project_id, project_why, agency_id, region_id, identity,
  copy, content, kind, layout, year, sheet, position, cell, title, region, department, unit,
  project, sector, sector_why, goal, goal_actual, total_score, grade, line_count, doubt_count,
  fields,
  false
FROM staging.main.form_in
ORDER BY ordinal
