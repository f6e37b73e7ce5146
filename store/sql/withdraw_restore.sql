-- Withdraw: what the batch's forms superseded is superseded by what superseded these, by
-- nothing if they are in force. DuckDB only (UPDATE … FROM). A batch never
-- corrects a form of its own, so one step is enough. $batch_id VARCHAR.
UPDATE form SET superseded_by = n.superseded_by
FROM form n
WHERE form.superseded_by = n.form_id AND n.batch_id = $batch_id
