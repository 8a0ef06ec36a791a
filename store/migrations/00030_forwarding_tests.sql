-- +goose Up

-- Calls that test whether the number customers know is forwarded here.
CREATE TABLE forwarding_tests (
    id          TEXT PRIMARY KEY,
    business_id TEXT NOT NULL REFERENCES businesses (id),
    number      TEXT NOT NULL,
    line        TEXT NOT NULL, -- where the call is to come in
    from_line   TEXT NOT NULL, -- which of our lines rings
    weekly      BOOLEAN NOT NULL,
    attempt     INTEGER NOT NULL,
    state       TEXT NOT NULL,
    why         TEXT NOT NULL,
    arrival_id  TEXT NOT NULL, -- the carrier's id of the call that came in; empty until then
    told        TEXT NOT NULL, -- what the owner was told about it; empty: nothing
    began_at    BIGINT NOT NULL,
    arrived_at  BIGINT NOT NULL,
    ended_at    BIGINT NOT NULL
);
CREATE INDEX forwarding_tests_newest ON forwarding_tests (business_id, began_at, id);

-- +goose Down
DROP TABLE forwarding_tests;
