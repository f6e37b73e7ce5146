-- Decisions: every decision about names, in order: the columns of name_decision.
-- No parameters.
SELECT decision_id, decided_at, source, name, name_key, sector, verdict, coalesce(entry_id, ''), note, coalesce(undoes, 0)
FROM name_decision
ORDER BY decision_id
