-- MatchStamp: by which library, decisions and rules name_match was filled. No parameters.
SELECT stamp FROM derived_stamp WHERE name = 'name_match'
