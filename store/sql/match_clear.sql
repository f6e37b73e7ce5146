-- PutMatches: forgets what names stand for. No parameters.
DELETE FROM name_match
