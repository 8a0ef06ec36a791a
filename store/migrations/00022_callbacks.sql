-- +goose Up

-- A callback is what one caller is owed, however often they rang: with a clock, an owner, and how it ended.
ALTER TABLE callbacks ADD COLUMN line TEXT NOT NULL DEFAULT '';
ALTER TABLE callbacks ADD COLUMN cause TEXT NOT NULL DEFAULT 'missed';
ALTER TABLE callbacks ADD COLUMN service TEXT NOT NULL DEFAULT '';
ALTER TABLE callbacks ADD COLUMN urgency TEXT NOT NULL DEFAULT '';
ALTER TABLE callbacks ADD COLUMN calls INTEGER NOT NULL DEFAULT 1;
ALTER TABLE callbacks ADD COLUMN first_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE callbacks ADD COLUMN said TEXT NOT NULL DEFAULT '';
ALTER TABLE callbacks ADD COLUMN said_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE callbacks ADD COLUMN took_leave BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE callbacks ADD COLUMN landline BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE callbacks ADD COLUMN owner_name TEXT NOT NULL DEFAULT '';
ALTER TABLE callbacks ADD COLUMN owner_phone TEXT NOT NULL DEFAULT '';
ALTER TABLE callbacks ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE callbacks ADD COLUMN told_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE callbacks ADD COLUMN acked_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE callbacks ADD COLUMN acked_by TEXT NOT NULL DEFAULT '';
ALTER TABLE callbacks ADD COLUMN next_attempt_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE callbacks ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE callbacks ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE callbacks ADD COLUMN closed_at BIGINT NOT NULL DEFAULT 0; -- 0: it is owed
ALTER TABLE callbacks ADD COLUMN closed_by TEXT NOT NULL DEFAULT '';

UPDATE callbacks SET first_at = missed_at, due_at = missed_at;
-- Until now each call was one of its own: the latest of a caller stands for all of theirs.
UPDATE callbacks SET calls = (
    SELECT COUNT(*) FROM callbacks c WHERE c.business_id = callbacks.business_id AND c.phone = callbacks.phone AND c.status = 'open')
WHERE status = 'open';
UPDATE callbacks SET status = 'done' WHERE status = 'open' AND EXISTS (
    SELECT 1 FROM callbacks c WHERE c.business_id = callbacks.business_id AND c.phone = callbacks.phone AND c.status = 'open'
        AND (c.missed_at > callbacks.missed_at OR c.missed_at = callbacks.missed_at AND c.id > callbacks.id));
UPDATE callbacks SET outcome = 'settled', closed_at = missed_at WHERE status <> 'open';

DROP INDEX callbacks_by_call;
DROP INDEX callbacks_open;
CREATE UNIQUE INDEX callbacks_owed ON callbacks (business_id, phone) WHERE closed_at = 0;
CREATE INDEX callbacks_by_time ON callbacks (business_id, first_at, id);

-- Why a call is owed: each call, and each silence of a thread, once.
CREATE TABLE callback_causes (
    business_id TEXT NOT NULL REFERENCES businesses (id),
    source      TEXT NOT NULL, -- the id of a call or of a conversation
    callback_id TEXT NOT NULL, -- empty: it was looked at, and nothing is owed
    cause       TEXT NOT NULL,
    at          BIGINT NOT NULL,
    PRIMARY KEY (business_id, source)
);
INSERT INTO callback_causes (business_id, source, callback_id, cause, at)
SELECT business_id, call_id, id, 'missed', missed_at FROM callbacks WHERE call_id <> '';

-- Calls back, made or tried.
CREATE TABLE callback_attempts (
    id             TEXT PRIMARY KEY,
    business_id    TEXT NOT NULL REFERENCES businesses (id),
    callback_id    TEXT NOT NULL, -- empty: the customer was owed none
    number         INTEGER NOT NULL,
    phone          TEXT NOT NULL,
    name           TEXT NOT NULL,
    line           TEXT NOT NULL,
    person         TEXT NOT NULL,
    person_phone   TEXT NOT NULL,
    waited         TEXT NOT NULL, -- the window
    means          TEXT NOT NULL,
    started_at     BIGINT NOT NULL,
    taken_at       BIGINT NOT NULL,
    connected_at   BIGINT NOT NULL,
    ended_at       BIGINT NOT NULL,
    result         TEXT NOT NULL,
    talked_seconds INTEGER NOT NULL,
    booked         BOOLEAN NOT NULL
);
CREATE INDEX callback_attempts_of ON callback_attempts (business_id, callback_id, started_at, id);
CREATE INDEX callback_attempts_by_time ON callback_attempts (business_id, started_at, id);
