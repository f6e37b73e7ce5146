-- The warehouse as docs/data-model.md describes it. No secondary indexes and no
-- foreign keys on fact tables; batches are append-only: a row is never changed
-- except for superseded_by.
CREATE TABLE batch (
  batch_id     VARCHAR PRIMARY KEY,
  source       VARCHAR NOT NULL,            -- cli, page, api, demo, table
  sample       BOOLEAN NOT NULL,            -- shown as 示例数据
  loaded_at    TIMESTAMP NOT NULL,          -- UTC
  took_ms      BIGINT NOT NULL,
  file_count   INTEGER NOT NULL,
  form_count   INTEGER NOT NULL,
  line_count   BIGINT NOT NULL
);
CREATE TABLE file (
  file_id      VARCHAR NOT NULL,            -- batch_id + ordinal
  batch_id     VARCHAR NOT NULL,
  path         VARCHAR NOT NULL,            -- as given
  hash         VARCHAR NOT NULL,            -- SHA-256, hex
  size         BIGINT NOT NULL,
  outcome      VARCHAR NOT NULL,            -- stored, partly, superseding, unchanged, rejected
  form_count   INTEGER NOT NULL,
  rows_read    BIGINT NOT NULL,
  rows_clean   BIGINT NOT NULL,
  rows_warned  BIGINT NOT NULL,
  rows_rejected BIGINT NOT NULL,
  rows_unused  BIGINT NOT NULL
);
CREATE TABLE region (
  region_id    VARCHAR PRIMARY KEY,         -- GB/T 2260 code, or 'x:' + name where unknown
  name         VARCHAR NOT NULL,
  level        VARCHAR,                     -- 省 市 县 乡
  parent_id    VARCHAR
);
CREATE TABLE agency (
  agency_id    VARCHAR PRIMARY KEY,         -- key of the normalised name
  name         VARCHAR NOT NULL,
  region_id    VARCHAR
);
CREATE TABLE project (
  project_id   VARCHAR PRIMARY KEY,         -- key of unit and normalised name
  name         VARCHAR NOT NULL,            -- normalised
  agency_id    VARCHAR,
  sector       VARCHAR
);
CREATE TABLE form (
  form_id      VARCHAR NOT NULL,
  batch_id     VARCHAR NOT NULL,
  file_id      VARCHAR NOT NULL,
  project_id   VARCHAR NOT NULL,
  project_why  VARCHAR NOT NULL,            -- why this form belongs to that project
  agency_id    VARCHAR,
  region_id    VARCHAR,
  identity     VARCHAR NOT NULL,            -- kind, year, unit and normalised project: what a correction supersedes
  content      VARCHAR NOT NULL,            -- hash of all that was read, to tell a correction from a copy
  superseded_by VARCHAR,                    -- form_id of the correction; NULL for the one in force
  kind         VARCHAR NOT NULL,
  layout       VARCHAR,
  year         INTEGER,
  sheet        VARCHAR NOT NULL,
  position     INTEGER NOT NULL,
  cell         VARCHAR NOT NULL,
  title        VARCHAR,
  region       VARCHAR,
  department   VARCHAR,
  unit         VARCHAR,
  project      VARCHAR,
  sector       VARCHAR,
  sector_why   VARCHAR,
  goal         VARCHAR,
  goal_actual  VARCHAR,
  total_score  DOUBLE,
  grade        VARCHAR,
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
  region_id    VARCHAR,                     -- repeated from the form: the table is sorted by region and year
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
  seq          INTEGER NOT NULL,
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
CREATE VIEW form_current AS SELECT * FROM form WHERE superseded_by IS NULL;
