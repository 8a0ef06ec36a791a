-- +goose Up

-- Calls that we place.
CREATE TABLE outgoing_calls (
    id             TEXT PRIMARY KEY,
    business_id    TEXT NOT NULL REFERENCES businesses (id),
    key            TEXT NOT NULL, -- one call for each
    purpose        TEXT NOT NULL,
    subject        TEXT NOT NULL, -- what it is about, as the purpose has it
    line           TEXT NOT NULL,
    to_number      TEXT NOT NULL,
    ring_seconds   INTEGER NOT NULL,
    detect_machine BOOLEAN NOT NULL,
    state          TEXT NOT NULL,
    answered_by    TEXT NOT NULL,
    keys           TEXT NOT NULL,
    why            TEXT NOT NULL,
    error_code     TEXT NOT NULL,
    carrier_id     TEXT NOT NULL, -- empty until it is placed
    turn           INTEGER NOT NULL,
    reply          TEXT NOT NULL, -- JSON of telephony.Step: the answer to the carrier's last question
    attempts       INTEGER NOT NULL,
    created_at     BIGINT NOT NULL,
    not_after      BIGINT NOT NULL,
    placed_at      BIGINT NOT NULL,
    answered_at    BIGINT NOT NULL,
    ended_at       BIGINT NOT NULL,
    claimed_at     BIGINT NOT NULL,
    retry_at       BIGINT NOT NULL,
    UNIQUE (business_id, key)
);
CREATE UNIQUE INDEX outgoing_calls_by_carrier ON outgoing_calls (carrier_id) WHERE carrier_id <> '';
CREATE INDEX outgoing_calls_by_subject ON outgoing_calls (business_id, purpose, subject, created_at, id);

-- +goose Down
DROP TABLE outgoing_calls;
