-- Forms: one row, how many forms in force pass the filter. Parameters as form_list
-- without $limit and $offset.
SELECT count(*)
FROM form_current f
WHERE (CAST($year AS INTEGER) = 0 OR f.year = $year)
  AND (CAST($kind AS VARCHAR) = '' OR f.kind = $kind)
  AND (CAST($department AS VARCHAR) = '' OR f.department = $department OR f.unit = $department)
  AND (CAST($sector AS VARCHAR) = '' OR f.sector = $sector)
  AND (CAST($text AS VARCHAR) = '' OR strpos(lower(concat(coalesce(f.project, ''), chr(10), coalesce(f.unit, ''),
       chr(10), coalesce(f.department, ''))), lower($text)) > 0)
  AND (NOT CAST($doubt AS BOOLEAN) OR f.doubt_count > 0)
