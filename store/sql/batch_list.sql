-- BatchList, Batch: one row per batch: the fields of BatchInfo; latest first.
-- $batch_id VARCHAR ('' all), $limit BIGINT.
SELECT b.batch_id, b.source, b.sample, b.loaded_at, b.took_ms, b.withdrawn_at, b.file_count, b.form_count, b.line_count,
       coalesce(s.superseded, 0), coalesce(i.rejected, 0), coalesce(i.warnings, 0)
FROM batch b
LEFT JOIN (
  SELECT batch_id, count(*) FILTER (WHERE rejected) AS rejected, count(*) FILTER (WHERE NOT rejected) AS warnings
  FROM issue GROUP BY batch_id
) i ON i.batch_id = b.batch_id
LEFT JOIN (
  SELECT n.batch_id, count(*) AS superseded
  FROM form o JOIN form n ON n.form_id = o.superseded_by
  GROUP BY n.batch_id
) s ON s.batch_id = b.batch_id
WHERE (CAST($batch_id AS VARCHAR) = '' OR b.batch_id = $batch_id)
ORDER BY b.loaded_at DESC, b.batch_id DESC
LIMIT CAST($limit AS BIGINT)
