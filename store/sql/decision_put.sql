-- PutDecisions: stores one decision under the next number. $at TIMESTAMP, $source, $name,
-- $name_key, $sector, $verdict, $entry_id, $note VARCHAR, $undoes BIGINT.
INSERT INTO name_decision (decision_id, decided_at, source, name, name_key, sector, verdict, entry_id, note, undoes)
SELECT (SELECT coalesce(max(decision_id), 0) + 1 FROM name_decision), CAST($at AS TIMESTAMP), $source, $name, $name_key, $sector, $verdict,
       nullif(CAST($entry_id AS VARCHAR), ''), $note, nullif(CAST($undoes AS BIGINT), 0)
RETURNING decision_id
