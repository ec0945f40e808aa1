-- 00001_opd.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Agencies (OPD). Every import of a changed row is a further version; nothing is overwritten.
CREATE TABLE IF NOT EXISTS opd_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    code         String,
    name         String,
    short_name   String,
    aliases      Array(String),
    peer_group   LowCardinality(String),
    target_per_week Nullable(Float64),
    has_source   Bool DEFAULT true,
    valid_from   Nullable(Date32),
    valid_to     Nullable(Date32),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS opd ON CLUSTER 'gaung' AS opd_local
ENGINE = Distributed('gaung', currentDatabase(), 'opd_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS opd_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM opd ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS opd_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS opd ON CLUSTER 'gaung';
DROP TABLE IF EXISTS opd_local ON CLUSTER 'gaung';

-- 00002_people.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Pranata humas, operators and relawan TIK.
CREATE TABLE IF NOT EXISTS people_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    person_id    String,
    name         String,
    person_group LowCardinality(String),
    jenjang      LowCardinality(String),
    opd_raw      String,
    aliases      Array(String),
    valid_from   Nullable(Date32),
    valid_to     Nullable(Date32),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS people ON CLUSTER 'gaung' AS people_local
ENGINE = Distributed('gaung', currentDatabase(), 'people_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS people_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM people ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS people_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS people ON CLUSTER 'gaung';
DROP TABLE IF EXISTS people_local ON CLUSTER 'gaung';

-- 00003_aliases.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Human decisions: this spelling means that OPD or person, between these days.
CREATE TABLE IF NOT EXISTS aliases_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    kind         LowCardinality(String),
    alias        String,
    target       String,
    valid_from   Nullable(Date32),
    valid_to     Nullable(Date32),
    decided_by   String,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS aliases ON CLUSTER 'gaung' AS aliases_local
ENGINE = Distributed('gaung', currentDatabase(), 'aliases_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS aliases_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM aliases ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS aliases_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS aliases ON CLUSTER 'gaung';
DROP TABLE IF EXISTS aliases_local ON CLUSTER 'gaung';

-- 00004_holidays.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Days off: national (region empty) and regional, as decreed.
CREATE TABLE IF NOT EXISTS holidays_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    date         Date32,
    name         String,
    kind         LowCardinality(String),
    decree       String,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS holidays ON CLUSTER 'gaung' AS holidays_local
ENGINE = Distributed('gaung', currentDatabase(), 'holidays_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS holidays_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM holidays ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS holidays_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS holidays ON CLUSTER 'gaung';
DROP TABLE IF EXISTS holidays_local ON CLUSTER 'gaung';

-- 00005_rules.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Deadline rules as data: limit in working days, clock start and stop, the law, and when the rule held.
-- An empty region is the national rule; a row with a region overrides it there.
CREATE TABLE IF NOT EXISTS rules_local ON CLUSTER 'gaung'
(
    region         LowCardinality(String),
    rule           LowCardinality(String),
    case_kind      LowCardinality(String),
    limit_days     UInt16,
    extended_limit_days Nullable(UInt16),
    unit           LowCardinality(String),
    clock_start    String,
    clock_stop     String,
    law            String,
    article        String,
    valid_from     Date32,
    valid_to       Nullable(Date32),
    version        UInt64
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, rule, case_kind, valid_from);

CREATE TABLE IF NOT EXISTS rules ON CLUSTER 'gaung' AS rules_local
ENGINE = Distributed('gaung', currentDatabase(), 'rules_local', cityHash64(region));

INSERT INTO rules (region, rule, case_kind, limit_days, extended_limit_days, unit, clock_start, clock_stop, law, article, valid_from, valid_to, version) VALUES
    ('', 'ppid', '', 10, 17, 'working day', 'completed_at, else received_at', 'notified_at', 'UU 14/2008', 'Pasal 22 ayat (7) dan (8)', '2010-04-30', NULL, 1),
    ('', 'objection', '', 30, NULL, 'working day', 'received_at', 'answered_at', 'UU 14/2008', 'Pasal 36 ayat (2)', '2010-04-30', NULL, 1),
    ('', 'complaint-verify', '', 3, NULL, 'working day', 'submitted_at', 'verified_at, else assigned_at', 'PermenPANRB 62/2018', 'Bab VI', '2018-01-01', NULL, 1),
    ('', 'complaint-first-response', '', 5, NULL, 'working day', 'assigned_at, else verified_at, else submitted_at', 'first_response_at', 'PermenPANRB 62/2018', 'Bab VI', '2018-01-01', NULL, 1),
    ('', 'complaint-resolve', 'information', 5, NULL, 'working day', 'assigned_at, else verified_at, else submitted_at', 'resolved_at', 'PermenPANRB 62/2018', 'Bab VI', '2018-01-01', NULL, 1),
    ('', 'complaint-resolve', 'aspiration', 5, NULL, 'working day', 'assigned_at, else verified_at, else submitted_at', 'resolved_at', 'PermenPANRB 62/2018', 'Bab VI', '2018-01-01', NULL, 1),
    ('', 'complaint-resolve', 'complaint', 14, NULL, 'working day', 'assigned_at, else verified_at, else submitted_at', 'resolved_at', 'PermenPANRB 62/2018', 'Bab VI', '2018-01-01', NULL, 1),
    ('', 'complaint-resolve', 'supervision', 60, NULL, 'working day', 'assigned_at, else verified_at, else submitted_at', 'resolved_at', 'PermenPANRB 62/2018', 'Bab VI', '2018-01-01', NULL, 1);

-- +goose Down
DROP TABLE IF EXISTS rules ON CLUSTER 'gaung';
DROP TABLE IF EXISTS rules_local ON CLUSTER 'gaung';

-- 00006_articles.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Articles as they came: what was read from the source beside the text it was read from.
CREATE TABLE IF NOT EXISTS articles_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    url          String,
    raw_url      String,
    title        String,
    published_at Nullable(DateTime64(3, 'UTC')),
    published_raw String,
    published_precision LowCardinality(String),
    modified_at  Nullable(DateTime64(3, 'UTC')),
    first_seen_at DateTime64(3, 'UTC'),
    event_date   Nullable(Date32),
    channel      LowCardinality(String),
    source       LowCardinality(String),
    opd_raw      String,
    sumber_raw   String,
    authors_raw  Array(String),
    editors_raw  Array(String),
    photographers_raw Array(String),
    byline_rule  LowCardinality(String),
    place        String,
    body         String CODEC(ZSTD(3)),
    word_count   UInt32,
    text_hash    UInt64,
    simhash      UInt64,
    flags        Array(LowCardinality(String)),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS articles ON CLUSTER 'gaung' AS articles_local
ENGINE = Distributed('gaung', currentDatabase(), 'articles_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS articles_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM articles ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS articles_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS articles ON CLUSTER 'gaung';
DROP TABLE IF EXISTS articles_local ON CLUSTER 'gaung';

-- 00007_ppid.sql
-- +goose NO TRANSACTION
-- +goose Up
-- PPID requests without the applicant's identity. Instants are UTC.
CREATE TABLE IF NOT EXISTS ppid_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    registration_no String,
    opd_raw      String,
    received_at  DateTime64(3, 'UTC'),
    completed_at Nullable(DateTime64(3, 'UTC')),
    notified_at  Nullable(DateTime64(3, 'UTC')),
    delivered_at Nullable(DateTime64(3, 'UTC')),
    withdrawn_at Nullable(DateTime64(3, 'UTC')),
    category     LowCardinality(String),
    topic        String,
    channel      LowCardinality(String),
    status_raw   String,
    status       LowCardinality(String),
    extended     Bool,
    decision     String,
    refused      Bool,
    refusal_reason String,
    officer_raw  String,
    source       LowCardinality(String),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS ppid ON CLUSTER 'gaung' AS ppid_local
ENGINE = Distributed('gaung', currentDatabase(), 'ppid_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS ppid_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM ppid ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS ppid_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS ppid ON CLUSTER 'gaung';
DROP TABLE IF EXISTS ppid_local ON CLUSTER 'gaung';

-- 00008_objections.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Objections (keberatan) to PPID answers.
CREATE TABLE IF NOT EXISTS objections_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    objection_no String,
    registration_no String,
    received_at  DateTime64(3, 'UTC'),
    reason       String,
    answered_at  Nullable(DateTime64(3, 'UTC')),
    decision     String,
    source       LowCardinality(String),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS objections ON CLUSTER 'gaung' AS objections_local
ENGINE = Distributed('gaung', currentDatabase(), 'objections_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS objections_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM objections ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS objections_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS objections ON CLUSTER 'gaung';
DROP TABLE IF EXISTS objections_local ON CLUSTER 'gaung';

-- 00009_complaints.sql
-- +goose NO TRANSACTION
-- +goose Up
-- SP4N-LAPOR! complaints: clocks and classes, never the reporter or the text.
CREATE TABLE IF NOT EXISTS complaints_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    tracking_id  String,
    kind         LowCardinality(String),
    opd_raw      String,
    submitted_at DateTime64(3, 'UTC'),
    verified_at  Nullable(DateTime64(3, 'UTC')),
    assigned_at  Nullable(DateTime64(3, 'UTC')),
    first_response_at Nullable(DateTime64(3, 'UTC')),
    resolved_at  Nullable(DateTime64(3, 'UTC')),
    misrouted_at Nullable(DateTime64(3, 'UTC')),
    status_raw   String,
    category     LowCardinality(String),
    channel      LowCardinality(String),
    rating       Nullable(Float64),
    officer_raw  String,
    source       LowCardinality(String),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS complaints ON CLUSTER 'gaung' AS complaints_local
ENGINE = Distributed('gaung', currentDatabase(), 'complaints_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS complaints_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM complaints ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS complaints_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS complaints ON CLUSTER 'gaung';
DROP TABLE IF EXISTS complaints_local ON CLUSTER 'gaung';

-- 00010_agenda.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Events an OPD announced.
CREATE TABLE IF NOT EXISTS agenda_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    agenda_id    String,
    date         Date32,
    opd_raw      String,
    title        String,
    venue        String,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS agenda ON CLUSTER 'gaung' AS agenda_local
ENGINE = Distributed('gaung', currentDatabase(), 'agenda_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS agenda_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM agenda ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS agenda_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS agenda ON CLUSTER 'gaung';
DROP TABLE IF EXISTS agenda_local ON CLUSTER 'gaung';

-- 00011_submissions.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Drafts an OPD sent to the editors.
CREATE TABLE IF NOT EXISTS submissions_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    submission_id String,
    opd_raw      String,
    submitted_at DateTime64(3, 'UTC'),
    title        String,
    author_raw   String,
    editor_raw   String,
    decided_at   Nullable(DateTime64(3, 'UTC')),
    decision     LowCardinality(String),
    url          String,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS submissions ON CLUSTER 'gaung' AS submissions_local
ENGINE = Distributed('gaung', currentDatabase(), 'submissions_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS submissions_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM submissions ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS submissions_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS submissions ON CLUSTER 'gaung';
DROP TABLE IF EXISTS submissions_local ON CLUSTER 'gaung';

-- 00012_clarifications.sql
-- +goose NO TRANSACTION
-- +goose Up
-- False news spotted and answered.
CREATE TABLE IF NOT EXISTS clarifications_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    clarification_id String,
    spotted_at   DateTime64(3, 'UTC'),
    topic        String,
    opd_raw      String,
    answered_at  Nullable(DateTime64(3, 'UTC')),
    url          String,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS clarifications ON CLUSTER 'gaung' AS clarifications_local
ENGINE = Distributed('gaung', currentDatabase(), 'clarifications_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS clarifications_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM clarifications ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS clarifications_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS clarifications ON CLUSTER 'gaung';
DROP TABLE IF EXISTS clarifications_local ON CLUSTER 'gaung';

-- 00013_targets.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Publication targets per OPD from a day on.
CREATE TABLE IF NOT EXISTS targets_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    opd_raw      String,
    from_date    Date32,
    target_per_week Float64,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS targets ON CLUSTER 'gaung' AS targets_local
ENGINE = Distributed('gaung', currentDatabase(), 'targets_local', cityHash64(region));

-- The newest version of every key that is not marked deleted.
CREATE VIEW IF NOT EXISTS targets_current ON CLUSTER 'gaung' AS
SELECT *
FROM (SELECT * FROM targets ORDER BY version DESC LIMIT 1 BY region, key_hash)
WHERE NOT deleted;

-- +goose Down
DROP VIEW IF EXISTS targets_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS targets ON CLUSTER 'gaung';
DROP TABLE IF EXISTS targets_local ON CLUSTER 'gaung';

-- 00014_ingest_runs.sql
-- +goose NO TRANSACTION
-- +goose Up
-- One row per import or pull, written when it starts and again when it ends.
CREATE TABLE IF NOT EXISTS ingest_runs_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    run_id       UUID,
    kind         LowCardinality(String),
    source       String,
    started_at   DateTime64(3, 'UTC'),
    finished_at  Nullable(DateTime64(3, 'UTC')),
    status       LowCardinality(String),
    row_count    UInt64,
    accepted     UInt64,
    unchanged    UInt64,
    updated      UInt64,
    rejected     UInt64,
    message      String,
    version      UInt64
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, run_id);

CREATE TABLE IF NOT EXISTS ingest_runs ON CLUSTER 'gaung' AS ingest_runs_local
ENGINE = Distributed('gaung', currentDatabase(), 'ingest_runs_local', cityHash64(region));

CREATE VIEW IF NOT EXISTS ingest_runs_current ON CLUSTER 'gaung' AS
SELECT * FROM ingest_runs ORDER BY version DESC LIMIT 1 BY region, run_id;

-- +goose Down
DROP VIEW IF EXISTS ingest_runs_current ON CLUSTER 'gaung';
DROP TABLE IF EXISTS ingest_runs ON CLUSTER 'gaung';
DROP TABLE IF EXISTS ingest_runs_local ON CLUSTER 'gaung';

-- 00015_polls.sql
-- +goose NO TRANSACTION
-- +goose Up
-- One row per expected poll of a source, answered or not: a source that failed is not silence.
CREATE TABLE IF NOT EXISTS polls_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    source       LowCardinality(String),
    kind         LowCardinality(String),
    opd          String,
    polled_at    DateTime64(3, 'UTC'),
    answered     Bool,
    http_status  UInt16,
    reason       String,
    items        UInt32,
    new_items    UInt32,
    run_id       UUID
)
ENGINE = ReplicatedMergeTree
ORDER BY (region, source, polled_at);

CREATE TABLE IF NOT EXISTS polls ON CLUSTER 'gaung' AS polls_local
ENGINE = Distributed('gaung', currentDatabase(), 'polls_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS polls ON CLUSTER 'gaung';
DROP TABLE IF EXISTS polls_local ON CLUSTER 'gaung';

-- 00016_rejects.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rows that could not be used, with the reason, kept so that they can be repaired and replayed.
-- Columns that identify a citizen are gone before a row gets here.
CREATE TABLE IF NOT EXISTS rejects_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    kind         LowCardinality(String),
    source       String,
    run_id       UUID,
    row_number   UInt64,
    column_name  LowCardinality(String),
    value        String,
    reason       String,
    record       String CODEC(ZSTD(3)),
    rejected_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(rejected_at)
ORDER BY (region, kind, source, run_id, row_number, column_name);

CREATE TABLE IF NOT EXISTS rejects ON CLUSTER 'gaung' AS rejects_local
ENGINE = Distributed('gaung', currentDatabase(), 'rejects_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS rejects ON CLUSTER 'gaung';
DROP TABLE IF EXISTS rejects_local ON CLUSTER 'gaung';

-- 00017_rollup_generations.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Which generation of a rollup is the one to read: the greatest for (region, rollup).
-- A rollup is written whole under a new generation number and published here, so a reader that
-- looks up the generations once sees one consistent state.
CREATE TABLE IF NOT EXISTS rollup_generations_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    rollup       LowCardinality(String),
    generation   UInt64,
    built_at     DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(generation)
ORDER BY (region, rollup);

CREATE TABLE IF NOT EXISTS rollup_generations ON CLUSTER 'gaung' AS rollup_generations_local
ENGINE = Distributed('gaung', currentDatabase(), 'rollup_generations_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS rollup_generations ON CLUSTER 'gaung';
DROP TABLE IF EXISTS rollup_generations_local ON CLUSTER 'gaung';

-- 00018_stories.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per story, credited once. day is the region's local day of the earliest article.
CREATE TABLE IF NOT EXISTS stories_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    story_id     UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    published_at DateTime64(3, 'UTC'),
    day          Date32,
    title        String,
    url          String,
    place        LowCardinality(String),
    articles     UInt32,
    channels     Array(LowCardinality(String)),
    authors      Array(String),
    editors      Array(String),
    photographers Array(String)
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, day, opd);

CREATE TABLE IF NOT EXISTS stories ON CLUSTER 'gaung' AS stories_local
ENGINE = Distributed('gaung', currentDatabase(), 'stories_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS stories ON CLUSTER 'gaung';
DROP TABLE IF EXISTS stories_local ON CLUSTER 'gaung';

-- 00019_story_articles.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per article (URL) with what its texts were resolved to. opd is the OPD credited with the story.
CREATE TABLE IF NOT EXISTS story_articles_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    url          String,
    title        String,
    published_at Nullable(DateTime64(3, 'UTC')),
    day          Nullable(Date32),
    first_seen_at DateTime64(3, 'UTC'),
    first_seen_day Date32,
    channel      LowCardinality(String),
    source       LowCardinality(String),
    story_id     UInt64,
    is_origin    Bool,
    opd          LowCardinality(String),
    source_opd   LowCardinality(String),
    opd_raw      String,
    sumber_raw   String,
    unmatched_opd Bool,
    unmatched_people Array(String),
    place        LowCardinality(String),
    word_count   UInt32,
    flags        Array(LowCardinality(String))
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, coalesce(day, first_seen_day), opd);

CREATE TABLE IF NOT EXISTS story_articles ON CLUSTER 'gaung' AS story_articles_local
ENGINE = Distributed('gaung', currentDatabase(), 'story_articles_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS story_articles ON CLUSTER 'gaung';
DROP TABLE IF EXISTS story_articles_local ON CLUSTER 'gaung';

-- 00020_ppid_cases.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per PPID request, newest version, names resolved, days in the region's zone.
CREATE TABLE IF NOT EXISTS ppid_cases_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    registration_no String,
    received_day Date32,
    completed_day Nullable(Date32),
    notified_day Nullable(Date32),
    delivered_day Nullable(Date32),
    withdrawn_day Nullable(Date32),
    withdrawn_before_notified Bool,
    extended     Bool,
    status       LowCardinality(String),
    category     LowCardinality(String),
    topic        String,
    channel      LowCardinality(String),
    decision     String,
    refused      Bool,
    refusal_reason String,
    officer      String,
    officer_raw  String
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, received_day, opd);

CREATE TABLE IF NOT EXISTS ppid_cases ON CLUSTER 'gaung' AS ppid_cases_local
ENGINE = Distributed('gaung', currentDatabase(), 'ppid_cases_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS ppid_cases ON CLUSTER 'gaung';
DROP TABLE IF EXISTS ppid_cases_local ON CLUSTER 'gaung';

-- 00021_objection_cases.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per objection; opd is that of the PPID request it is about, empty when unknown.
CREATE TABLE IF NOT EXISTS objection_cases_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    objection_no String,
    registration_no String,
    received_day Date32,
    answered_day Nullable(Date32),
    reason       String,
    decision     String
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, received_day);

CREATE TABLE IF NOT EXISTS objection_cases ON CLUSTER 'gaung' AS objection_cases_local
ENGINE = Distributed('gaung', currentDatabase(), 'objection_cases_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS objection_cases ON CLUSTER 'gaung';
DROP TABLE IF EXISTS objection_cases_local ON CLUSTER 'gaung';

-- 00022_complaint_cases.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per complaint, newest version, names resolved, days in the region's zone.
CREATE TABLE IF NOT EXISTS complaint_cases_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    tracking_id  String,
    kind         LowCardinality(String),
    submitted_day Date32,
    verified_day Nullable(Date32),
    assigned_day Nullable(Date32),
    first_response_day Nullable(Date32),
    resolved_day Nullable(Date32),
    misrouted_day Nullable(Date32),
    status_raw   String,
    category     LowCardinality(String),
    channel      LowCardinality(String),
    rating       Nullable(Float64),
    officer      String,
    officer_raw  String
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, submitted_day, opd);

CREATE TABLE IF NOT EXISTS complaint_cases ON CLUSTER 'gaung' AS complaint_cases_local
ENGINE = Distributed('gaung', currentDatabase(), 'complaint_cases_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS complaint_cases ON CLUSTER 'gaung';
DROP TABLE IF EXISTS complaint_cases_local ON CLUSTER 'gaung';

-- 00023_agenda_items.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per agenda event with its OPD resolved.
CREATE TABLE IF NOT EXISTS agenda_items_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    agenda_id    String,
    day          Date32,
    opd          LowCardinality(String),
    opd_raw      String,
    title        String,
    venue        String
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, day, opd);

CREATE TABLE IF NOT EXISTS agenda_items ON CLUSTER 'gaung' AS agenda_items_local
ENGINE = Distributed('gaung', currentDatabase(), 'agenda_items_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS agenda_items ON CLUSTER 'gaung';
DROP TABLE IF EXISTS agenda_items_local ON CLUSTER 'gaung';

-- 00024_source_states.sql
-- +goose NO TRANSACTION
-- +goose Up
-- What the next poll of a source needs to know of the last one (validators, how far it has read), as JSON.
CREATE TABLE IF NOT EXISTS source_states_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    source       String,
    state        String,
    updated_at   DateTime64(3, 'UTC'),
    version      UInt64
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, source);

CREATE TABLE IF NOT EXISTS source_states ON CLUSTER 'gaung' AS source_states_local
ENGINE = Distributed('gaung', currentDatabase(), 'source_states_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS source_states ON CLUSTER 'gaung';
DROP TABLE IF EXISTS source_states_local ON CLUSTER 'gaung';

-- 00025_push_keys.sql
-- +goose NO TRANSACTION
-- +goose Up
-- The idempotency keys of pushes with the answer that was given, so that a repeated push is answered without work.
CREATE TABLE IF NOT EXISTS push_keys_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    source       String,
    idempotency_key String,
    body_hash    String,
    answer       String CODEC(ZSTD(3)),
    at           DateTime64(3, 'UTC'),
    version      UInt64
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, source, idempotency_key);

CREATE TABLE IF NOT EXISTS push_keys ON CLUSTER 'gaung' AS push_keys_local
ENGINE = Distributed('gaung', currentDatabase(), 'push_keys_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS push_keys ON CLUSTER 'gaung';
DROP TABLE IF EXISTS push_keys_local ON CLUSTER 'gaung';

-- 00026_raw_items.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Article items as the sources gave them, before anything is read out of them, so that better rules can be
-- replayed over them. A further version is written only when the item changed. Only articles are kept raw:
-- rows of registers hold identities and the texts of complaints, which are stored nowhere.
CREATE TABLE IF NOT EXISTS raw_items_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    source       LowCardinality(String),
    kind         LowCardinality(String),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    url          String,
    guid         String,
    gone         Bool DEFAULT false,
    item         String CODEC(ZSTD(6)),
    fetched_at   DateTime64(3, 'UTC'),
    run_id       UUID
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, source, key_hash, version);

CREATE TABLE IF NOT EXISTS raw_items ON CLUSTER 'gaung' AS raw_items_local
ENGINE = Distributed('gaung', currentDatabase(), 'raw_items_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS raw_items ON CLUSTER 'gaung';
DROP TABLE IF EXISTS raw_items_local ON CLUSTER 'gaung';

-- 00027_configured_sources.sql
-- +goose NO TRANSACTION
-- +goose Up
-- The sources of gaung.yaml as the program last saw them; configured_at is when it first did. What is no
-- longer configured stays, marked removed.
CREATE TABLE IF NOT EXISTS configured_sources_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    source       String,
    kind         LowCardinality(String),
    opd          String,
    channel      LowCardinality(String),
    every_seconds UInt32,
    configured_at DateTime64(3, 'UTC'),
    removed      Bool DEFAULT false,
    version      UInt64
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, source);

CREATE TABLE IF NOT EXISTS configured_sources ON CLUSTER 'gaung' AS configured_sources_local
ENGINE = Distributed('gaung', currentDatabase(), 'configured_sources_local', cityHash64(region));

-- A poll that was due while the source was left alone after failures: expected, not attempted, not answered.
-- (On a cluster the first statement changes the tables that hold the rows, the second the Distributed one.)
ALTER TABLE polls_local ON CLUSTER 'gaung' ADD COLUMN IF NOT EXISTS skipped Bool DEFAULT false;
ALTER TABLE polls ON CLUSTER 'gaung' ADD COLUMN IF NOT EXISTS skipped Bool DEFAULT false;

-- +goose Down
ALTER TABLE polls ON CLUSTER 'gaung' DROP COLUMN IF EXISTS skipped;
ALTER TABLE polls_local ON CLUSTER 'gaung' DROP COLUMN IF EXISTS skipped;
DROP TABLE IF EXISTS configured_sources ON CLUSTER 'gaung';
DROP TABLE IF EXISTS configured_sources_local ON CLUSTER 'gaung';

-- 00028_review_queue.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: every printed OPD or person that nobody could resolve, how often and where it stands, and the known
-- names near it with score and evidence, for a person to decide. targets, names, scores and evidence go
-- together; they are empty when nothing is near.
CREATE TABLE IF NOT EXISTS review_queue_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    kind         LowCardinality(String),
    text         String,
    uses         UInt64,
    last_day     Date32,
    places       Array(LowCardinality(String)),
    example      String,
    targets      Array(String),
    names        Array(String),
    scores       Array(Float64),
    evidence     Array(String)
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, kind, text);

CREATE TABLE IF NOT EXISTS review_queue ON CLUSTER 'gaung' AS review_queue_local
ENGINE = Distributed('gaung', currentDatabase(), 'review_queue_local', cityHash64(region));

-- Human decisions: this spelling does not mean that OPD or person; an empty target means nobody known at all.
CREATE TABLE IF NOT EXISTS review_rejections_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    kind         LowCardinality(String),
    alias        String,
    target       String,
    decided_by   String,
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    deleted      Bool DEFAULT false,
    run_id       UUID,
    ingested_at  DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, key_hash, version);

CREATE TABLE IF NOT EXISTS review_rejections ON CLUSTER 'gaung' AS review_rejections_local
ENGINE = Distributed('gaung', currentDatabase(), 'review_rejections_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS review_rejections ON CLUSTER 'gaung';
DROP TABLE IF EXISTS review_rejections_local ON CLUSTER 'gaung';
DROP TABLE IF EXISTS review_queue ON CLUSTER 'gaung';
DROP TABLE IF EXISTS review_queue_local ON CLUSTER 'gaung';

-- 00029_story_flags.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Signs that a story was published oddly (burst, backdated); see docs/DATA.md.
-- (On a cluster the first statement changes the tables that hold the rows, the second the Distributed one.)
ALTER TABLE stories_local ON CLUSTER 'gaung' ADD COLUMN IF NOT EXISTS flags Array(LowCardinality(String));
ALTER TABLE stories ON CLUSTER 'gaung' ADD COLUMN IF NOT EXISTS flags Array(LowCardinality(String));

-- +goose Down
ALTER TABLE stories ON CLUSTER 'gaung' DROP COLUMN IF EXISTS flags;
ALTER TABLE stories_local ON CLUSTER 'gaung' DROP COLUMN IF EXISTS flags;

-- 00030_complaint_spells.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per complaint and agency that had it in hand. A hand-over closes one spell and opens the
-- next: left_day is the day this agency gave it away, next_day the day the next one took it. The stamps are
-- those that belong to the spell.
CREATE TABLE IF NOT EXISTS complaint_spells_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    tracking_id  String,
    spell        UInt16,
    kind         LowCardinality(String),
    submitted_day Date32,
    verified_day Nullable(Date32),
    assigned_day Nullable(Date32),
    first_response_day Nullable(Date32),
    resolved_day Nullable(Date32),
    left_day     Nullable(Date32),
    next_day     Nullable(Date32),
    status_raw   String,
    category     LowCardinality(String),
    channel      LowCardinality(String),
    rating       Nullable(Float64),
    officer      String,
    officer_raw  String
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, submitted_day, opd);

CREATE TABLE IF NOT EXISTS complaint_spells ON CLUSTER 'gaung' AS complaint_spells_local
ENGINE = Distributed('gaung', currentDatabase(), 'complaint_spells_local', cityHash64(region));

-- What is known so far is one spell per complaint; the next rebuild looks at the history.
INSERT INTO complaint_spells (region, generation, opd, opd_raw, tracking_id, spell, kind, submitted_day, verified_day, assigned_day,
    first_response_day, resolved_day, left_day, next_day, status_raw, category, channel, rating, officer, officer_raw)
SELECT region, generation, opd, opd_raw, tracking_id, 1, kind, submitted_day, verified_day, assigned_day,
    first_response_day, resolved_day, misrouted_day, NULL, status_raw, category, channel, rating, officer, officer_raw
FROM complaint_cases;

-- +goose Down
DROP TABLE IF EXISTS complaint_spells ON CLUSTER 'gaung';
DROP TABLE IF EXISTS complaint_spells_local ON CLUSTER 'gaung';

-- 00031_story_events.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per story whose event is known, from the agenda (agenda_id), from the date of the event
-- given with an article (agenda_id empty), or both. A story stands for one event at most.
CREATE TABLE IF NOT EXISTS story_events_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    story_id     UInt64,
    opd          LowCardinality(String),
    story_day    Date32,
    event_day    Date32,
    agenda_id    String,
    similarity   Float64,
    title        String,
    url          String,
    authors      Array(String)
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, story_day, opd);

CREATE TABLE IF NOT EXISTS story_events ON CLUSTER 'gaung' AS story_events_local
ENGINE = Distributed('gaung', currentDatabase(), 'story_events_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS story_events ON CLUSTER 'gaung';
DROP TABLE IF EXISTS story_events_local ON CLUSTER 'gaung';

-- 00032_submission_cases.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per draft sent to the editors, newest version, names resolved, days in the region's zone.
CREATE TABLE IF NOT EXISTS submission_cases_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    submission_id String,
    submitted_at DateTime64(3, 'UTC'),
    submitted_day Date32,
    decided_at   Nullable(DateTime64(3, 'UTC')),
    decided_day  Nullable(Date32),
    decision     LowCardinality(String),
    title        String,
    author       String,
    editor       String,
    url          String
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, submitted_day, opd);

CREATE TABLE IF NOT EXISTS submission_cases ON CLUSTER 'gaung' AS submission_cases_local
ENGINE = Distributed('gaung', currentDatabase(), 'submission_cases_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS submission_cases ON CLUSTER 'gaung';
DROP TABLE IF EXISTS submission_cases_local ON CLUSTER 'gaung';

-- 00033_clarification_cases.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: one row per piece of false news, newest version, OPD resolved, days in the region's zone.
CREATE TABLE IF NOT EXISTS clarification_cases_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    opd          LowCardinality(String),
    opd_raw      String,
    clarification_id String,
    spotted_day  Date32,
    answered_day Nullable(Date32),
    topic        String,
    url          String
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, spotted_day);

CREATE TABLE IF NOT EXISTS clarification_cases ON CLUSTER 'gaung' AS clarification_cases_local
ENGINE = Distributed('gaung', currentDatabase(), 'clarification_cases_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS clarification_cases ON CLUSTER 'gaung';
DROP TABLE IF EXISTS clarification_cases_local ON CLUSTER 'gaung';

-- 00034_person_days.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rollup: how many stories name a person in each role, by the day of the story; works counts a story once
-- whatever the roles.
CREATE TABLE IF NOT EXISTS person_days_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    day          Date32,
    person_id    LowCardinality(String),
    as_author    UInt32,
    as_editor    UInt32,
    as_photographer UInt32,
    works        UInt32
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, day, person_id);

CREATE TABLE IF NOT EXISTS person_days ON CLUSTER 'gaung' AS person_days_local
ENGINE = Distributed('gaung', currentDatabase(), 'person_days_local', cityHash64(region));

-- Stories written by an earlier version of the program.
INSERT INTO person_days (region, generation, day, person_id, as_author, as_editor, as_photographer, works)
SELECT region, generation, day, person,
    countIf(has(authors, person)), countIf(has(editors, person)), countIf(has(photographers, person)), count()
FROM stories
ARRAY JOIN arrayDistinct(arrayConcat(authors, editors, photographers)) AS person
WHERE person != ''
GROUP BY region, generation, day, person;

-- +goose Down
DROP TABLE IF EXISTS person_days ON CLUSTER 'gaung';
DROP TABLE IF EXISTS person_days_local ON CLUSTER 'gaung';

-- 00035_editions.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Closed months (tutup buku): the report as it was frozen, with its id and hash. Append-only; a revision is a
-- further edition beside the earlier ones.
CREATE TABLE IF NOT EXISTS editions_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    month        String,
    edition      UInt32,
    id           String,
    hash         String,
    as_of        Date32,
    closed_at    DateTime64(3, 'UTC'),
    reason       String,
    definitions_version UInt16,
    report       String CODEC(ZSTD(6))
)
ENGINE = ReplicatedReplacingMergeTree(closed_at)
ORDER BY (region, month, edition);

CREATE TABLE IF NOT EXISTS editions ON CLUSTER 'gaung' AS editions_local
ENGINE = Distributed('gaung', currentDatabase(), 'editions_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS editions ON CLUSTER 'gaung';
DROP TABLE IF EXISTS editions_local ON CLUSTER 'gaung';

-- 00036_deliveries.sql
-- +goose NO TRANSACTION
-- +goose Up
-- What was sent to whom, by a hash of the address: one row per attempt and claimant. A claim (pending) is written
-- before anything is sent; version 2 of the same row says how it ended.
CREATE TABLE IF NOT EXISTS deliveries_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    schedule     LowCardinality(String),
    period       String,
    channel      LowCardinality(String),
    recipient    String,
    attempt      UInt32,
    owner        String,
    id           String,
    kind         LowCardinality(String),
    status       LowCardinality(String),
    error        String,
    next_at      DateTime64(3, 'UTC'),
    lease_until  DateTime64(3, 'UTC'),
    at           DateTime64(3, 'UTC'),
    version      UInt64
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, schedule, period, channel, recipient, attempt, owner);

CREATE TABLE IF NOT EXISTS deliveries ON CLUSTER 'gaung' AS deliveries_local
ENGINE = Distributed('gaung', currentDatabase(), 'deliveries_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS deliveries ON CLUSTER 'gaung';
DROP TABLE IF EXISTS deliveries_local ON CLUSTER 'gaung';

-- 00037_raw_rows.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Rows of databases, registers and pushes as they came, before anything is read out of them, so that better rules
-- can be replayed over them. Only the columns that an import reads are here: columns with the identity of a citizen
-- or the text of a complaint were dropped before, and NIK, addresses and numbers in free texts are masked. A further
-- version is written only when the row changed; input is the file of a register; gone marks a row that its source
-- lists no longer.
CREATE TABLE IF NOT EXISTS raw_rows_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    source       LowCardinality(String),
    kind         LowCardinality(String),
    input        LowCardinality(String),
    key_hash     UInt64,
    version      UInt64,
    content_hash UInt64,
    fact_region  LowCardinality(String),
    gone         Bool DEFAULT false,
    row_number   UInt64,
    item         String CODEC(ZSTD(6)),
    fetched_at   DateTime64(3, 'UTC'),
    run_id       UUID
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY (region, source, kind, input, key_hash, version);

CREATE TABLE IF NOT EXISTS raw_rows ON CLUSTER 'gaung' AS raw_rows_local
ENGINE = Distributed('gaung', currentDatabase(), 'raw_rows_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS raw_rows ON CLUSTER 'gaung';
DROP TABLE IF EXISTS raw_rows_local ON CLUSTER 'gaung';

-- 00039_edition_parts.sql
-- +goose NO TRANSACTION
-- +goose Up
-- What a closed month froze besides its report: the rows behind the figures, those of the year, the months it is
-- compared with, and the rules and days off of the time. Parts are written before the edition that names them
-- (parts_id) and vouches for their hashes (parts_hash), so that an edition never stands without them; parts
-- of a closing that was cut short belong to no edition.
CREATE TABLE IF NOT EXISTS edition_parts_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    parts_id     String,
    part         UInt32,
    month        String,
    section      LowCardinality(String),
    item         LowCardinality(String),
    rows         UInt32,
    hash         String,
    content      String CODEC(ZSTD(6))
)
ENGINE = ReplicatedReplacingMergeTree
ORDER BY (region, parts_id, part);

CREATE TABLE IF NOT EXISTS edition_parts ON CLUSTER 'gaung' AS edition_parts_local
ENGINE = Distributed('gaung', currentDatabase(), 'edition_parts_local', cityHash64(region));

ALTER TABLE editions_local ON CLUSTER 'gaung' ADD COLUMN IF NOT EXISTS parts_id String;
ALTER TABLE editions ON CLUSTER 'gaung' ADD COLUMN IF NOT EXISTS parts_id String;
ALTER TABLE editions_local ON CLUSTER 'gaung' ADD COLUMN IF NOT EXISTS parts_hash String;
ALTER TABLE editions ON CLUSTER 'gaung' ADD COLUMN IF NOT EXISTS parts_hash String;

-- +goose Down
ALTER TABLE editions ON CLUSTER 'gaung' DROP COLUMN IF EXISTS parts_hash;
ALTER TABLE editions_local ON CLUSTER 'gaung' DROP COLUMN IF EXISTS parts_hash;
ALTER TABLE editions ON CLUSTER 'gaung' DROP COLUMN IF EXISTS parts_id;
ALTER TABLE editions_local ON CLUSTER 'gaung' DROP COLUMN IF EXISTS parts_id;
DROP TABLE IF EXISTS edition_parts ON CLUSTER 'gaung';
DROP TABLE IF EXISTS edition_parts_local ON CLUSTER 'gaung';

-- 00040_users.sql
-- +goose NO TRANSACTION
-- +goose Up
-- Who may log in: append-only versions under the user name, the newest one counts. Passwords and API tokens are
-- never stored, only what they can be checked against; earlier versions may be merged away, so that an old password
-- does not stay. epoch changes when every session of the user has to end (new password, disabled, another role).
-- region is empty unless the user belongs to an OPD.
CREATE TABLE IF NOT EXISTS users_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    name         String,
    display_name String,
    role         LowCardinality(String),
    opd          String,
    person_id    String,
    password_hash String,
    token_hash   String,
    epoch        UInt64,
    disabled     Bool,
    created_at   DateTime64(3, 'UTC'),
    changed_at   DateTime64(3, 'UTC'),
    version      UInt64
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY name;

CREATE TABLE IF NOT EXISTS users ON CLUSTER 'gaung' AS users_local
ENGINE = Distributed('gaung', currentDatabase(), 'users_local', cityHash64(region));

-- Sessions by the hash of their token, so that a copy of the warehouse opens none of them. A row is written at the
-- login, every few minutes of use, and at the logout.
CREATE TABLE IF NOT EXISTS sessions_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    token_hash   String,
    name         String,
    epoch        UInt64,
    started_at   DateTime64(3, 'UTC'),
    seen_at      DateTime64(3, 'UTC'),
    ended        Bool,
    version      UInt64
)
ENGINE = ReplicatedReplacingMergeTree(version)
ORDER BY token_hash;

CREATE TABLE IF NOT EXISTS sessions ON CLUSTER 'gaung' AS sessions_local
ENGINE = Distributed('gaung', currentDatabase(), 'sessions_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS sessions ON CLUSTER 'gaung';
DROP TABLE IF EXISTS sessions_local ON CLUSTER 'gaung';
DROP TABLE IF EXISTS users ON CLUSTER 'gaung';
DROP TABLE IF EXISTS users_local ON CLUSTER 'gaung';

-- 00042_name_meanings.sql
-- +goose NO TRANSACTION
-- +goose Up
-- What printed names were resolved to while a rollup was made: target from from_day on, until the next row of the
-- same text. target is empty where the text means nobody known.
CREATE TABLE IF NOT EXISTS name_meanings_local ON CLUSTER 'gaung'
(
    region       LowCardinality(String),
    generation   UInt64,
    kind         LowCardinality(String),
    text         String,
    from_day     Int32,
    target       String
)
ENGINE = ReplicatedMergeTree
PARTITION BY (region, generation)
ORDER BY (region, generation, kind, text, from_day);

CREATE TABLE IF NOT EXISTS name_meanings ON CLUSTER 'gaung' AS name_meanings_local
ENGINE = Distributed('gaung', currentDatabase(), 'name_meanings_local', cityHash64(region));

-- +goose Down
DROP TABLE IF EXISTS name_meanings ON CLUSTER 'gaung';
DROP TABLE IF EXISTS name_meanings_local ON CLUSTER 'gaung';

