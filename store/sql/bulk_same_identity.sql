-- AppendTable: one row per form with one of the identities that still counts, in
-- force or superseded; by identity and age. $identities VARCHAR[].
SELECT identity, form_id, content, copy, superseded_by IS NULL AS in_force
FROM form
WHERE NOT withdrawn
  AND identity IN (SELECT u.x FROM (SELECT unnest(CAST($identities AS VARCHAR[])) AS x) u)
ORDER BY identity, batch_id, ordinal
