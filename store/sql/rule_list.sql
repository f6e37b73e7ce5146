-- Rules: one row per rule of one version of a set: jurisdiction, valid_from, valid_to,
-- name, value, source_doc, source_status; by name. $rule_set, $version VARCHAR.
SELECT jurisdiction, valid_from, valid_to, name, value, source_doc, source_status
FROM rule
WHERE rule_set = $rule_set AND version = $version
ORDER BY name
