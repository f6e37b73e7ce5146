-- PutRules: at most one row, the value of a rule. $rule_set, $version, $name VARCHAR.
SELECT value FROM rule WHERE rule_set = $rule_set AND version = $version AND name = $name
