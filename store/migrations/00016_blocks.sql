-- +goose Up

-- The built-in calendar: when the owner or somebody of the team is not to be had. Each change of a business's blocks has
-- a number, so that one can ask what changed since; what was deleted stays as a row that says so.
CREATE TABLE blocks (
    business_id TEXT NOT NULL REFERENCES businesses (id),
    id          TEXT NOT NULL,
    technician  TEXT NOT NULL, -- empty: everybody
    series      TEXT NOT NULL, -- blocks that were made together as one that repeats; empty: a single one
    job_id      TEXT NOT NULL, -- empty: people's own
    part        INTEGER NOT NULL,
    title       TEXT NOT NULL,
    place       TEXT NOT NULL,
    notes       TEXT NOT NULL,
    starts_at   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    all_day     BOOLEAN NOT NULL,
    tentative   BOOLEAN NOT NULL,
    gone        BOOLEAN NOT NULL,
    busy        BOOLEAN NOT NULL, -- keeps somebody from visits: there, not free, and no job's
    change      INTEGER NOT NULL, -- the number of its latest change
    PRIMARY KEY (business_id, id, technician)
);
-- Everything that the query Busy reads.
CREATE INDEX blocks_busy ON blocks (business_id, ends_at, starts_at, technician) WHERE busy;
CREATE INDEX blocks_by_change ON blocks (business_id, technician, change);
CREATE INDEX blocks_by_series ON blocks (business_id, series, starts_at) WHERE series <> '';

CREATE TABLE block_changes (
    business_id TEXT PRIMARY KEY REFERENCES businesses (id),
    latest      INTEGER NOT NULL -- the number of the latest change of its blocks
);

-- +goose Down
DROP TABLE block_changes;
DROP TABLE blocks;
