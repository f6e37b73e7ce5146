-- Batches(FiledNames): one row per name, class and functional class as filed: name, name_key,
-- level1, level2, sector, unit, entry_id ('' unmatched), confidence, method, reason,
-- alternatives, best DOUBLE, lines, forms, projects BIGINT; most projects first, then name, level1, level2,
-- sector. No parameters.
SELECT m.name, m.name_key, m.level1, m.level2, m.sector, m.unit, coalesce(m.entry_id, '') AS entry_id, m.confidence,
       m.method, m.reason, m.alternatives, m.best, count(*) AS lines, count(DISTINCT l.form_id) AS forms,
       count(DISTINCT l.project_id) AS projects
FROM name_match m
JOIN line_concept l ON l.name = m.name AND coalesce(l.level1, '') = m.level1 AND coalesce(l.level2, '') = m.level2 AND l.sector = m.sector
WHERE NOT l.sub_row
GROUP BY m.name, m.name_key, m.level1, m.level2, m.sector, m.unit, m.entry_id, m.confidence, m.method, m.reason, m.alternatives, m.best
ORDER BY projects DESC, m.name, m.level1, m.level2, m.sector
