-- Verify: one row per batch whose rows are not as many as it says: batch_id and why; by
-- batch_id. No parameters.
SELECT b.batch_id,
       concat('batch says ', b.file_count, ' files, ', b.form_count, ' forms, ', b.line_count, ' lines; there are ',
              coalesce(d.files, 0), ', ', coalesce(f.forms, 0), ', ', coalesce(f.lines, 0))
FROM batch b
LEFT JOIN (SELECT batch_id, count(*) AS files FROM file GROUP BY batch_id) d ON d.batch_id = b.batch_id
LEFT JOIN (
  SELECT o.batch_id, count(*) AS forms, CAST(sum(coalesce(l.lines, 0)) AS BIGINT) AS lines,
         count(*) FILTER (WHERE coalesce(l.lines, 0) <> o.line_count) AS torn
  FROM form o
  LEFT JOIN (SELECT form_id, count(*) AS lines FROM line GROUP BY form_id) l ON l.form_id = o.form_id
  GROUP BY o.batch_id
) f ON f.batch_id = b.batch_id
WHERE b.file_count <> coalesce(d.files, 0) OR b.form_count <> coalesce(f.forms, 0)
   OR b.line_count <> coalesce(f.lines, 0) OR coalesce(f.torn, 0) > 0
ORDER BY b.batch_id
