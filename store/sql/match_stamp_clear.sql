-- PutMatches: makes room for a new stamp. No parameters.
DELETE FROM derived_stamp WHERE name = 'name_match'
