-- The bureau's own library, the decisions about names, and the concepts that
-- filed names stand for. docs/data-model.md describes them.

CREATE TABLE library_change (
  change_id    BIGINT PRIMARY KEY,          -- 1, 2 … in the order in which they were made
  version      INTEGER NOT NULL,            -- changes made at once share one
  changed_at   TIMESTAMP NOT NULL,          -- UTC
  source       VARCHAR NOT NULL,            -- import, page, cli, api
  origin       VARCHAR NOT NULL,            -- file name of an import, or ''
  entry_id     VARCHAR NOT NULL,
  action       VARCHAR NOT NULL,            -- add, edit, retire, restore
  before_entry VARCHAR,                     -- JSON of the entry before; NULL: there was none
  after_entry  VARCHAR,                     -- JSON of the entry after; NULL: retired
  note         VARCHAR NOT NULL,
  undoes       BIGINT                       -- the change that this one takes back
);

CREATE TABLE name_decision (
  decision_id  BIGINT PRIMARY KEY,          -- 1, 2 … in the order in which they were taken
  decided_at   TIMESTAMP NOT NULL,          -- UTC
  source       VARCHAR NOT NULL,            -- page, cli, api
  name         VARCHAR NOT NULL,            -- as the person saw it
  name_key     VARCHAR NOT NULL,            -- the key under which it holds
  sector       VARCHAR NOT NULL,            -- '' for every functional class
  verdict      VARCHAR NOT NULL,            -- is, not, none, undo
  entry_id     VARCHAR,
  note         VARCHAR NOT NULL,
  undoes       BIGINT                       -- of an undo: the decision taken back
);

-- Derived: what each filed name stands for. It can be emptied at any time and is
-- then filled again; stamp says by which library, decisions and rules.
CREATE TABLE name_match (
  name         VARCHAR NOT NULL,            -- as in line.name
  level1       VARCHAR NOT NULL,            -- '' for none, like the next three
  level2       VARCHAR NOT NULL,
  sector       VARCHAR NOT NULL,            -- of the form
  unit         VARCHAR NOT NULL,            -- the commonest of its targets
  name_key     VARCHAR NOT NULL,
  entry_id     VARCHAR,                     -- NULL: unmatched
  confidence   DOUBLE NOT NULL,
  method       VARCHAR NOT NULL,            -- exact, alias, fuzzy, decided, none
  reason       VARCHAR NOT NULL,
  best         DOUBLE NOT NULL,             -- score of the best alternative, 0 for none
  alternatives VARCHAR NOT NULL             -- JSON
);

CREATE TABLE derived_stamp (
  name         VARCHAR PRIMARY KEY,         -- of the derived table
  stamp        VARCHAR NOT NULL
);

-- Every indicator line in force with its project and what its name stands for.
CREATE VIEW line_concept AS
SELECT l.form_id, l.seq, l.name, l.level1, l.level2, l.sub_row, l.kind, l.year, l.target_raw, l.target_kind,
       l.target_comparison, l.target_low, l.target_high, l.target_unit, l.actual_raw, l.actual_kind, l.actual_low,
       l.actual_high, l.actual_unit, l.weight, l.score, f.project_id, f.agency_id, f.region_id,
       coalesce(f.sector, '') AS sector, m.entry_id, m.confidence, m.method, m.name_key
FROM line l
JOIN form f ON f.form_id = l.form_id AND f.superseded_by IS NULL AND NOT f.withdrawn
JOIN name_match m ON m.name = l.name AND m.level1 = coalesce(l.level1, '') AND m.level2 = coalesce(l.level2, '')
                 AND m.sector = coalesce(f.sector, '');
