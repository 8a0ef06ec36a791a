-- +goose Up

-- Accounts at outside calendars, the calendars of them that are in use, a local copy of their events, and which event a
-- job was written to.
CREATE TABLE calendar_accounts (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    technician  TEXT NOT NULL, -- empty: the business's
    provider    TEXT NOT NULL,
    name        TEXT NOT NULL,
    credentials TEXT NOT NULL, -- sealed
    state       TEXT NOT NULL,
    problem     TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);
CREATE INDEX calendar_accounts_by_business ON calendar_accounts (business_id, created_at, id);

CREATE TABLE calendars (
    id             TEXT PRIMARY KEY,
    account_id     TEXT NOT NULL REFERENCES calendar_accounts (id),
    business_id    TEXT NOT NULL REFERENCES businesses (id),
    technician     TEXT NOT NULL, -- as the account's
    provider       TEXT NOT NULL, -- as the account's
    remote         TEXT NOT NULL, -- the provider's id of it
    name           TEXT NOT NULL,
    zone           TEXT NOT NULL,
    reads          BOOLEAN NOT NULL,
    writes         BOOLEAN NOT NULL,
    sync_cursor    TEXT NOT NULL,
    window_from    BIGINT NOT NULL,
    window_to      BIGINT NOT NULL,
    synced_at      BIGINT NOT NULL,
    failing_since  BIGINT NOT NULL,
    failure        TEXT NOT NULL,
    watch_channel  TEXT NOT NULL,
    watch_resource TEXT NOT NULL,
    watch_token    TEXT NOT NULL,
    watch_until    BIGINT NOT NULL,
    UNIQUE (account_id, remote)
);
CREATE INDEX calendars_by_business ON calendars (business_id, technician, id);
CREATE INDEX calendars_by_sync ON calendars (synced_at, id);
CREATE INDEX calendars_by_watch ON calendars (watch_channel) WHERE watch_channel <> '';

CREATE TABLE calendar_events (
    calendar_id TEXT NOT NULL REFERENCES calendars (id),
    event_id    TEXT NOT NULL,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    technician  TEXT NOT NULL, -- as the calendar's
    job_id      TEXT NOT NULL, -- empty: people's own
    part        INTEGER NOT NULL,
    etag        TEXT NOT NULL,
    title       TEXT NOT NULL,
    starts_at   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    all_day     BOOLEAN NOT NULL,
    blocks      BOOLEAN NOT NULL, -- keeps somebody busy: not free, no job's, and of a calendar that is read for it
    PRIMARY KEY (calendar_id, event_id)
);
-- Everything that the query Busy reads.
CREATE INDEX calendar_events_busy ON calendar_events (business_id, ends_at, starts_at, technician) WHERE blocks;
CREATE INDEX calendar_events_by_end ON calendar_events (business_id, ends_at, starts_at);

CREATE TABLE job_events (
    job_id      TEXT NOT NULL REFERENCES jobs (id),
    calendar_id TEXT NOT NULL REFERENCES calendars (id),
    part        INTEGER NOT NULL,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    event_id    TEXT NOT NULL,
    etag        TEXT NOT NULL,
    starts_at   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    revision    BIGINT NOT NULL, -- the job's updated_at that the event shows; 0: to be written again
    -- What is being written, noted before it is: an event that is seen to lie there was not moved by a person.
    next_start  BIGINT NOT NULL,
    next_end    BIGINT NOT NULL,
    wrote_at    BIGINT NOT NULL, -- when it was last written
    claimed_until BIGINT NOT NULL, -- whoever writes it has it to himself until then
    PRIMARY KEY (job_id, calendar_id, part)
);
CREATE INDEX job_events_by_event ON job_events (calendar_id, event_id);

CREATE TABLE calendar_troubles (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    calendar_id TEXT NOT NULL,
    event_id    TEXT NOT NULL,
    job_id      TEXT NOT NULL REFERENCES jobs (id),
    kind        TEXT NOT NULL,
    title       TEXT NOT NULL,
    starts_at   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    found_at    BIGINT NOT NULL,
    settled_at  BIGINT NOT NULL,
    UNIQUE (job_id, calendar_id, event_id)
);
CREATE INDEX calendar_troubles_by_event ON calendar_troubles (business_id, calendar_id, event_id) WHERE settled_at = 0;
CREATE INDEX calendar_troubles_open ON calendar_troubles (business_id, found_at, id) WHERE settled_at = 0;

-- +goose Down
DROP TABLE calendar_troubles;
DROP TABLE job_events;
DROP TABLE calendar_events;
DROP TABLE calendars;
DROP TABLE calendar_accounts;
