-- Append: one row per path, what was there when a batch that still counts last
-- saw it; by path. $paths VARCHAR[].
SELECT path, hash, outcome, issue_count
FROM (
  SELECT f.path, f.hash, f.outcome, f.issue_count,
         row_number() OVER (PARTITION BY f.path ORDER BY f.batch_id DESC, f.seq DESC) AS n
  FROM file f
  JOIN batch b ON b.batch_id = f.batch_id AND b.withdrawn_at IS NULL
  WHERE f.path IN (SELECT u.p FROM (SELECT unnest(CAST($paths AS VARCHAR[])) AS p) u)
) t
WHERE n = 1
ORDER BY path
