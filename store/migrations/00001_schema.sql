-- +goose Up

-- Instants are BIGINT, milliseconds since 1970 UTC, 0 for "not yet"; no other column is BIGINT (sqlc.yaml maps the
-- type). JSON is opaque TEXT. Ids are xids with a prefix that names their kind. Every row belongs to a business.

CREATE TABLE businesses (
    id         TEXT PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE,
    document   TEXT NOT NULL,
    version    TEXT NOT NULL, -- a new xid with each change
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- The numbers of the business files, kept in step with them, to find a business by what a carrier sends.
CREATE TABLE lines (
    number      TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    account_sid TEXT NOT NULL
);
CREATE INDEX lines_by_account ON lines (account_sid, business_id);
CREATE INDEX lines_by_business ON lines (business_id);

CREATE TABLE customers (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    phone       TEXT NOT NULL,
    name        TEXT NOT NULL,
    opted_out   BOOLEAN NOT NULL,
    address     TEXT NOT NULL, -- JSON of contact.Address: the last one a job was booked for
    created_at  BIGINT NOT NULL,
    UNIQUE (business_id, phone)
);
CREATE INDEX customers_newest ON customers (business_id, created_at, id);

CREATE TABLE calls (
    id              TEXT PRIMARY KEY,
    business_id     TEXT NOT NULL REFERENCES businesses (id),
    carrier_id      TEXT NOT NULL UNIQUE,
    line            TEXT NOT NULL,
    from_number     TEXT NOT NULL,
    caller_name     TEXT NOT NULL,
    direction       TEXT NOT NULL,
    mode            TEXT NOT NULL,
    route           TEXT NOT NULL,
    started_at      BIGINT NOT NULL,
    answered_at     BIGINT NOT NULL,
    ended_at        BIGINT NOT NULL,
    handled_by      TEXT NOT NULL,
    outcome         TEXT NOT NULL,
    summary         TEXT NOT NULL,
    job_id          TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    -- Whether what is owed after the call has been enqueued: once per call.
    followed_up     BOOLEAN NOT NULL
);
CREATE INDEX calls_newest ON calls (business_id, started_at, id);
CREATE INDEX calls_by_caller ON calls (business_id, from_number, started_at, id);
CREATE INDEX calls_live ON calls (business_id, started_at, id) WHERE ended_at = 0;

CREATE TABLE conversations (
    id            TEXT PRIMARY KEY,
    business_id   TEXT NOT NULL REFERENCES businesses (id),
    channel       TEXT NOT NULL,
    call_id       TEXT NOT NULL,
    caller_number TEXT NOT NULL,
    caller        TEXT NOT NULL, -- JSON of receptionist.Caller
    state         TEXT NOT NULL, -- JSON of the flow's own
    outcome       TEXT NOT NULL,
    job_id        TEXT NOT NULL,
    summary       TEXT NOT NULL,
    started_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    ended_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX conversations_by_call ON conversations (business_id, call_id) WHERE call_id <> '';
CREATE INDEX conversations_by_caller ON conversations (business_id, caller_number, channel, started_at);
CREATE INDEX conversations_open ON conversations (channel, updated_at) WHERE ended_at = 0;

CREATE TABLE turns (
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    seq             INTEGER NOT NULL,
    business_id     TEXT NOT NULL REFERENCES businesses (id),
    at              BIGINT NOT NULL,
    who             TEXT NOT NULL,
    text            TEXT NOT NULL,
    heard           TEXT NOT NULL,
    interrupted     BOOLEAN NOT NULL,
    reason          TEXT NOT NULL,
    understood      TEXT NOT NULL, -- JSON, empty for none
    key             TEXT NOT NULL,
    reply           TEXT NOT NULL, -- JSON, empty for none
    PRIMARY KEY (conversation_id, seq)
);
CREATE INDEX turns_by_key ON turns (conversation_id, key, seq) WHERE key <> '';

CREATE TABLE jobs (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    customer_id TEXT NOT NULL REFERENCES customers (id),
    status      TEXT NOT NULL,
    service     TEXT NOT NULL,
    problem     TEXT NOT NULL,
    urgency     TEXT NOT NULL,
    technician  TEXT NOT NULL,
    starts_at   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    busy_until  BIGINT NOT NULL,
    window_end  BIGINT NOT NULL,
    address     TEXT NOT NULL, -- JSON of contact.Address
    source      TEXT NOT NULL,
    call_id     TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);
CREATE INDEX jobs_by_start ON jobs (business_id, starts_at, id);
CREATE INDEX jobs_by_customer ON jobs (customer_id, starts_at, id);

-- A technician's occupied times: holds and live jobs in one table, so that one constraint keeps them all apart
-- (00002, by dialect). ends_at includes the travel buffer. A job's time has the job's id.
CREATE TABLE times (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    technician  TEXT NOT NULL,
    kind        TEXT NOT NULL, -- "hold" or "job"
    holder      TEXT NOT NULL, -- holds: whose; jobs: empty
    starts_at   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL, -- holds: when; jobs: 0
    CHECK (ends_at > starts_at)
);
CREATE INDEX times_by_technician ON times (business_id, technician, ends_at);
-- Everything that the query Busy reads, so that it needs the index alone: booking reads it each time.
CREATE INDEX times_by_end ON times (business_id, ends_at, starts_at, technician, kind, holder, expires_at, id);
CREATE INDEX times_by_holder ON times (business_id, holder) WHERE holder <> '';

CREATE TABLE messages (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    direction   TEXT NOT NULL,
    from_number TEXT NOT NULL,
    to_number   TEXT NOT NULL,
    peer        TEXT NOT NULL, -- the other side's number
    body        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    status      TEXT NOT NULL,
    reason      TEXT NOT NULL,
    key         TEXT NOT NULL,
    carrier_id  TEXT NOT NULL,
    error_code  TEXT NOT NULL,
    call_id     TEXT NOT NULL,
    job_id      TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    sent_at     BIGINT NOT NULL,
    not_after   BIGINT NOT NULL,
    not_before  BIGINT NOT NULL,
    media       TEXT NOT NULL, -- JSON list of addresses, empty for none
    attempts    INTEGER NOT NULL,
    claimed_at  BIGINT NOT NULL,
    retry_at    BIGINT NOT NULL
);
CREATE UNIQUE INDEX messages_by_key ON messages (business_id, key) WHERE key <> '';
CREATE UNIQUE INDEX messages_by_carrier_id ON messages (carrier_id) WHERE carrier_id <> '';
CREATE INDEX messages_newest ON messages (business_id, created_at, id);
CREATE INDEX messages_by_peer ON messages (business_id, peer, created_at, id);
CREATE INDEX messages_unsent ON messages (business_id, to_number, created_at, id) WHERE status IN ('queued', 'sending');

CREATE TABLE callbacks (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    phone       TEXT NOT NULL,
    name        TEXT NOT NULL,
    reason      TEXT NOT NULL,
    call_id     TEXT NOT NULL,
    missed_at   BIGINT NOT NULL,
    attempts    INTEGER NOT NULL,
    status      TEXT NOT NULL
);
CREATE UNIQUE INDEX callbacks_by_call ON callbacks (business_id, call_id) WHERE call_id <> '';
CREATE INDEX callbacks_open ON callbacks (business_id, missed_at, id) WHERE status = 'open';

-- What carriers have already told us. A carrier's event is known before its business is, and its key is the
-- carrier's own (worldwide unique), so these rows alone have no business.
CREATE TABLE carrier_events (
    key TEXT PRIMARY KEY,
    at  BIGINT NOT NULL
);
