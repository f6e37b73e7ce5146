-- Append: one row per form in force that shares identity, content or path with one
-- to be stored; by form_id. $identities, $contents, $paths VARCHAR[].
SELECT c.form_id, c.identity, c.copy, c.content, c.kind, c.year, coalesce(c.agency_id, ''), p.name, coalesce(c.project, ''),
       coalesce(c.region_id, ''), f.path, c.sheet, c.position
FROM form_current c
JOIN file f ON f.file_id = c.file_id
JOIN project p ON p.project_id = c.project_id
WHERE c.identity IN (SELECT u.x FROM (SELECT unnest(CAST($identities AS VARCHAR[])) AS x) u)
   OR c.content IN (SELECT u.x FROM (SELECT unnest(CAST($contents AS VARCHAR[])) AS x) u)
   OR f.path IN (SELECT u.x FROM (SELECT unnest(CAST($paths AS VARCHAR[])) AS x) u)
ORDER BY c.form_id
