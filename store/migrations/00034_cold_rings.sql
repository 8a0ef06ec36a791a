-- +goose Up

-- Phones that were rung without being asked for a key: who picks up has the call, be it a voicemail.
ALTER TABLE rings ADD COLUMN cold BOOLEAN NOT NULL DEFAULT FALSE;

-- Calls whose carrier_id was found by looking, so that it may be another call's to the same number.
ALTER TABLE outgoing_calls ADD COLUMN found BOOLEAN NOT NULL DEFAULT FALSE;

-- Calls in doubt, by the number that they ring.
CREATE INDEX outgoing_calls_in_doubt ON outgoing_calls (to_number, line, created_at) WHERE state = 'placing';

-- +goose Down
DROP INDEX outgoing_calls_in_doubt;
ALTER TABLE outgoing_calls DROP COLUMN found;
ALTER TABLE rings DROP COLUMN cold;
