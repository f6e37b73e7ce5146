-- PutRules: stores a rule. Parameters as the columns; the days are DATE or NULL.
INSERT INTO rule (rule_set, version, jurisdiction, valid_from, valid_to, name, value, source_doc, source_status)
VALUES ($rule_set, $version, $jurisdiction, CAST($valid_from AS DATE), CAST($valid_to AS DATE), $name, $value,
        $source_doc, $source_status)
