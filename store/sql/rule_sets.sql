-- RuleSets: one row per version of a rule set: rule_set, version, jurisdiction, source_doc
-- and source_status of its weakest rule, rules; by set and version. No parameters.
SELECT rule_set, version, max(jurisdiction),
       max_by(source_doc, weakness), max_by(source_status, weakness), count(*)
FROM (
  SELECT *, concat(CASE source_status WHEN 'read' THEN '0' WHEN 'reported' THEN '1' ELSE '2' END, name) AS weakness
  FROM rule
) r
GROUP BY rule_set, version
ORDER BY rule_set, version
