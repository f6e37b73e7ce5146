-- ForgetMatches: forgets what the names with these keys stand for. $keys VARCHAR[].
DELETE FROM name_match WHERE list_contains(CAST($keys AS VARCHAR[]), name_key)
