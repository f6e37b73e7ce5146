-- EntryLines: the lines in force that stand for an entry, as load_lines hands them out, with
-- project_id; latest year first, then form_id and seq; at most $2. $1 entry_id VARCHAR,
-- $2 BIGINT.
SELECT x.*, c.project_id
FROM line x
JOIN line_concept c ON c.form_id = x.form_id AND c.seq = x.seq
WHERE c.entry_id = CAST($1 AS VARCHAR) AND NOT c.sub_row
ORDER BY x.year DESC NULLS LAST, x.form_id, x.seq
LIMIT CAST($2 AS BIGINT)
