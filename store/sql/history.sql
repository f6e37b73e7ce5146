-- Batches(History): one row per indicator line in force: form_id, seq, project_id,
-- file_id, project, unit, department, region_id, sector, year, kind, goal, level1,
-- level2, name, entry_id (of the concept that name_match gives the name, '' for none;
-- the caller brings name_match up to date), sub_row, target_raw, target_kind,
-- target_comparison, target_low, target_high, target_unit, actual_raw, actual_kind,
-- actual_low, actual_high, actual_unit, weight, score, full_year (万元, DOUBLE),
-- sample; by form_id and seq. No parameters.
SELECT l.form_id, l.seq, f.project_id, f.file_id, coalesce(f.project, '') AS project, coalesce(f.unit, '') AS unit,
       coalesce(f.department, '') AS department, coalesce(f.region_id, '') AS region_id,
       coalesce(f.sector, '') AS sector, f.year, f.kind, coalesce(f.goal, '') AS goal,
       coalesce(l.level1, '') AS level1, coalesce(l.level2, '') AS level2, l.name,
       coalesce(m.entry_id, '') AS entry_id, l.sub_row, coalesce(l.target_raw, '') AS target_raw,
       coalesce(l.target_kind, '') AS target_kind, coalesce(l.target_comparison, '') AS target_comparison,
       l.target_low, l.target_high, coalesce(l.target_unit, '') AS target_unit,
       coalesce(l.actual_raw, '') AS actual_raw, coalesce(l.actual_kind, '') AS actual_kind,
       l.actual_low, l.actual_high, coalesce(l.actual_unit, '') AS actual_unit, l.weight, l.score,
       CAST(b.full_year AS DOUBLE) AS full_year, t.sample
FROM line l
JOIN form_current f ON f.form_id = l.form_id
JOIN batch t ON t.batch_id = f.batch_id
LEFT JOIN name_match m ON m.name = l.name AND m.level1 = coalesce(l.level1, '') AND m.level2 = coalesce(l.level2, '')
                     AND m.sector = coalesce(f.sector, '')
LEFT JOIN budget b ON b.form_id = f.form_id AND b.seq = 0
ORDER BY l.form_id, l.seq
