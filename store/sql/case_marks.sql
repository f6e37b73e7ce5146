-- Batches(CaseMarks): what the quality of a form is judged by, one row per form in force:
-- form_id, project_id, kind, year INTEGER, project, unit, department, sector, goal, lines,
-- numeric, qualitative (targets that are graded in words), weights, with_level1, output_classes, effects,
-- satisfaction, costs, actuals, scores, full_points, exact (actual equals target), reasons BIGINT, weight_sum,
-- score_sum DOUBLE, full_year, executed DOUBLE (万元), total_score DOUBLE, sample; by form_id. No parameters.
SELECT f.form_id, f.project_id, f.kind, f.year, coalesce(f.project, '') AS project, coalesce(f.unit, '') AS unit,
       coalesce(f.department, '') AS department, coalesce(f.sector, '') AS sector, coalesce(f.goal, '') AS goal,
       count(*) AS lines,
       count(*) FILTER (WHERE l.target_kind IN ('number', 'range', 'tolerance', 'date', 'period')) AS numeric,
       count(*) FILTER (WHERE l.target_kind IN ('level', 'text', 'tiers')) AS qualitative,
       count(l.weight) AS weights, count(l.level1) AS with_level1,
       count(DISTINCT CASE WHEN l.level2 IN ('数量指标', '质量指标', '时效指标') THEN l.level2 END) AS output_classes,
       count(*) FILTER (WHERE l.level1 = '效益指标') AS effects, count(*) FILTER (WHERE l.level1 = '满意度指标' OR l.name LIKE '%满意%') AS satisfaction,
       count(*) FILTER (WHERE l.level1 = '成本指标' OR l.level2 LIKE '%成本%') AS costs,
       count(*) FILTER (WHERE l.actual_kind IS NOT NULL AND l.actual_kind NOT IN ('empty', 'placeholder')) AS actuals,
       count(l.score) AS scores, count(*) FILTER (WHERE l.weight > 0 AND l.score >= l.weight - 0.005) AS full_points,
       count(*) FILTER (WHERE l.target_low = l.actual_low AND l.target_low IS NOT NULL) AS exact,
       count(*) FILTER (WHERE length(coalesce(l.reason, '')) > 1) AS reasons,
       sum(l.weight) AS weight_sum, sum(l.score) AS score_sum,
       any_value(CAST(b.full_year AS DOUBLE)) AS full_year, any_value(CAST(b.executed AS DOUBLE)) AS executed, any_value(f.total_score) AS total_score,
       any_value(t.sample) AS sample
FROM form_current f
JOIN line l ON l.form_id = f.form_id AND NOT l.sub_row
JOIN batch t ON t.batch_id = f.batch_id
LEFT JOIN budget b ON b.form_id = f.form_id AND b.seq = 0
GROUP BY f.form_id, f.project_id, f.kind, f.year, f.project, f.unit, f.department, f.sector, f.goal
ORDER BY f.form_id
