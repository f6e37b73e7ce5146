-- Partners: the entries on the same projects as one entry: entry_id, together, projects with
-- the other, projects with this one, all projects BIGINT; most together first, then entry_id;
-- those together on at least $least projects. $entry_id VARCHAR, $least BIGINT.
SELECT o.entry_id, count(*) AS together, any_value(t.projects) AS projects, any_value(s.mine) AS mine, any_value(s.n) AS n
FROM (SELECT DISTINCT entry_id, project_id FROM line_concept WHERE entry_id IS NOT NULL AND NOT sub_row) o
JOIN (SELECT DISTINCT project_id FROM line_concept WHERE entry_id = $entry_id AND NOT sub_row) p ON p.project_id = o.project_id
JOIN (SELECT entry_id, count(DISTINCT project_id) AS projects FROM line_concept WHERE entry_id IS NOT NULL AND NOT sub_row GROUP BY entry_id) t
  ON t.entry_id = o.entry_id
CROSS JOIN (
  SELECT count(DISTINCT project_id) AS n, count(DISTINCT project_id) FILTER (WHERE entry_id = $entry_id) AS mine
  FROM line_concept WHERE NOT sub_row
) s
WHERE o.entry_id <> $entry_id
GROUP BY o.entry_id
HAVING count(*) >= CAST($least AS BIGINT)
ORDER BY together DESC, o.entry_id
