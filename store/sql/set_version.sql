-- migrate: notes that a migration was applied. $version INTEGER.
INSERT INTO schema_version (version) VALUES ($version)
