-- Withdraw: notes when. $batch_id VARCHAR, $at TIMESTAMP in UTC.
UPDATE batch SET withdrawn_at = $at WHERE batch_id = $batch_id
