-- +goose Up

-- What was recorded of a call and lies at the carrier: a voicemail.
CREATE TABLE recordings (
    id          TEXT PRIMARY KEY, -- the carrier's
    business_id TEXT NOT NULL REFERENCES businesses (id),
    call_id     TEXT NOT NULL REFERENCES calls (id),
    kind        TEXT NOT NULL, -- "voicemail"
    at          BIGINT NOT NULL,
    seconds     INTEGER NOT NULL,
    words       TEXT NOT NULL -- written down by the carrier; empty: not yet, or never
);
CREATE INDEX recordings_by_call ON recordings (business_id, call_id, at);
