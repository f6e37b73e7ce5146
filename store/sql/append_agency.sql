-- Append: stores the agency rows of a batch that are new. Reads staging.main.agency_in. No
-- parameters.
INSERT INTO agency (agency_id, name, region_id)
SELECT i.agency_id, i.name, i.region_id
FROM staging.main.agency_in i
WHERE NOT EXISTS (SELECT 1 FROM agency t WHERE t.agency_id = i.agency_id)
