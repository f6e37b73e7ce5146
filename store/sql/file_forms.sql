-- Append, Known: one row per form in force that was read from a file with one of
-- the hashes; by file hash and place in the batch. $hashes VARCHAR[].
SELECT f.hash, c.form_id
FROM form_current c
JOIN file f ON f.file_id = c.file_id
WHERE f.hash IN (SELECT u.h FROM (SELECT unnest(CAST($hashes AS VARCHAR[])) AS h) u)
ORDER BY f.hash, c.batch_id, c.ordinal
