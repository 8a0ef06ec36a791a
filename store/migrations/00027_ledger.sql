-- +goose Up

-- The ledger: each job that was booked, whether it counts, and what it costs. Amounts are hundredths of the currency. A
-- row goes forward from pending and is never changed after that; what is given back is a row of its own.
CREATE TABLE bookings (
    job_id      TEXT PRIMARY KEY REFERENCES jobs (id),
    business_id TEXT NOT NULL REFERENCES businesses (id),
    state       TEXT NOT NULL,
    reason      TEXT NOT NULL, -- empty while pending
    source      TEXT NOT NULL,
    call_id     TEXT NOT NULL,
    demo        BOOLEAN NOT NULL,
    customer_id TEXT NOT NULL,
    service     TEXT NOT NULL,
    place       TEXT NOT NULL,
    made_at     BIGINT NOT NULL,
    booked_at   BIGINT NOT NULL, -- 0: it waits for the owner's yes
    settled_at  BIGINT NOT NULL, -- 0: pending
    price       INTEGER NOT NULL,
    charge      INTEGER NOT NULL,
    currency    TEXT NOT NULL,
    evidence    TEXT NOT NULL -- JSON of ledger.Evidence, empty while pending
);
CREATE INDEX bookings_settled ON bookings (business_id, settled_at, job_id);
CREATE INDEX bookings_made ON bookings (business_id, made_at, job_id);
CREATE INDEX bookings_alike ON bookings (customer_id, made_at);

CREATE TABLE credits (
    job_id      TEXT PRIMARY KEY REFERENCES bookings (job_id),
    business_id TEXT NOT NULL REFERENCES businesses (id),
    given_at    BIGINT NOT NULL,
    reason      TEXT NOT NULL,
    note        TEXT NOT NULL,
    amount      INTEGER NOT NULL,
    currency    TEXT NOT NULL
);
CREATE INDEX credits_given ON credits (business_id, given_at, job_id);

-- What a meter outside is told of the above, each once by its id.
CREATE TABLE usage_events (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    job_id      TEXT NOT NULL REFERENCES bookings (job_id),
    customer    TEXT NOT NULL, -- the meter's id of the business
    value       INTEGER NOT NULL,
    at          BIGINT NOT NULL,
    state       TEXT NOT NULL,
    doubt_since BIGINT NOT NULL, -- 0: the meter hasn't got it, or is known to
    sent_at     BIGINT NOT NULL,
    problem     TEXT NOT NULL,
    created_at  BIGINT NOT NULL
);

-- The conversation by text that a job came of is looked for when its booking is settled.
CREATE INDEX conversations_by_job ON conversations (business_id, job_id, started_at) WHERE job_id <> '';

-- +goose Down
DROP INDEX conversations_by_job;
DROP TABLE usage_events;
DROP TABLE credits;
DROP TABLE bookings;
