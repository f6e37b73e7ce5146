-- Overview: one row per agency with forms in force: name, projects, forms, doubts; most
-- forms first, then agency_id. No parameters.
SELECT a.name, count(DISTINCT f.project_id), count(*), CAST(sum(f.doubt_count) AS BIGINT)
FROM form_current f
JOIN agency a ON a.agency_id = f.agency_id
GROUP BY a.agency_id, a.name
ORDER BY count(*) DESC, a.name, a.agency_id
