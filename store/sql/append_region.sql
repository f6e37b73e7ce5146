-- Append: stores the region rows of a batch that are new. Reads staging.main.region_in. No
-- parameters.
INSERT INTO region (region_id, name, level, parent_id)
SELECT i.region_id, i.name, i.level, i.parent_id
FROM staging.main.region_in i
WHERE NOT EXISTS (SELECT 1 FROM region t WHERE t.region_id = i.region_id)
