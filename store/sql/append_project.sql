-- Append: stores the project rows of a batch that are new. Reads staging.main.project_in. No
-- parameters.
INSERT INTO project (project_id, name, agency_id, sector)
SELECT i.project_id, i.name, i.agency_id, i.sector
FROM staging.main.project_in i
WHERE NOT EXISTS (SELECT 1 FROM project t WHERE t.project_id = i.project_id)
