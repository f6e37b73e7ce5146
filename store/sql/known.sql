-- Known: one row per hash of a file that has forms in force, with the latest batch
-- that stored one; by hash. $hashes VARCHAR[].
SELECT f.hash, max(c.batch_id) AS batch_id
FROM form_current c
JOIN file f ON f.file_id = c.file_id
WHERE f.hash IN (SELECT u.h FROM (SELECT unnest(CAST($hashes AS VARCHAR[])) AS h) u)
GROUP BY f.hash
ORDER BY f.hash
