-- Overview: one row per code of a doubt about forms in force: code, issues, forms; most
-- frequent first. No parameters.
SELECT i.code, count(*), count(DISTINCT i.form_id)
FROM issue i
JOIN form_current f ON f.form_id = i.form_id
WHERE NOT i.rejected
GROUP BY i.code
ORDER BY count(*) DESC, i.code
