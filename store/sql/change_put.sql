-- PutChanges: stores one change under the next number. $version INTEGER, $at TIMESTAMP,
-- $source, $origin, $entry_id, $action, $before_entry, $after_entry, $note VARCHAR, $undoes BIGINT.
INSERT INTO library_change (change_id, version, changed_at, source, origin, entry_id, action, before_entry, after_entry, note, undoes)
SELECT (SELECT coalesce(max(change_id), 0) + 1 FROM library_change), CAST($version AS INTEGER), CAST($at AS TIMESTAMP), $source, $origin,
       $entry_id, $action, $before_entry, $after_entry, $note, CAST($undoes AS BIGINT)
RETURNING change_id
