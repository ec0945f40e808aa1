-- +goose NO TRANSACTION
-- +goose Up
-- Deadline rules as data: limit in working days, clock start and stop, the law, and when the rule held.
-- An empty region is the national rule; a row with a region overrides it there.
CREATE TABLE IF NOT EXISTS rules${LOCAL} ${ON_CLUSTER}
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
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY (region, rule, case_kind, valid_from);

-- +gaung DISTRIBUTED rules

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
-- +gaung DROP rules
