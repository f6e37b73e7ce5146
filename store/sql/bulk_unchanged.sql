-- AppendTable: takes out the lines of forms that turned out to be stored already.
-- Reads staging.main.bulk_unchanged_in. No parameters.
DELETE FROM line WHERE form_id IN (SELECT form_id FROM staging.main.bulk_unchanged_in)
