-- The warehouse as docs/data-model.md describes it. Fact tables (form, budget,
-- line, issue) have no secondary index and no foreign key and are append-only: of
-- a row only form.superseded_by and form.withdrawn, and batch.withdrawn_at, ever change.

CREATE TABLE batch (
  batch_id     VARCHAR PRIMARY KEY,         -- sorts by time of loading
  source       VARCHAR NOT NULL,            -- cli, page, api, demo, table
  sample       BOOLEAN NOT NULL,            -- shown as 示例数据
  loaded_at    TIMESTAMP NOT NULL,          -- UTC
  took_ms      BIGINT NOT NULL,             -- time to store it
  file_count   INTEGER NOT NULL,
  form_count   INTEGER NOT NULL,            -- stored by this batch
  line_count   BIGINT NOT NULL,             -- stored by this batch
  withdrawn_at TIMESTAMP                    -- UTC; NULL while the batch counts
);

CREATE TABLE file (
  file_id      VARCHAR NOT NULL,            -- batch_id + '/' + seq
  batch_id     VARCHAR NOT NULL,
  seq          INTEGER NOT NULL,            -- position in the batch, from 1
  path         VARCHAR NOT NULL,            -- as given
  hash         VARCHAR NOT NULL,            -- SHA-256, hex; '' if it could not be read
  size         BIGINT NOT NULL,
  outcome      VARCHAR NOT NULL,            -- stored, partly, superseding, unchanged, rejected
  form_count   INTEGER NOT NULL,            -- stored from it
  rows_read    BIGINT NOT NULL,
  rows_clean   BIGINT NOT NULL,
  rows_warned  BIGINT NOT NULL,
  rows_rejected BIGINT NOT NULL,
  rows_unused  BIGINT NOT NULL,
  issue_count  INTEGER NOT NULL
);

CREATE TABLE region (
  region_id    VARCHAR PRIMARY KEY,         -- six digits of GB/T 2260, or 'x:' + name where unknown
  name         VARCHAR NOT NULL,
  level        VARCHAR,                     -- 省 市 县; NULL where unknown
  parent_id    VARCHAR
);

CREATE TABLE agency (
  agency_id    VARCHAR PRIMARY KEY,         -- key of the normalised name, and of the region where the name has none
  name         VARCHAR NOT NULL,            -- normalised
  region_id    VARCHAR
);

CREATE TABLE project (
  project_id   VARCHAR PRIMARY KEY,         -- key of agency and normalised name
  name         VARCHAR NOT NULL,            -- normalised
  agency_id    VARCHAR,
  sector       VARCHAR                      -- of the first form that tells one
);

CREATE TABLE form (
  form_id      VARCHAR NOT NULL,
  batch_id     VARCHAR NOT NULL,
  file_id      VARCHAR NOT NULL,
  ordinal      INTEGER NOT NULL,            -- position in the batch, from 1
  project_id   VARCHAR NOT NULL,
  project_why  VARCHAR NOT NULL,            -- why this form belongs to that project
  agency_id    VARCHAR,
  region_id    VARCHAR,
  identity     VARCHAR NOT NULL,            -- kind, year, agency and normalised project: what a correction supersedes
  copy         INTEGER NOT NULL,            -- 1, and 2 … for further forms of the same identity in force beside it
  content      VARCHAR NOT NULL,            -- hash of all that was read, to tell a correction from a copy
  superseded_by VARCHAR,                    -- form_id of the correction; NULL for the one in force
  withdrawn    BOOLEAN NOT NULL,            -- its batch was taken back
  kind         VARCHAR NOT NULL,
  layout       VARCHAR,
  year         INTEGER,
  sheet        VARCHAR NOT NULL,
  position     INTEGER NOT NULL,
  cell         VARCHAR NOT NULL,
  title        VARCHAR,
  region       VARCHAR,                     -- as written, like the next six
  department   VARCHAR,
  unit         VARCHAR,
  project      VARCHAR,
  sector       VARCHAR,
  sector_why   VARCHAR,
  goal         VARCHAR,
  goal_actual  VARCHAR,
  total_score  DOUBLE,
  grade        VARCHAR,
  line_count   INTEGER NOT NULL,
  doubt_count  INTEGER NOT NULL,            -- warnings about this form and its lines
  fields       VARCHAR NOT NULL             -- JSON: raw text and cell of every head field
);

CREATE TABLE budget (
  form_id      VARCHAR NOT NULL,
  seq          INTEGER NOT NULL,            -- 0: the form's sums; 1…: the rows of its budget block
  label        VARCHAR NOT NULL,
  unit         VARCHAR,                     -- as stated on the form; sums below are 万元
  initial      DECIMAL(18,6),
  full_year    DECIMAL(18,6),
  executed     DECIMAL(18,6),
  rate_percent DOUBLE,                      -- as printed
  weight       DOUBLE,
  score        DOUBLE,
  cells        VARCHAR                      -- JSON: raw text and cell per column
);

CREATE TABLE line (
  form_id      VARCHAR NOT NULL,
  seq          INTEGER NOT NULL,
  region_id    VARCHAR,                     -- of the form: each batch is stored sorted by region and year
  year         INTEGER,
  kind         VARCHAR NOT NULL,            -- of the form
  level1       VARCHAR,
  level2       VARCHAR,
  name         VARCHAR NOT NULL,
  name_raw     VARCHAR,
  sub_row      BOOLEAN NOT NULL,
  target_raw   VARCHAR,
  target_kind  VARCHAR,
  target_comparison VARCHAR,
  target_low   DOUBLE,                      -- NULL: open or not a number
  target_high  DOUBLE,
  target_unit  VARCHAR,
  target_cell  VARCHAR,
  long_term_raw VARCHAR,
  actual_raw   VARCHAR,
  actual_kind  VARCHAR,
  actual_comparison VARCHAR,
  actual_low   DOUBLE,
  actual_high  DOUBLE,
  actual_unit  VARCHAR,
  actual_cell  VARCHAR,
  expected_raw VARCHAR,
  weight       DOUBLE,
  score        DOUBLE,
  reason       VARCHAR,
  note         VARCHAR,
  cell         VARCHAR,
  doubts       VARCHAR,                     -- codes, joined by a blank; NULL for none
  cells        VARCHAR                      -- JSON: raw text and cell of the other fields
);

CREATE TABLE issue (
  batch_id     VARCHAR NOT NULL,
  file_id      VARCHAR NOT NULL,
  form_id      VARCHAR,                     -- the form it is about, if it is about one
  seq          INTEGER NOT NULL,            -- position in the file's list, from 1
  rejected     BOOLEAN NOT NULL,            -- false: a warning, stored all the same
  sheet        VARCHAR NOT NULL,
  cell         VARCHAR NOT NULL,
  code         VARCHAR NOT NULL,
  message      VARCHAR NOT NULL,
  raw          VARCHAR
);

CREATE TABLE rule (
  rule_set     VARCHAR NOT NULL,
  version      VARCHAR NOT NULL,
  jurisdiction VARCHAR NOT NULL,
  valid_from   DATE,
  valid_to     DATE,
  name         VARCHAR NOT NULL,
  value        VARCHAR NOT NULL,
  source_doc   VARCHAR NOT NULL,
  source_status VARCHAR NOT NULL,           -- read, reported, recalled
  PRIMARY KEY (rule_set, version, name)
);

CREATE VIEW form_current AS
SELECT * FROM form WHERE superseded_by IS NULL AND NOT withdrawn;

CREATE VIEW line_current AS
SELECT l.* FROM line l WHERE l.form_id IN (SELECT form_id FROM form_current);
