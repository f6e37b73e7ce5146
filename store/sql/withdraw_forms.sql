-- Withdraw: the batch's forms no longer count. $batch_id VARCHAR.
UPDATE form SET withdrawn = true WHERE batch_id = $batch_id
