-- PutMatches: keeps the stamp. $stamp VARCHAR.
INSERT INTO derived_stamp (name, stamp) VALUES ('name_match', $stamp)
