-- +goose NO TRANSACTION
-- +goose Up
-- Who may log in: append-only versions under the user name, the newest one counts. Passwords and API tokens are
-- never stored, only what they can be checked against; earlier versions may be merged away, so that an old password
-- does not stay. epoch changes when every session of the user has to end (new password, disabled, another role).
-- region is empty unless the user belongs to an OPD.
CREATE TABLE IF NOT EXISTS users${LOCAL} ${ON_CLUSTER}
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
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY name;

-- +gaung DISTRIBUTED users

-- Sessions by the hash of their token, so that a copy of the warehouse opens none of them. A row is written at the
-- login, every few minutes of use, and at the logout.
CREATE TABLE IF NOT EXISTS sessions${LOCAL} ${ON_CLUSTER}
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
ENGINE = ${REPLICATED}ReplacingMergeTree(version)
ORDER BY token_hash;

-- +gaung DISTRIBUTED sessions

-- +goose Down
-- +gaung DROP sessions
-- +gaung DROP users
