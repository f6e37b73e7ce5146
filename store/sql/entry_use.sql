-- Batches(EntryUse): one row per entry that lines in force stand for: entry_id, lines, forms,
-- projects, units, regions BIGINT, first_year, last_year INTEGER (NULL: none stated), scored,
-- full_points, numeric, weights BIGINT, weight_median, weight_q1, weight_q3 DOUBLE; by entry_id. full_points
-- counts scored lines with all their points. No parameters.
SELECT entry_id, count(*) AS lines, count(DISTINCT form_id) AS forms, count(DISTINCT project_id) AS projects,
       count(DISTINCT agency_id) AS units, count(DISTINCT region_id) AS regions, min(year) AS first_year, max(year) AS last_year,
       count(*) FILTER (WHERE weight > 0 AND score IS NOT NULL) AS scored,
       count(*) FILTER (WHERE weight > 0 AND score >= weight - 0.005) AS full_points,
       count(*) FILTER (WHERE target_kind IN ('number', 'range', 'tolerance', 'date', 'period')) AS numeric,
       count(weight) AS weights, median(weight) AS weight_median, quantile_cont(weight, 0.25) AS weight_q1,
       quantile_cont(weight, 0.75) AS weight_q3
FROM line_concept
WHERE entry_id IS NOT NULL AND NOT sub_row
GROUP BY entry_id
ORDER BY entry_id
