-- FormChoices: one row per value of a filter: what (year, department, sector, sample),
-- the value, and the year (0 unless what is year); by what, most forms first, years
-- latest first. No parameters.
SELECT what, value, year
FROM (
  SELECT 'year' AS what, '' AS value, year, CAST(year AS BIGINT) AS rank FROM form_current WHERE year IS NOT NULL GROUP BY year
  UNION ALL
  SELECT 'department', who, 0, count(*)
  FROM (SELECT department AS who FROM form_current
        UNION ALL SELECT unit FROM form_current WHERE department IS NULL OR unit <> department) w
  WHERE who IS NOT NULL GROUP BY who
  UNION ALL
  SELECT 'sector', sector, 0, count(*) FROM form_current WHERE sector IS NOT NULL GROUP BY sector
  UNION ALL
  SELECT 'sample', '', 0, count(*) FROM form_current f JOIN batch b ON b.batch_id = f.batch_id WHERE b.sample
  HAVING count(*) > 0
) c
ORDER BY what, rank DESC, value
